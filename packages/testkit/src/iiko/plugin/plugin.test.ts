import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PLUGIN_CALLS } from '../../../../adapter-iiko/src/front/contract.js';
import type { VirtualClock } from '../../virtual-clock.js';
import { STAFF_ONLY } from '../front/books.js';
import { noFrontFaults, type FrontFaults } from '../front/faults.js';
import type { OrderView } from '../front/orders.js';
import type { FrontRestaurant } from '../front/restaurant.js';
import type { FrontScreen } from '../front/screens.js';
import type { FrontTerminal } from '../front/terminal.js';
import { PluginModel } from './plugin-model.js';
import { card, PluginBench, type Given } from './testing/plugin-bench.js';
import { ScriptedDaemon } from './testing/scripted-daemon.js';
import type { Done, OrderAction } from './wire.js';

const GUEST = { id: 'guest-1', name: 'Анна', phone: '+79990001122', cardNumber: '1122334455', cardTrack: '990011223344' };

let bench: PluginBench;
let clock: VirtualClock;
let restaurant: FrontRestaurant;
let terminal: FrontTerminal;
let daemon: ScriptedDaemon;
let model: PluginModel;
let order: OrderView;

async function start(api?: 'V8' | 'V9' | 'V10'): Promise<void> {
  bench = await PluginBench.start(api, {
    request: (name, body) => void PLUGIN_CALLS[name].body.parse(body),
    action: (made) => void PLUGIN_CALLS.next.answer.parse({ action: made }),
  });
  ({ clock, restaurant, terminal, daemon, model, order } = bench);
}

beforeEach(() => start());
afterEach(() => terminal.close());

const action = (given: Given): OrderAction => bench.action(given);
const carriedOut = (given: Given): Promise<Done | undefined> => bench.carriedOut(given);
const addCard: PluginBench['addCard'] = (...given) => bench.addCard(...given);

describe('an action on the order of the screen', () => {
  test('a discount card: put there once, shown by the order', async () => {
    addCard('555');
    expect(await carriedOut(card('555'))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCard', orderId: order.id, orderNumber: 1, revision: 2 });
    expect(await carriedOut(card('555'))).toMatchObject({ outcome: 'alreadyApplied' });
    expect(restaurant.changes).toHaveLength(1);
  });

  test.each([
    ['a card that nobody knows', card('1'), 'notFound', undefined],
    ['a card of another kind', card('2'), 'notAllowed', 'cardType'],
    ['a card that gives a price category', card('3'), 'applied', undefined],
    ['another order', { ...card('555'), orderId: 'elsewhere' }, 'wrongOrder', undefined],
    ['one that is over', { ...card('555'), expiresInMs: 0 }, 'expired', undefined],
    ['coupons', { kind: 'setCoupons', numbers: ['C1', 'C2'] }, 'applied', undefined],
    ['a phone that the directory does not have', { kind: 'bindGuest', phone: '+79991112233', replace: false }, 'notFound', undefined],
    ['a guest who is to be made', { kind: 'bindGuest', phone: '+79991112233', createName: 'Гость', replace: false }, 'applied', undefined],
    ['external data', { kind: 'setExternalData', key: 'k', value: 'v', isPublic: true }, 'applied', undefined],
  ] satisfies [string, Given, string, string | undefined][])('%s', async (_name, given, outcome, detail) => {
    addCard('555');
    addCard('2', STAFF_ONLY);
    addCard('3', undefined, 'VIP');
    const done = await carriedOut(given);
    expect([done?.outcome, done?.detail]).toEqual([outcome, detail]);
    expect(restaurant.changes.length > 0).toBe(outcome === 'applied');
  });

  test.each([
    [{ permissionDenied: true }, 'notAllowed', 'permission'],
    [{ licence: true }, 'notAllowed', 'licence'],
    [{ entityInUse: 1 }, 'conflict', 'inUse'],
    [{ wrongRevision: 1 }, 'applied', undefined],
    [{ wrongRevision: 2 }, 'conflict', 'modified'],
    [{ closedMeanwhile: 1 }, 'orderClosed', undefined],
    [{ ignoreEdits: true }, 'noEffect', undefined],
    [{ hostError: 1 }, 'hostError', undefined],
  ] as const)('with %o: %s %s', async (faults, outcome, detail) => {
    addCard('555');
    Object.assign(restaurant.faults, noFrontFaults(), faults satisfies Partial<FrontFaults>);
    const done = await carriedOut(card('555'));
    expect([done?.outcome, done?.detail]).toEqual([outcome, detail]);
    expect(restaurant.changes).toHaveLength(outcome === 'applied' ? 1 : 0);
  });

  test.each(['Bill', 'Closed', 'Deleted'] as const)('an order that is %s stays as it is', async (status) => {
    addCard('555');
    restaurant.setStatus(order.id, status);
    expect(await carriedOut(card('555'))).toMatchObject({ outcome: 'orderClosed' });
    expect(restaurant.changes).toEqual([]);
  });

  test.each([
    ['another order', (other: OrderView) => [{ kind: 'orderEdit', order: other.id }]],
    ['the lock screen', () => [{ kind: 'lock' }]],
    ['the hall plan, and a window over the order', () => [{ kind: 'unknown' }, { kind: 'dialog', order: order.id, accepts: 'nothing' }]],
  ] satisfies [string, (other: OrderView) => FrontScreen[]][])('%s was on the screen meanwhile: what is for the screen before is for nobody', async (_name, screens) => {
    addCard('555');
    const meanwhile = screens(restaurant.openOrder());
    for (const screen of [...meanwhile, { kind: 'orderEdit' as const, order: order.id }]) await terminal.show(screen);
    const newest = 2 + meanwhile.length;
    for (const screenSeq of [1, 2, newest + 1]) expect(await carriedOut({ ...card('555'), screenSeq })).toMatchObject({ outcome: 'wrongOrder' });
    // a daemon that does not say which screen it went by
    const without: OrderAction = { id: 'without', expiresInMs: 10_000, place: 'screen', orderId: order.id, kind: 'applyDiscountCard', number: '555' };
    daemon.give(without);
    await clock.advance(0);
    expect(daemon.results.get(without.id)).toMatchObject({ outcome: 'wrongOrder' });
    expect(restaurant.changes).toEqual([]);
    expect(await carriedOut({ ...card('555'), screenSeq: newest })).toMatchObject({ outcome: 'applied' });
  });

  test('a window over the order and its payment leave the row of screens whole', async () => {
    addCard('555');
    await terminal.show({ kind: 'dialog', order: order.id, accepts: 'nothing' });
    await terminal.show({ kind: 'payment', order: order.id });
    await terminal.show({ kind: 'orderEdit', order: order.id });
    expect(await carriedOut(card('555'))).toMatchObject({ outcome: 'applied' });
  });

  test('V8: one coupon, no guest by card', async () => {
    await start('V8');
    expect(await carriedOut({ kind: 'setCoupons', numbers: ['C1', 'C2'] })).toMatchObject({ outcome: 'unsupportedByApiVersion' });
    expect(await carriedOut({ kind: 'setCoupons', numbers: ['C1'] })).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCoupon' });
    expect(await carriedOut({ kind: 'setCoupons', numbers: ['C2'] })).toMatchObject({ outcome: 'conflict', detail: 'couponPresent' });
    expect(await carriedOut({ kind: 'bindGuest', cardNumber: '1', replace: false })).toMatchObject({ outcome: 'unsupportedByApiVersion' });
  });

  test('coupons are added to those that are there', async () => {
    await carriedOut({ kind: 'setCoupons', numbers: ['C1'] });
    await carriedOut({ kind: 'setCoupons', numbers: ['C2'] });
    expect(restaurant.order(order.id)?.coupons.map(({ number }) => number)).toEqual(['C1', 'C2']);
    expect(await carriedOut({ kind: 'setCoupons', numbers: ['C1', 'C2'] })).toMatchObject({ outcome: 'alreadyApplied' });
  });

  test('a guest: another one stays unless it is to be replaced', async () => {
    restaurant.registerGuest(GUEST);
    restaurant.registerGuest({ ...GUEST, id: 'guest-2', phone: '+79990003344', cardNumber: '2', cardTrack: '2' });
    await clock.advance(300_000);
    const bind = (cardNumber: string, replace: boolean): Given => ({ kind: 'bindGuest', cardNumber, replace });
    expect(await carriedOut(bind(GUEST.cardNumber, false))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(await carriedOut(bind(GUEST.cardNumber, true))).toMatchObject({ outcome: 'alreadyApplied' });
    expect(await carriedOut(bind('2', false))).toMatchObject({ outcome: 'conflict', detail: 'otherGuest' });
    expect(await carriedOut(bind('2', true))).toMatchObject({ outcome: 'applied' });
    expect(restaurant.order(order.id)?.customerIds).toEqual(['guest-2']);
  });
});

describe('a guest of iikoCard', () => {
  const bind = (over: { replace?: boolean; fallback?: { phone: string } } = {}): Given => ({ kind: 'authorizeIikoCard', credential: GUEST.cardTrack, scope: 'cardTrack', replace: false, ...over });
  const pos = (): object => {
    const said = restaurant.authorize(order.id, GUEST.cardTrack, 4);
    return said === 'authorized' ? { done: true } : { done: false, reason: said === 'guestNotFound' ? 'notFound' : 'orderNotFound' };
  };

  beforeEach(() => {
    daemon.authorize = pos;
  });

  test('is authorised, and the order shows it', async () => {
    restaurant.registerGuest(GUEST);
    expect(await carriedOut(bind())).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(await carriedOut(bind())).toMatchObject({ outcome: 'conflict', detail: 'otherGuest' });
    await clock.advance(300_000);
    expect(await carriedOut(bind({ fallback: { phone: GUEST.phone } }))).toMatchObject({ outcome: 'alreadyApplied' });
  });

  test('the POS server says yes and does nothing: noEffect, or the directory where it is there by now', async () => {
    restaurant.registerGuest(GUEST);
    restaurant.faults.authorizeIgnored = true;
    expect(await carriedOut(bind())).toMatchObject({ outcome: 'noEffect' });
    expect(await carriedOut(bind({ fallback: { phone: GUEST.phone } }))).toMatchObject({ outcome: 'noEffect' });
    await clock.advance(300_000);
    expect(await carriedOut(bind({ fallback: { phone: GUEST.phone } }))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
  });

  test('is unknown there, or the server cannot be asked', async () => {
    expect(await carriedOut(bind())).toMatchObject({ outcome: 'notFound' });
    daemon.authorize = () => ({ done: false, reason: 'unavailable' });
    expect(await carriedOut(bind())).toMatchObject({ outcome: 'hostError', detail: 'unavailable' });
  });

  test('takes another one\'s place only when it is really there', async () => {
    restaurant.registerGuest(GUEST);
    restaurant.edit(order.id, () => ({ customerIds: ['other'] }), 'iikoFront');
    restaurant.faults.authorizeIgnored = true;
    expect(await carriedOut(bind({ replace: true }))).toMatchObject({ outcome: 'noEffect' });
    expect(restaurant.order(order.id)?.customerIds).toEqual(['other']);
    restaurant.faults.authorizeIgnored = false;
    expect(await carriedOut(bind({ replace: true }))).toMatchObject({ outcome: 'applied' });
    expect(restaurant.order(order.id)?.customerIds).toEqual([GUEST.id]);
  });

  test('an order that is closed while the POS server thinks stays as it is', async () => {
    restaurant.registerGuest(GUEST);
    await clock.advance(300_000);
    daemon.authorize = () => {
      restaurant.setStatus(order.id, 'Closed');
      return { done: false, reason: 'timeout' };
    };
    expect(await carriedOut(bind({ fallback: { phone: GUEST.phone } }))).toMatchObject({ outcome: 'orderClosed' });
    expect(restaurant.order(order.id)?.customerIds).toEqual([]);
  });
});

describe('screens and time', () => {
  beforeEach(() => addCard('555'));

  test('no order screen: wrongScreen', async () => {
    await terminal.show({ kind: 'lock' });
    expect(await carriedOut(card('555'))).toMatchObject({ outcome: 'wrongScreen' });
  });

  test('the payment screen from V9 on', async () => {
    await terminal.show({ kind: 'payment', order: order.id });
    expect(await carriedOut(card('555'))).toMatchObject({ outcome: 'applied' });
    await start('V8');
    addCard('555');
    await terminal.show({ kind: 'payment', order: order.id });
    expect(await carriedOut(card('555'))).toMatchObject({ outcome: 'wrongScreen' });
  });

  test('busy for too long: nothing is done, then or later', async () => {
    terminal.setBusy(true);
    const made = action(card('555'));
    daemon.give(made);
    await clock.advance(10_000);
    expect(daemon.results.get(made.id)).toMatchObject({ outcome: 'busyTimeout' });
    terminal.setBusy(false);
    await clock.advance(1000);
    expect(restaurant.changes).toEqual([]);
  });

  test('busy, and the next guest\'s order is there when it is free again', async () => {
    terminal.setBusy(true);
    const made = action(card('555'));
    daemon.give(made);
    await clock.advance(1000);
    await terminal.show({ kind: 'orderEdit', order: restaurant.openOrder().id });
    terminal.setBusy(false);
    await clock.advance(1000);
    expect(daemon.results.get(made.id)).toMatchObject({ outcome: 'wrongScreen' });
    expect(restaurant.changes).toEqual([]);
  });

  test('a machine that slept: too old', async () => {
    terminal.setBusy(true);
    const made = action(card('555'));
    daemon.give(made);
    await clock.settle();
    clock.sleepMachine(60_000);
    terminal.setBusy(false);
    await clock.advance(0);
    expect(daemon.results.get(made.id)).toMatchObject({ outcome: 'expired' });
    expect(restaurant.changes).toEqual([]);
  });

  test('every screen is told, with its order, the newest last', async () => {
    await terminal.show({ kind: 'payment', order: order.id });
    await terminal.show({ kind: 'unknown' });
    await clock.settle();
    const told = daemon.calls.filter(({ name }) => name === 'screen').map(({ body }) => body);
    expect(told.at(-1)).toMatchObject({ screen: 'other', seq: 3 });
    expect(told.map(({ seq }) => seq)).toEqual([...told.map(({ seq }) => seq)].sort());
    expect(daemon.calls.find(({ name }) => name === 'hello')?.body).toMatchObject({ terminalId: 'CASH-1', apiVersion: 'V9', paymentEdit: true, screen: { screen: 'lock', seq: 0 } });
  });

  test('a screen that did not arrive is told again', async () => {
    daemon.refuses.push({ name: 'screen', reply: { ok: false, status: 0, code: 'noAnswer', retryAfterMs: 0 }, times: 2 });
    await terminal.show({ kind: 'unknown' });
    await clock.advance(1000);
    expect(daemon.calls.filter(({ name }) => name === 'screen').map(({ body }) => body['screen']).slice(-4)).toEqual(['orderEdit', 'other', 'other', 'other']);
  });
});

describe('once', () => {
  test('the same id again gives the same result, and is not done again', async () => {
    addCard('555');
    const made = action(card('555'));
    for (let i = 0; i < 2; i += 1) {
      daemon.give(made);
      await clock.advance(0);
    }
    expect(daemon.count('result')).toBe(2);
    expect(daemon.results.get(made.id)).toMatchObject({ outcome: 'applied' });
    expect(model.done).toHaveLength(1);
  });

  test('a result goes out until it is answered', async () => {
    addCard('555');
    daemon.refuses.push({ name: 'result', reply: { ok: false, status: 503, code: 'none', retryAfterMs: 0 }, times: 3 });
    const made = action(card('555'));
    daemon.give(made);
    await clock.advance(499);
    expect(daemon.count('result')).toBe(1);
    await clock.advance(3001);
    expect([daemon.count('result'), daemon.results.get(made.id)?.outcome, model.outbox.size]).toEqual([4, 'applied', 0]);
  });

  test('a message is shown', async () => {
    daemon.give({ kind: 'message', id: 'm', expiresInMs: 5000, text: 'Карта не найдена', level: 'warning' });
    await clock.advance(0);
    expect(terminal.lines).toEqual([{ level: 'warning', text: 'Карта не найдена' }]);
    expect(daemon.results.get('m')).toMatchObject({ outcome: 'applied', evidence: 'shown' });
  });
});

describe('the daemon', () => {
  test.each([
    [428, 'TB_TILL_IIKO_HELLO_AGAIN', 0, 0],
    [409, 'TB_TILL_IIKO_TWO_PLUGINS', 59_999, 1],
    [401, 'TB_API_UNAUTHORIZED', 29_999, 1],
    [404, 'none', 4999, 1],
    [429, 'TB_API_RATE', 6999, 1],
    [502, 'none', 499, 1],
    [0, 'noAnswer', 499, 1],
  ])('refuses with %i %s: it is asked again after its time', async (status, code, quietMs, stepMs) => {
    daemon.refuses.push({ name: 'next', reply: { ok: false, status, code, retryAfterMs: status === 429 ? 7000 : 0 }, times: 1 });
    daemon.give({ kind: 'message', id: 'm', expiresInMs: 5000, text: 'x', level: 'info' });
    await clock.settle();
    const [hellos, nexts] = [daemon.count('hello'), daemon.count('next')];
    await clock.advance(quietMs);
    if (stepMs > 0) expect([daemon.count('hello'), daemon.count('next')]).toEqual([hellos, nexts]);
    await clock.advance(stepMs);
    expect(daemon.count('next')).toBeGreaterThan(stepMs > 0 ? nexts : 1);
    expect(daemon.count('hello')).toBe([428, 409, 404].includes(status) ? 2 : 1);
    expect(model.session.refusals).toEqual([code]);
    expect(terminal.plugins[0]?.crashes).toEqual([]);
  });

  test('is not there: pauses grow to 30 s, nothing is thrown', async () => {
    await terminal.close();
    daemon = new ScriptedDaemon((name, body) => void PLUGIN_CALLS[name].body.parse(body));
    daemon.refuses.push({ name: 'hello', reply: { ok: false, status: 0, code: 'noAnswer', retryAfterMs: 0 }, times: 1000 });
    const host = terminal.load((context) => (model = new PluginModel(context, { clock, link: daemon, random: () => 1 })));
    await clock.advance(60_000);
    expect(daemon.count('hello')).toBe(7);
    await clock.advance(60_000);
    expect(daemon.count('hello')).toBe(9);
    expect(host.crashes).toEqual([]);
  });
});
