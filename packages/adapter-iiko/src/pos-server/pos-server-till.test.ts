import { inspect } from 'node:util';
import { instant, NativeNumber, Secret, silentLog, Withdrawal, type Adapter, type DeliveryRequest, type Log, type Outcome } from '@tillbridge/core';
import { FrontRestaurant, noPosServerFaults, SimulatedIikoCloud, SimulatedPosServer, type OrderView, type PosServerFaults } from '@tillbridge/testkit/iiko';
import { describeAdapter } from '@tillbridge/testkit/suites';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickClock } from '../../../../test/support/quick-clock.js';
import { waitFor } from '../../../../test/support/wait-for.js';
import { createCloudSight, createGuestAuthorizer, createPosServerTill, type OrderSight, type PosServerTillOptions } from '../index.js';

const GUEST = { id: '9b5e0000-0000-4000-8000-000000000001', name: 'Anna', phone: '+79990001122', cardNumber: '1002003004005', cardTrack: 'T100' };
const never = new AbortController().signal;
// three seconds of real time are two minutes here
const clock = quickClock(40);

function optionsFor(server: SimulatedPosServer, over: Partial<PosServerTillOptions> = {}): PosServerTillOptions {
  return {
    ...{ id: 'hall', url: server.url, user: 'pos', password: new Secret('secret'), timeoutMs: 120_000, phone: 'e164' },
    nativeIdentifier: { card: 'iikoCardNumber', phone: 'iikoCardPhone' },
    ...over,
  };
}

/** Looks at the orders of the simulated restaurant, as somebody could who sees them. */
function sightOf(restaurant: FrontRestaurant): OrderSight & { blind: boolean } {
  const guests = (phone: string): readonly string[] => restaurant.directory().filter(({ phones }) => phones.includes(phone)).map(({ id }) => id);
  const sight = {
    blind: false,
    shows: (orderId: string, { phone }: { readonly phone: string }) =>
      Promise.resolve(sight.blind ? undefined : (restaurant.order(orderId)?.customerIds.some((id) => guests(phone).includes(id)) ?? undefined)),
    close: () => undefined,
  };
  return sight;
}

describeAdapter('iiko pos-server', async (log) => {
  const done: string[] = [];
  const order = '0de20000-0000-4000-8000-000000000001';
  const server = await SimulatedPosServer.start({
    clock,
    hall: {
      // every number of the suite is a guest here
      iikoCardGuest: () => GUEST,
      authorize: (_order, credential) => {
        done.push(credential);
        return 'authorized';
      },
    },
  });
  const adapter = createPosServerTill(optionsFor(server), { clock, log });
  return {
    adapter: withOrder(adapter, order),
    takes: (on) => {
      server.faults.silent = !on;
    },
    taken: () => Buffer.from(done.join(' ')),
    dispose: () => server.close(),
  };
});

/** The suite names no order: here a program has. */
function withOrder(adapter: Adapter, orderId: string): Adapter {
  return {
    id: adapter.id,
    capabilities: adapter.capabilities,
    get state() {
      return adapter.state;
    },
    open: (inbound, signal) => adapter.open(inbound, signal),
    probe: (signal) => adapter.probe(signal),
    deliver: (delivery, signal) => adapter.deliver({ ...delivery, orderId }, signal),
    verify: (trace, signal) => adapter.verify?.(trace, signal) ?? Promise.resolve({ outcome: 'unknown' }),
    close: () => adapter.close(),
  };
}

describe('a guest and an order, through the POS server', () => {
  let restaurant: FrontRestaurant;
  let server: SimulatedPosServer;
  let order: OrderView;
  let till: Adapter | undefined;
  let deliveries: number;

  beforeEach(async () => {
    deliveries = 0;
    restaurant = new FrontRestaurant({ clock, directorySyncMs: 0 });
    restaurant.registerGuest(GUEST);
    order = restaurant.openOrder();
    server = await SimulatedPosServer.start({ clock, hall: restaurant });
  });

  afterEach(async () => {
    await till?.close();
    await server.close();
  });

  const open = async (over: Partial<PosServerTillOptions> = {}, context: { readonly sight?: OrderSight; readonly log?: Log } = {}): Promise<Adapter> => {
    const made = createPosServerTill(optionsFor(server, over), { clock, log: silentLog, random: () => 0, ...context });
    till = made;
    await made.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
    server.log.length = 0;
    return made;
  };

  const request = (over: Partial<DeliveryRequest> = {}, kind: 'card' | 'coupon' | 'phone' = 'card', value = GUEST.cardNumber): DeliveryRequest => {
    deliveries += 1;
    return { id: `d${String(deliveries)}`, scanId: 's', till: 'hall', number: new NativeNumber(kind, value), at: instant(clock), orderId: order.id, expired: () => false, ...over };
  };

  const given = (path: string): number => server.log.filter((asked) => asked.endsWith(path)).length;
  const onOrder = (): readonly string[] => restaurant.order(order.id)?.customerIds ?? [];
  /** Runs `then` when it is asked the second time: right before `authorize`. */
  const before = (then: () => void): (() => boolean) => {
    let calls = 0;
    return () => {
      calls += 1;
      if (calls === 2) then();
      return false;
    };
  };

  it('a yes without anybody who sees the order is sent, no more', async () => {
    const adapter = await open();
    expect(adapter.capabilities).toMatchObject({ best: 'sent', verify: false });
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'sent', evidence: 'authorized' });
    expect(onOrder()).toEqual([GUEST.id]);
    expect(server.log.map((path) => path.split('/').at(-1))).toEqual(['userWallets', 'authorize']);
  });

  it('with somebody who sees the order: applied, and alreadyApplied', async () => {
    const adapter = await open({}, { sight: sightOf(restaurant) });
    expect(adapter.capabilities).toMatchObject({ best: 'applied', verify: true });
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(await adapter.deliver(request({}, 'phone', '89990001122'), never)).toEqual({ outcome: 'alreadyApplied', evidence: 'orderShowsGuest' });
    expect(given('authorize')).toBe(1);
  });

  it('says ok and does nothing: unknown where it can be seen, sent where it cannot', async () => {
    server.faults.ignoreAuthorize = true;
    const sight = sightOf(restaurant);
    const adapter = await open({}, { sight });
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'unknown', reason: 'notShown' });
    expect(await adapter.verify?.({ id: 'd1', scanId: 's', till: 'hall', time: 0 }, never)).toEqual({ outcome: 'unknown', reason: 'notShown' });
    sight.blind = true;
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'sent', evidence: 'authorized' });
  });

  it('refuses what it cannot know or do, before anything is asked', async () => {
    const adapter = await open({ nativeIdentifier: { card: 'iikoCardNumber', coupon: 'iikoCardCoupon' } });
    const anywhere = Object.fromEntries(Object.entries(request()).filter(([key]) => key !== 'orderId')) as unknown as DeliveryRequest;
    expect(await adapter.deliver(anywhere, never)).toEqual({ outcome: 'rejected', reason: 'orderNotKnown' });
    expect(await adapter.deliver(request({ orderId: 'table 5' }), never)).toEqual({ outcome: 'rejected', reason: 'badOrderId' });
    expect(await adapter.deliver(request({}, 'phone', GUEST.phone), never)).toEqual({ outcome: 'rejected', reason: 'noNativeIdentifier' });
    expect(await adapter.deliver(request({}, 'coupon', 'C1'), never)).toEqual({ outcome: 'rejected', reason: 'notByThisTransport' });
    expect(server.log).toEqual([]);
  });

  it.each([
    ['an unknown guest', () => ({ value: '404404404' }), { outcome: 'notFound' }],
    ['another fault, also with a new token', () => { server.faults.faultNext = 2; return {}; }, { outcome: 'rejected', reason: 'posServerRefused' }],
    ['tokens that nobody takes', () => { server.faults.refuseTokens = true; return {}; }, { outcome: 'rejected', reason: 'posServerRefused' }],
    ['a guest of after the internet went down', () => { server.faults.offline = true; return {}; }, { outcome: 'notFound' }],
    ['a web page', () => { server.faults.answer = 'html'; return {}; }, { outcome: 'unavailable', reason: 'badAnswer' }],
    ['garbage', () => { server.faults.answer = 'garbage'; return {}; }, { outcome: 'unavailable', reason: 'badAnswer' }],
    ['ten megabytes', () => { server.faults.answer = 'huge'; return {}; }, { outcome: 'unavailable', reason: 'badAnswer' }],
    ['half an answer', () => { server.faults.answer = 'truncated'; return {}; }, { outcome: 'unavailable', reason: 'badAnswer' }],
    ['another shape', () => { server.faults.answer = 'otherShape'; return {}; }, { outcome: 'unavailable', reason: 'badAnswer' }],
    ['a lost connection', () => { server.faults.dropBeforeWork = 1; return {}; }, { outcome: 'unavailable', reason: 'connectionLost' }],
    ['503', () => { server.faults.status = 503; return {}; }, { outcome: 'unavailable', reason: 'serverError' }],
  ])('%s', async (_name, prepare: () => { value?: string }, expected) => {
    const adapter = await open();
    const { value = GUEST.cardNumber } = prepare();
    expect(await adapter.deliver(request({}, 'card', value), never)).toEqual(expected);
    expect(onOrder()).toEqual([]);
    expect(given('authorize')).toBe(0);
  });

  it('an order that is closed meanwhile gets nobody', async () => {
    const adapter = await open();
    expect(await adapter.deliver(request({ expired: before(() => restaurant.setStatus(order.id, 'Closed')) }), never)).toEqual({ outcome: 'rejected', reason: 'posServerRefused' });
    expect(onOrder()).toEqual([]);
  });

  it('a token that ends in the middle is replaced, once', async () => {
    const adapter = await open();
    server.faults.voidTokens = 1;
    expect(await adapter.deliver(request(), never)).toMatchObject({ outcome: 'sent' });
    expect([given('getAccessToken'), given('userWallets')]).toEqual([1, 2]);
    expect(await adapter.deliver(request({ expired: before(() => (server.faults.voidTokens = 1)) }), never)).toMatchObject({ outcome: 'sent' });
    expect(given('getAccessToken')).toBe(2);
  });

  it('done, and the answer lost: seen, or unknown; never a second time', async () => {
    const sight = sightOf(restaurant);
    const adapter = await open({}, { sight });
    expect(await adapter.deliver(request({ expired: before(() => (server.faults.dropAfterWork = 1)) }), never)).toEqual({ outcome: 'applied', evidence: 'orderShowsGuest' });
    // the silence made the till log in again by itself: that login must not be the request that is lost next
    await waitFor('the till, ready again', () => adapter.state.status === 'ready');
    const second = restaurant.openOrder();
    sight.blind = true;
    const lost = request({ orderId: second.id, expired: before(() => (server.faults.dropAfterWork = 1)) });
    expect(await adapter.deliver(lost, never)).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
    expect(await adapter.verify?.({ id: lost.id, scanId: 's', till: 'hall', time: 0 }, never)).toEqual({ outcome: 'unknown', reason: 'notVerified' });
    const times = given('authorize');
    expect(await adapter.deliver(request({ orderId: second.id }), never)).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
    expect(given('authorize')).toBe(times);
    sight.blind = false;
    expect(await adapter.verify?.({ id: lost.id, scanId: 's', till: 'hall', time: 0 }, never)).toMatchObject({ outcome: 'applied' });
    expect(await adapter.deliver(request({ orderId: second.id }), never)).toMatchObject({ outcome: 'alreadyApplied' });
  });

  it.each(['html', 'garbage', 'truncated', 'huge'] as const)('%s as the answer of authorize: unknown, and not repeated', async (answer) => {
    const adapter = await open();
    expect(await adapter.deliver(request({ expired: before(() => (server.faults.answer = answer)) }), never)).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
    expect(given('authorize')).toBe(1);
  });

  it('taken back: before authorize whole, in the middle of it unknown', async () => {
    const adapter = await open();
    server.faults.silent = true;
    const early = new AbortController();
    const first = adapter.deliver(request(), early.signal);
    await waitFor('the look-up', () => server.holding === 1);
    early.abort(new Withdrawal('superseded'));
    expect(await first).toEqual({ outcome: 'superseded', reason: 'notSent' });
    await waitFor('the hang-up', () => server.holding === 0);
    server.faults.silent = false;
    const late = new AbortController();
    const second = adapter.deliver(request({ expired: before(() => (server.faults.silent = true)) }), late.signal);
    await waitFor('authorize', () => server.holding === 1);
    late.abort(new Withdrawal('expired'));
    expect(await second).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
  });

  it('ends at its budget', async () => {
    const adapter = await open({ timeoutMs: 20_000 });
    server.faults.silent = true;
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'unavailable', reason: 'timeout' });
  });

  it('is ready as soon as the server is', async () => {
    server.faults.status = 503;
    const adapter = await open();
    expect(adapter.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_IIKO_POS_ANSWER' } });
    server.faults.status = 0;
    await waitFor('ready', () => adapter.state.status === 'ready');
  });

  it('doctor: reachable, authorised, looks guests up', async () => {
    const adapter = await open();
    expect((await adapter.probe(never)).map(({ level }) => level)).toEqual(['ok', 'ok']);
    server.faults.refuseTokens = true;
    expect((await adapter.probe(never)).map(({ level }) => level)).toEqual(['ok', 'warn']);
    const wrong = createPosServerTill(optionsFor(server, { password: new Secret('wrong') }), { clock, log: silentLog });
    const [row] = await wrong.probe(never);
    expect(row).toMatchObject({ level: 'fail', id: 'till.hall.posServer' });
    expect(row?.text).toContain('does not accept user and password');
    await wrong.close();
    expect(onOrder()).toEqual([]);
  });

  it('shows no number and no secret', async () => {
    const lines: string[] = [];
    const note = (event: string, fields?: unknown): void => void lines.push(event, inspect(fields, { depth: 8 }));
    const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
    const adapter = await open({ password: new Secret('secret') }, { log });
    for (const answer of ['normal', 'html', 'otherShape'] as const) {
      server.faults.answer = answer;
      lines.push(JSON.stringify(await adapter.deliver(request(), never)), JSON.stringify(await adapter.probe(never)), inspect(adapter, { depth: 9 }));
    }
    for (const secret of [GUEST.cardNumber, '9990001122', 'password=secret']) expect(lines.join('\n')).not.toContain(secret);
  });

  it('under faults of any kind: one closed outcome that says the truth', async () => {
    const adapter = await open({}, { sight: sightOf(restaurant) });
    const fault = fc.constantFrom<Partial<PosServerFaults>>(
      {}, { dropAfterWork: 1 }, { dropBeforeWork: 1 }, { voidTokens: 1 }, { faultNext: 1 }, { faultNext: 2 }, { ignoreAuthorize: true }, { answer: 'otherShape' }, { answer: 'empty' }, { status: 500 },
    );
    await fc.assert(
      fc.asyncProperty(fault, fc.boolean(), async (faults, atOnce) => {
        const { id } = restaurant.openOrder();
        const set = (): void => void Object.assign(server.faults, faults);
        if (atOnce) set();
        const result: Outcome = await adapter.deliver(request({ orderId: id, ...(atOnce ? {} : { expired: before(set) }) }), never);
        Object.assign(server.faults, noPosServerFaults());
        const there = restaurant.order(id)?.customerIds.length === 1;
        if (result.outcome === 'applied') expect(there).toBe(true);
        else if (result.outcome !== 'unknown' && result.outcome !== 'sent') expect(there).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('reads back through iikoCloud', async () => {
    const cloud = await SimulatedIikoCloud.start({ clock });
    const login = { version: 'v1', apiLogin: new Secret('api-login') } as const;
    const adapter = await open({}, { sight: createCloudSight({ id: 'hall', url: cloud.url, login, timeoutMs: 120_000 }, { clock, random: () => 0 }) });
    const shown = cloud.world.openOrder(undefined, { posId: order.id });
    const result = adapter.deliver(request({ expired: before(() => (shown.guest = { id: GUEST.id, name: 'Anna', phone: '79990001122' })) }), never);
    expect(await result).toEqual({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(shown.initialised).toBe(true);
    await cloud.close();
    const other = restaurant.openOrder();
    expect(await adapter.deliver(request({ orderId: other.id }), never)).toEqual({ outcome: 'sent', evidence: 'authorized' });
  });
});

describe('the POS server for the plugin', () => {
  it('says yes, no, or that it cannot be known', async () => {
    const restaurant = new FrontRestaurant({ clock });
    restaurant.registerGuest(GUEST);
    const server = await SimulatedPosServer.start({ clock, hall: restaurant });
    const guests = createGuestAuthorizer({ id: 'hall', url: server.url, user: 'pos', password: new Secret('secret'), timeoutMs: 120_000 }, { clock });
    const { id } = restaurant.openOrder();
    const ask = (value: string): Promise<unknown> => guests.authorize({ credential: new NativeNumber('card', value), scope: 'cardTrack' }, id, never);
    expect(await ask('T100')).toEqual({ done: true });
    expect(restaurant.order(id)?.customerIds).toEqual([GUEST.id]);
    expect(await ask('T404')).toEqual({ done: false, reason: 'notFound' });
    server.faults.dropAfterWork = 1;
    expect(await ask('T100')).toEqual({ done: false, reason: 'posServerSilent' });
    server.faults.faultNext = 2;
    expect(await ask('T100')).toEqual({ done: false, reason: 'posServerRefused' });
    expect((await guests.probe(never)).map(({ level }) => level)).toEqual(['ok', 'ok']);
    await server.close();
    // the connection that was open may take the first one along
    await ask('T100');
    expect(await ask('T100')).toEqual({ done: false, reason: 'posServerUnavailable' });
    await guests.close();
    expect(() => createGuestAuthorizer({ id: 'hall', url: 'ftp://x', user: 'pos', password: new Secret('secret') }, { clock })).toThrow(/till hall/);
  });
});
