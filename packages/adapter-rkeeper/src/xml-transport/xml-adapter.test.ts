import { instant, NativeNumber, Secret, silentLog, Withdrawal, type Adapter, type DeliveryRequest, type Log, type Outcome } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import type { Restaurant } from '@tillbridge/testkit/rkeeper';
import { SimulatedCashServer, type Order } from '@tillbridge/testkit/rkeeper';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createXmlTill, DEFAULT_RULES, STAFF_CARD, type XmlTillOptions } from '../index.js';
import { CARD, item, pins, xmlOptions as optionsFor } from '../../../../test/support/rkeeper-xml-options.js';

const OTHER = '2000000067890';
const COUPON = '123456789';

const never = new AbortController().signal;

describe('a card and an order', () => {
  let clock: VirtualClock;
  let server: SimulatedCashServer;
  let restaurant: Restaurant;
  let order: Order;
  let till: Adapter | undefined;
  let deliveries: number;

  beforeEach(async () => {
    clock = new VirtualClock();
    deliveries = 0;
    server = await SimulatedCashServer.start({ clock });
    restaurant = server.restaurant;
    for (const [card, discount] of [[CARD, 25], [OTHER, 26], [COUPON, 25]] as const) {
      restaurant.cards.set(card, { holder: 'Guest', discount, bonus: 0, amount: 0, blocked: false });
    }
    order = restaurant.openOrder(item(restaurant.books.TABLES), item(restaurant.books.EMPLOYEES));
  });

  afterEach(async () => {
    await till?.close();
    await server.close();
  });

  const open = async (over: Partial<XmlTillOptions> = {}, log: Log = silentLog): Promise<Adapter> => {
    till = createXmlTill(optionsFor(server, over), { clock, log, pins, random: () => 0 });
    await till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
    server.log.length = 0;
    // nobody scans at the very moment of the opening
    await clock.advance(1);
    return till;
  };

  const request = (number = CARD, over: Partial<DeliveryRequest> = {}, kind: 'card' | 'coupon' | 'phone' = 'card'): DeliveryRequest => {
    deliveries += 1;
    return { id: `d${String(deliveries)}`, scanId: 's1', till: 'hall', number: new NativeNumber(kind, number), at: instant(clock), expired: () => false, ...over };
  };

  /** Delivers while virtual time goes on; the network is real. */
  const run = async (adapter: Adapter, delivery: DeliveryRequest, signal = never): Promise<Outcome> => {
    const state = { done: false };
    const result = adapter.deliver(delivery, signal).finally(() => (state.done = true));
    while (!state.done) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(20);
    }
    return result;
  };

  const cards = (of: Order = order): readonly string[] => of.guests.map(({ card }) => card).filter((card) => card !== '');
  const lines = (of: Order = order): readonly string[] => of.discounts.filter(({ state }) => state === 6).map(({ card }) => card);

  test('lands with four queries, and is shown by the order', async () => {
    const adapter = await open();
    expect(await run(adapter, request())).toEqual({ outcome: 'applied', evidence: 'orderShowsCard' });
    expect(server.log).toEqual(['GetOrderList2', 'GetOrder', 'ApplyPersonalCard', 'GetOrder']);
    expect([cards(), lines()]).toEqual([[CARD], [CARD]]);
  });

  test('lands with four queries too when it was announced: the look at the reading is the look', async () => {
    const adapter = await open();
    const scan = request();
    adapter.expect?.();
    adapter.expect?.();
    expect((await run(adapter, scan)).outcome).toBe('applied');
    expect(server.log).toEqual(['GetOrderList2', 'GetOrder', 'ApplyPersonalCard', 'GetOrder']);
  });

  test('that is there already costs no call', async () => {
    const adapter = await open();
    await run(adapter, request());
    expect(await run(adapter, request())).toEqual({ outcome: 'alreadyApplied', evidence: 'orderShowsCard' });
    expect(server.log.filter((name) => name === 'ApplyPersonalCard')).toHaveLength(1);
  });

  test('a bonus card binds the guest and leaves no line: that is shown too', async () => {
    restaurant.cards.set(CARD, { holder: 'Guest', discount: 0, bonus: 3, amount: 0, blocked: false });
    const adapter = await open();
    expect((await run(adapter, request())).outcome).toBe('applied');
    expect([cards(), lines()]).toEqual([[CARD], []]);
  });

  test('another card is a conflict, or is replaced', async () => {
    await run(await open(), request(OTHER));
    await till?.close();
    expect(await run(await open(), request())).toEqual({ outcome: 'rejected', reason: 'otherCard' });
    await till?.close();
    expect((await run(await open({ conflict: 'replace' }), request())).outcome).toBe('applied');
    expect([cards(), lines()]).toEqual([[CARD], [CARD]]);
    // nobody can come in between, and nothing is left locked
    expect(server.log).toEqual(['GetOrderList2', 'GetOrder', 'LockOrder', 'UndoPersonalCard', 'ApplyPersonalCard', 'GetOrder', 'LockOrder']);
    expect(restaurant.tokenOf(order)).toBeUndefined();
  });

  test('a refused replacement gives the first guest the card back', async () => {
    await run(await open(), request(OTHER));
    await till?.close();
    restaurant.cards.delete(CARD);
    expect(await run(await open({ conflict: 'replace' }), request())).toEqual({ outcome: 'rejected', reason: 'cardRefused' });
    expect([cards(), lines()]).toEqual([[OTHER], [OTHER]]);
  });

  test('a coupon stands beside a card', async () => {
    const adapter = await open();
    await run(adapter, request());
    expect((await run(adapter, request(COUPON, {}, 'coupon'))).outcome).toBe('applied');
    expect(lines()).toEqual([CARD, COUPON]);
  });

  test('a kind without an interface is refused before anything is asked', async () => {
    const adapter = await open();
    expect(await run(adapter, request('79001234567', {}, 'phone'))).toEqual({ outcome: 'rejected', reason: 'noInterface' });
    expect(server.log).toEqual([]);
  });

  it.each([
    ['no order', () => restaurant.pay(order), 'rejected', 'noOrder'],
    ['two orders', () => void restaurant.openOrder(item(restaurant.books.TABLES), item(restaurant.books.EMPLOYEES)), 'rejected', 'severalOrders'],
    ['an unknown card', () => void restaurant.cards.delete(CARD), 'rejected', 'cardRefused'],
    ['a blocked card', () => void restaurant.cards.set(CARD, { holder: '', discount: 0, bonus: 0, amount: 0, blocked: true }), 'rejected', 'cardRefused'],
    ['a closed visit', () => void (server.faults.visitClosed = true), 'rejected', 'visitClosed'],
    ['a licence', () => void (server.faults.licence = true), 'failed', 'licence'],
    ['no rights', () => void (server.faults.noRights = true), 'failed', 'noRights'],
    ['the card system down', () => void (server.faults.cardSystemDown = true), 'unavailable', 'cardSystemDown'],
    ['another discount', () => restaurant.addDiscount(order, { name: 'hand', card: '', interface: undefined }), 'rejected', 'discountConflict'],
    ['Ok and nothing done', () => void (server.faults.ignoreCards = true), 'failed', 'notShown'],
    ['garbage', () => void (server.faults.answer = 'garbage'), 'failed', 'badAnswer'],
    ['a web page', () => void (server.faults.answer = 'html'), 'failed', 'badAnswer'],
    ['entities', () => void (server.faults.answer = 'doctype'), 'failed', 'badAnswer'],
    ['half an answer', () => void (server.faults.answer = 'truncated'), 'failed', 'badAnswer'],
    ['ten megabytes', () => void (server.faults.answer = 'huge'), 'failed', 'badAnswer'],
    ['a hostile error text', () => void (server.faults.answer = 'hostileError'), 'failed', 'serverError'],
  ])('%s', async (_name, happens, outcome, reason) => {
    const adapter = await open();
    happens();
    expect(await run(adapter, request())).toEqual({ outcome, reason });
    expect(cards()).toEqual([]);
  });

  test.each(['windows-1251', 'utf-8'] as const)('answers in %s with elements of the future', async (charset) => {
    server.faults.charset = charset;
    server.faults.answer = 'unknownElements';
    expect((await run(await open(), request())).outcome).toBe('applied');
  });

  test('a locked order is waited for, at most once a second, and gets the card when the cashier has left it', async () => {
    const [station, operator] = [item(restaurant.books.CASHES), item(restaurant.books.EMPLOYEES)];
    restaurant.enter(order, station, operator);
    const adapter = await open({ order: { by: 'station' } });
    const start = clock.mono();
    const timed: number[] = [];
    const push = server.log.push.bind(server.log);
    vi.spyOn(server.log, 'push').mockImplementation((...names) => {
      timed.push(clock.mono() - start);
      return push(...names);
    });
    clock.timer(5000, () => restaurant.leave(order));
    expect((await run(adapter, request())).outcome).toBe('applied');
    // left after 5 s, and the lock lingers for 4
    expect(clock.mono() - start).toBeGreaterThanOrEqual(9000);
    const looks = timed.filter((_, i) => server.log[i] === 'GetOrderList2');
    const gaps = looks.slice(1).map((time, i) => time - (looks[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
    expect(server.log.slice(-3)).toEqual(['GetOrder', 'ApplyPersonalCard', 'GetOrder']);
  });

  test('a card whose order stays locked expires, and never lands', async () => {
    restaurant.enter(order, item(restaurant.books.CASHES), item(restaurant.books.EMPLOYEES));
    const adapter = await open({ order: { by: 'station' } });
    const end = clock.mono() + 60_000;
    expect(await run(adapter, request(CARD, { expired: () => clock.mono() >= end }))).toEqual({ outcome: 'expired', reason: 'orderLocked' });
    expect(server.log).not.toContain('ApplyPersonalCard');
  });

  test('the order of the scan that is closed meanwhile takes its card with it: the next order gets none', async () => {
    restaurant.enter(order, item(restaurant.books.CASHES), item(restaurant.books.EMPLOYEES));
    const adapter = await open({ order: { by: 'station' } });
    clock.timer(3000, () => {
      restaurant.pay(order);
      restaurant.enter(restaurant.openOrder(item(restaurant.books.TABLES), item(restaurant.books.EMPLOYEES)), item(restaurant.books.CASHES), item(restaurant.books.EMPLOYEES));
    });
    expect(await run(adapter, request())).toEqual({ outcome: 'expired', reason: 'orderClosed' });
    expect(restaurant.orders.flatMap((each) => cards(each))).toEqual([]);
  });

  test('a lock that only the refusal tells of is tried again after five seconds', async () => {
    const adapter = await open();
    const start = clock.mono();
    restaurant.lock(order, '{AAAAAAAA-0000-4000-8000-000000000001}', 3);
    expect((await run(adapter, request())).outcome).toBe('applied');
    expect(clock.mono() - start).toBeGreaterThanOrEqual(1000);
  });

  test('a closing shift is waited for when the order is known', async () => {
    const adapter = await open();
    server.faults.shiftClosing = true;
    clock.timer(4000, () => (server.faults.shiftClosing = false));
    expect((await run(adapter, request(CARD, { orderId: order.guid }))).outcome).toBe('applied');
  });

  test('a shift that begins to close while the order is locked is waited for too', async () => {
    restaurant.enter(order, item(restaurant.books.CASHES), item(restaurant.books.EMPLOYEES));
    const adapter = await open({ order: { by: 'station' } });
    clock.timer(1500, () => (server.faults.shiftClosing = true));
    clock.timer(3000, () => restaurant.leave(order));
    clock.timer(12_000, () => (server.faults.shiftClosing = false));
    expect((await run(adapter, request())).outcome).toBe('applied');
  });

  test('a closing shift hides which order the card is for: the next guest does not get it', async () => {
    const [station, operator] = [item(restaurant.books.CASHES), item(restaurant.books.EMPLOYEES)];
    restaurant.enter(order, station, operator);
    const adapter = await open({ order: { by: 'station' } });
    server.faults.shiftClosing = true;
    clock.timer(2000, () => restaurant.pay(order));
    clock.timer(3000, () => restaurant.enter(restaurant.openOrder(item(restaurant.books.TABLES), operator), station, operator));
    clock.timer(4000, () => (server.faults.shiftClosing = false));
    clock.timer(9000, () => restaurant.orders.forEach((each) => restaurant.leave(each)));
    expect(await run(adapter, request())).toEqual({ outcome: 'unavailable', reason: 'shiftClosing' });
    expect(restaurant.orders.flatMap((each) => cards(each))).toEqual([]);
  });

  test('the order that the program named wins, by GUID and by visit and number', async () => {
    const second = restaurant.openOrder(item(restaurant.books.TABLES, 1), item(restaurant.books.EMPLOYEES));
    const adapter = await open({ order: { by: 'context' } });
    expect((await run(adapter, request(CARD, { orderId: second.guid.toLowerCase() }))).outcome).toBe('applied');
    expect((await run(adapter, request(OTHER, { orderId: `${String(order.visit)}.${String(order.ident)}` }))).outcome).toBe('applied');
    expect([cards(second), cards()]).toEqual([[CARD], [OTHER]]);
    expect(await run(adapter, request(CARD))).toEqual({ outcome: 'rejected', reason: 'noOrder' });
  });

  test('by table and by waiter', async () => {
    const table = item(restaurant.books.TABLES, 7);
    const waiter = item(restaurant.books.EMPLOYEES, 1);
    const second = restaurant.openOrder(table, waiter);
    expect((await run(await open({ order: { by: 'table', object: { code: table.code } } }), request())).outcome).toBe('applied');
    await till?.close();
    expect((await run(await open({ order: { by: 'waiter', object: { guid: waiter.guid } } }), request())).outcome).toBe('alreadyApplied');
    expect([cards(second), cards()]).toEqual([[CARD], []]);
  });

  describe('silence', () => {
    test('after the work was done is unknown, is found out by looking, and is never repeated', async () => {
      const adapter = await open();
      server.faults.dropAfterWork = 1;
      const delivery = request();
      expect(await run(adapter, delivery)).toEqual({ outcome: 'unknown', reason: 'connectionLost' });
      expect(await adapter.verify?.({ id: delivery.id, scanId: 's1', till: 'hall', time: 0 }, never)).toEqual({ outcome: 'applied', evidence: 'orderShowsCard' });
      expect(server.log.filter((name) => name === 'ApplyPersonalCard')).toHaveLength(1);
    });

    test('of a server that takes 120 s ends with its budget, and the card is not sent again', async () => {
      const adapter = await open();
      server.faults.cardLatencyMs = 120_000;
      const delivery = request();
      expect(await run(adapter, delivery)).toEqual({ outcome: 'unknown', reason: 'timeout' });
      expect(await adapter.verify?.({ id: delivery.id, scanId: 's1', till: 'hall', time: 0 }, never)).toEqual({ outcome: 'unknown', reason: 'notShown' });
      expect(server.log.filter((name) => name === 'ApplyPersonalCard')).toHaveLength(1);
    });

    test('what is not remembered stays unknown', async () => {
      expect(await (await open()).verify?.({ id: 'of another life', scanId: 's1', till: 'hall', time: 0 }, never)).toEqual({ outcome: 'unknown', reason: 'notRemembered' });
    });
  });

  test('a withdrawal while waiting ends at once', async () => {
    restaurant.enter(order, item(restaurant.books.CASHES), item(restaurant.books.EMPLOYEES));
    const adapter = await open({ order: { by: 'station' } });
    const controller = new AbortController();
    clock.timer(2500, () => controller.abort(new Withdrawal('superseded')));
    expect(await run(adapter, request(), controller.signal)).toEqual({ outcome: 'superseded', reason: 'orderLocked' });
  });

  test('numbers that the till cannot have are refused before anything is asked', async () => {
    const adapter = await open({ numbers: { ...DEFAULT_RULES, numericInt64: true } });
    for (const [number, reason] of [['0460123456789', 'numberNotInt64'], ['1234', 'numberReserved']] as const) {
      expect(await run(adapter, request(number))).toEqual({ outcome: 'rejected', reason });
    }
    expect(server.log).toEqual([]);
  });

  test('the waiter is told, without a number', async () => {
    const adapter = await open({ waiterMessage: 'ru' });
    restaurant.cards.delete(CARD);
    await run(adapter, request());
    await vi.waitFor(() => expect(server.messages).toEqual([{ station: 'Касса 1', text: 'Карта лояльности не добавлена: карточная система отказала' }]));
  });

  describe('a server that cannot be used', () => {
    test('is tried again until it is there', async () => {
      server.faults.shiftClosing = true;
      const adapter = await open();
      expect(adapter.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_RK_REFUSED' } });
      expect(await run(adapter, request())).toEqual({ outcome: 'unavailable', reason: 'notConnected' });
      server.faults.shiftClosing = false;
      while (adapter.state.status !== 'ready') {
        await new Promise((resolve) => setImmediate(resolve));
        await clock.advance(200);
      }
      expect((await run(adapter, request())).outcome).toBe('applied');
    });

    it.each([
      ['a wrong password', { password: new Secret('wrong') }, 'TB_TILL_RK_AUTH'],
      ['an unknown station', { station: { code: 99 } }, 'TB_TILL_RK_REFERENCE'],
      ['another program', { url: '/other' }, 'TB_TILL_RK_ANSWER'],
      ['nobody', { url: 'http://127.0.0.1:1' }, 'TB_TILL_UNREACHABLE'],
    ])('%s', async (_name, over, code) => {
      const adapter = await open('url' in over && over.url === '/other' ? { url: `${server.url}/other` } : over);
      expect(adapter.state.reason?.code).toBe(code);
      const rows = await adapter.probe(never);
      expect(rows.some(({ level }) => level === 'fail')).toBe(true);
    });

    test('an address with a password in it', () => {
      expect(() => createXmlTill(optionsFor(server, { url: 'https://a:b@127.0.0.1' }), { clock, log: silentLog, pins })).toThrow(expect.objectContaining({ code: 'TB_TILL_BAD_URL' }));
    });
  });

  describe('doctor', () => {
    const probe = async (over: Partial<XmlTillOptions> = {}): Promise<readonly string[]> => (await (await open(over)).probe(never)).map(({ level, text }) => `${level} ${text}`);

    test('all is well, but for the plain connection', async () => {
      expect(await probe({ cashier: { code: 18 } })).toEqual([
        'warn card numbers and the password travel to the cash server unencrypted',
        expect.stringMatching(/^ok the cash server at 127\.0\.0\.1:\d+ answers this user, version 7\.26\.8\.2001, restaurant 199999999$/),
        'ok the server lists every command that is needed',
        'ok the server takes commands that change orders from this user; whether the cashier may apply cards shows only with a card',
        'ok station: Касса 1 (15004)',
        'ok interface.card: PDS карты (1010)',
        'ok interface.coupon: PDS купоны (1011)',
        'ok cashier: Иванова А. (1000018)',
        'ok the sample number is taken for a card of our interface',
        'ok the card system behind PDS карты answers',
      ]);
    });

    it.each([
      ['1234567', 'fail no MCR algorithm takes the sample number'],
      ['1234', 'fail the sample number is taken for: Employee'],
      ['4601234567893', 'fail the sample number is taken for: Menu Item Barcode'],
    ])('a sample of the form %s', async (number, row) => {
      expect(await probe({ sample: { number, device: 'BarCode' }, numbers: { ...DEFAULT_RULES, reserved: [STAFF_CARD] } })).toContain(row);
    });

    test('a user without the rights', async () => {
      server.faults.noRights = true;
      expect(await probe()).toContain('fail the server refuses commands that change orders (noRights)');
    });

    test('a card system that is down', async () => {
      server.faults.cardSystemDown = true;
      expect(await probe()).toContain('fail the card system behind PDS карты does not answer (cardSystemDown)');
    });

    test('a sample of a length that no mask takes', async () => {
      expect(await probe({ numbers: { ...DEFAULT_RULES, length: { card: [7] } } })).toContain('fail the sample number has 13 characters, and cards may have 7');
    });

    test('a sample that goes elsewhere, an unknown interface, and no sample', async () => {
      expect(await probe({ interfaces: { card: { code: 3 } } })).toContain('fail the sample number goes to another interface: PDS карты');
      await till?.close();
      expect(await probe({ interfaces: { card: { code: 77 } } })).toContain('fail interface.card (code 77) is not in DEVICES');
      await till?.close();
      const { sample, ...without } = optionsFor(server);
      expect(sample).toBeDefined();
      till = createXmlTill(without, { clock, log: silentLog, pins });
      expect((await till.probe(never)).map(({ text }) => text)).toContain('no sample number, so the MCR algorithm was not tried');
    });
  });
});
