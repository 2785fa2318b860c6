import { inspect } from 'node:util';
import { instant, NativeNumber, Secret, silentLog, Withdrawal, type Adapter, type DeliveryRequest, type Log, type Outcome } from '@tillbridge/core';
import { noCloudFaults, SimulatedIikoCloud, type CloudFaults, type CloudOrder } from '@tillbridge/testkit/iiko';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickClock } from '../../../../test/support/quick-clock.js';
import { waitFor } from '../../../../test/support/wait-for.js';
import { createCloudTill, type CloudTillOptions } from '../index.js';
import { cloudOptions as optionsFor } from '../../../../test/support/iiko-cloud-options.js';

const CARD = '1002003004005';
const PHONE = '+79990001122';
const never = new AbortController().signal;
// three seconds of real time are two minutes here
const clock = quickClock(40);

/** The same where no program has named an order. */
function anywhere(delivery: DeliveryRequest): DeliveryRequest {
  return Object.fromEntries(Object.entries(delivery).filter(([key]) => key !== 'orderId')) as unknown as DeliveryRequest;
}

describe('a guest and an order, through iikoCloud', () => {
  let cloud: SimulatedIikoCloud;
  let order: CloudOrder;
  let till: Adapter | undefined;
  let deliveries: number;
  let timeouts: Set<unknown>;

  beforeEach(async () => {
    deliveries = 0;
    timeouts = new Set();
    cloud = await SimulatedIikoCloud.start({ clock, observe: ({ headers }) => void timeouts.add(headers['timeout']) });
    cloud.faults.limits = false;
    cloud.world.addGuest({ phone: PHONE, name: 'Anna', cardNumber: CARD, cardTrack: 'T100' });
    order = cloud.world.openOrder(cloud.world.tables[0]);
  });

  afterEach(async () => {
    await till?.close();
    await cloud.close();
  });

  const open = async (over: Partial<CloudTillOptions> = {}, log: Log = silentLog): Promise<Adapter> => {
    const made = createCloudTill(optionsFor(cloud, over), { clock, log, random: () => 0 });
    till = made;
    await made.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
    cloud.log.length = 0;
    return made;
  };

  const request = (over: Partial<DeliveryRequest> = {}, kind: 'card' | 'coupon' | 'phone' = 'card', value = CARD): DeliveryRequest => {
    deliveries += 1;
    return { id: `d${String(deliveries)}`, scanId: 's', till: 'hall', number: new NativeNumber(kind, value), at: instant(clock), orderId: order.posId, expired: () => false, ...over };
  };

  const given = (path: string): number => cloud.log.filter((asked) => asked.endsWith(path)).length;

  it('looks the guest up, initialises the order, puts him there, and reads it back', async () => {
    const adapter = await open();
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(order.guest).toMatchObject({ phone: PHONE, name: 'Anna' });
    expect(cloud.log.map((path) => path.split('/').at(-1))).toEqual(['info', 'by_id', 'init_by_posOrder', 'status', 'status', 'by_id', 'add_customer', 'status', 'status', 'by_id']);
    // the service gives up before we do
    expect(timeouts).toEqual(new Set(['119']));
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'alreadyApplied', evidence: 'orderShowsGuest' });
    expect(given('add_customer')).toBe(1);
  });

  it.each([
    ['track', { card: 'iikoCardTrack' }, 'card', 'T100'],
    ['phone', { phone: 'iikoCardPhone' }, 'phone', '89990001122'],
  ] as const)('by %s', async (_name, nativeIdentifier, kind, value) => {
    expect(await (await open({ nativeIdentifier })).deliver(request({}, kind, value), never)).toMatchObject({ outcome: 'applied' });
    expect(order.guest?.phone).toBe(PHONE);
  });

  it('refuses what it cannot know or do, before anything is asked', async () => {
    const adapter = await open({ nativeIdentifier: { card: 'rmsDiscountCard' } });
    expect(await adapter.deliver(anywhere(request()), never)).toEqual({ outcome: 'rejected', reason: 'orderNotKnown' });
    expect(await adapter.deliver(request({ orderId: '17' }), never)).toEqual({ outcome: 'rejected', reason: 'badOrderId' });
    expect(await adapter.deliver(request({}, 'phone', PHONE), never)).toEqual({ outcome: 'rejected', reason: 'noNativeIdentifier' });
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'notByThisTransport' });
    expect(cloud.log).toEqual([]);
  });

  it.each([
    ['an unknown guest', () => cloud.world.guests.splice(0), { outcome: 'notFound' }],
    ['a deleted guest', () => cloud.world.guests.forEach((guest) => (guest.isDeleted = true)), { outcome: 'blocked', reason: 'guestDeleted' }],
    ['a guest without a phone', () => cloud.world.guests.forEach((guest) => (guest.phone = '')), { outcome: 'rejected', reason: 'guestHasNoPhone' }],
    ['an organisation without iikoCard', () => cloud.world.organizations.forEach((one) => (one.loyalty = false)), { outcome: 'unavailable', reason: 'loyaltyOff' }],
    ['an order that is not there', () => cloud.world.orders.splice(0), { outcome: 'rejected', reason: 'noOrder' }],
    ['a printed bill', () => (order.status = 'Bill'), { outcome: 'rejected', reason: 'billPrinted' }],
    ['a closed order', () => (order.status = 'Closed'), { outcome: 'expired', reason: 'orderClosed' }],
    ['another guest on it', () => (order.guest = { id: 'b6d5ff7e-0000-4000-8000-000000000001', name: 'Boris', phone: '+79995556677' }), { outcome: 'rejected', reason: 'otherGuest' }],
    ['a till that is off', () => cloud.world.terminalGroups.forEach((group) => (group.alive = false)), { outcome: 'unavailable', reason: 'terminalGroupOff' }],
    ['a busy order that stays busy', () => (order.busy = true), { outcome: 'rejected', reason: 'orderBusy' }],
    ['a missing right', () => cloud.faults.lacks.add('Orders: changing'), { outcome: 'unavailable', reason: 'noRight' }],
    ['an error that nobody knows', () => (cloud.faults.refuse = { reason: 'Плохо: 79990001122', times: 9 }), { outcome: 'rejected', reason: 'refused' }],
  ])('%s', async (_name, prepare, expected) => {
    const adapter = await open();
    prepare();
    expect(await adapter.deliver(request(), never)).toEqual(expected);
    if (_name !== 'another guest on it') expect(order.guest).toBeUndefined();
  });

  it('an order closed in the middle gets nobody', async () => {
    const adapter = await open();
    let looks = 0;
    // asked at the beginning and right before the command
    const expired = (): boolean => {
      looks += 1;
      if (looks === 2) order.status = 'Closed';
      return false;
    };
    expect(await adapter.deliver(request({ expired }), never)).toEqual({ outcome: 'expired', reason: 'orderClosed' });
    expect([looks, given('add_customer')]).toEqual([2, 1]);
    expect(order.guest).toBeUndefined();
  });

  it('a busy order that becomes free gets its guest', async () => {
    const adapter = await open();
    cloud.faults.refuse = { reason: '', times: 0 };
    order.initialised = true;
    order.busy = true;
    const result = adapter.deliver(request(), never);
    await waitFor('the first refusal', () => given('add_customer') === 1);
    order.busy = false;
    expect(await result).toMatchObject({ outcome: 'applied' });
    expect(given('add_customer')).toBe(2);
  });

  it('a guest without a name is called something', async () => {
    for (const guest of cloud.world.guests) guest.name = ' ';
    expect(await (await open()).deliver(request(), never)).toMatchObject({ outcome: 'applied' });
    expect(order.guest?.name).toBe('Guest');
  });

  it('an order that shows its guest without a phone: the name of whom we put there, and nobody who was there before', async () => {
    cloud.faults.hidePhones = true;
    const adapter = await open();
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'rejected', reason: 'otherGuest' });
    expect(given('add_customer')).toBe(1);
  });

  it('at a table: the only open order, none, several', async () => {
    const tables = cloud.world.tables.slice(0, 2).map(({ id }) => id);
    const adapter = await open({ order: { by: 'tables', tables } });
    cloud.world.openOrder(cloud.world.tables[0]).status = 'Closed';
    expect(await adapter.deliver(anywhere(request()), never)).toMatchObject({ outcome: 'applied' });
    cloud.world.openOrder(cloud.world.tables[1]);
    expect(await adapter.deliver(anywhere(request()), never)).toEqual({ outcome: 'rejected', reason: 'severalOrders' });
    for (const one of cloud.world.orders) one.status = 'Deleted';
    expect(await adapter.deliver(anywhere(request()), never)).toEqual({ outcome: 'rejected', reason: 'noOrder' });
  });

  it('coupons are checked, and put nowhere', async () => {
    const adapter = await open();
    for (const number of ['GOOD', 'USED', 'GONE']) cloud.world.addCoupon(number);
    cloud.world.coupons.forEach((coupon) => {
      if (coupon.number === 'USED') coupon.whenActivated = '2026-01-01 10:00:00.000';
      if (coupon.number === 'GONE') coupon.isDeleted = true;
    });
    const ask = (number: string): Promise<Outcome> => adapter.deliver(request({}, 'coupon', number), never);
    expect(await ask('GOOD')).toEqual({ outcome: 'rejected', reason: 'couponByHand' });
    expect(await ask('USED')).toEqual({ outcome: 'rejected', reason: 'couponUsed' });
    expect(await ask('GONE')).toEqual({ outcome: 'blocked', reason: 'couponDeleted' });
    expect(await ask('NONE')).toEqual({ outcome: 'notFound' });
  });

  it('a number that no guest has is not asked about again at once', async () => {
    const adapter = await open();
    for (let i = 0; i < 3; i += 1) expect(await adapter.deliver(request({}, 'card', '404404404'), never)).toEqual({ outcome: 'notFound' });
    expect(given('info')).toBe(1);
  });

  describe('what cannot be known', () => {
    const addOnly = async (fault: () => void, over: Partial<CloudTillOptions> = {}): Promise<{ readonly adapter: Adapter; readonly result: Outcome }> => {
      order.initialised = true;
      const adapter = await open(over);
      // between the look at the order and the command
      const result = await adapter.deliver(request({ expired: after(1, fault) }), never);
      return { adapter, result };
    };
    /** Runs `then` when it is called the second time: right before the command. */
    const after = (calls: number, then: () => void): (() => boolean) => {
      let left = calls;
      return () => {
        if (left === 0) then();
        left -= 1;
        return false;
      };
    };

    it('carried out, and the answer lost: the order shows it', async () => {
      const { result } = await addOnly(() => (cloud.faults.dropAfterWork = 1));
      expect(result).toEqual({ outcome: 'applied', evidence: 'orderShowsGuest' });
      expect(given('add_customer')).toBe(1);
    });

    it('lost on the way: unknown, and the same card is looked for and not sent again', async () => {
      const { adapter, result } = await addOnly(() => (cloud.faults.dropBeforeWork = 1));
      expect(result).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
      const given1 = given('add_customer');
      expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
      expect(given('add_customer')).toBe(given1);
      expect(await adapter.verify?.({ id: 'd1', scanId: 's', till: 'hall', time: 0 }, never)).toEqual({ outcome: 'unknown', reason: 'notShown' });
      order.guest = { id: 'b6d5ff7e-0000-4000-8000-000000000001', name: 'Anna', phone: '79990001122' };
      expect(await adapter.verify?.({ id: 'd1', scanId: 's', till: 'hall', time: 0 }, never)).toMatchObject({ outcome: 'applied' });
      expect(await adapter.deliver(request(), never)).toMatchObject({ outcome: 'alreadyApplied' });
    });

    it('says Success and does nothing: unknown', async () => {
      const { result } = await addOnly(() => (cloud.faults.ignoreCommands = true));
      expect(result).toEqual({ outcome: 'unknown', reason: 'notShown' });
    });

    it('shows it late: applied', async () => {
      const { result } = await addOnly(() => (cloud.faults.staleReads = 2));
      expect(result).toMatchObject({ outcome: 'applied' });
    });

    it('the correlation id is gone (410): the order shows it, and 410 is not asked again', async () => {
      const { result } = await addOnly(() => (cloud.faults.forgetCommands = true));
      expect(result).toMatchObject({ outcome: 'applied' });
      expect(given('status')).toBe(1);
    });

    it('never ends: unknown', async () => {
      const { result } = await addOnly(() => (cloud.faults.neverEnds = true));
      expect(result).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
      expect(given('status')).toBeLessThan(25);
    });

    it('408, and the till does it all the same', async () => {
      const { result } = await addOnly(() => {
        cloud.faults.latencyMs = 61_000;
        cloud.faults.worksLate = true;
        void waitFor('the command', () => given('add_customer') === 1, 20_000).then(() => (cloud.faults.latencyMs = 0));
      }, { timeoutMs: 60_000 });
      expect(['applied', 'unknown']).toContain(result.outcome);
      await waitFor('the late work', () => order.guest !== undefined);
      expect(given('add_customer')).toBe(1);
    });

    it.each([500, 502, 503])('%i: unknown', async (status) => {
      const { result } = await addOnly(() => (cloud.faults.status = status));
      expect(result).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
      expect(order.guest).toBeUndefined();
    });

    it.each(['html', 'garbage', 'huge', 'truncated', 'empty', 'otherShape'] as const)('%s as the answer of the command: looked for', async (answer) => {
      const { result } = await addOnly(() => {
        cloud.faults.answer = answer;
        void waitFor('the command', () => given('add_customer') === 1, 20_000).then(() => (cloud.faults.answer = 'normal'));
      });
      expect(['applied', 'unknown']).toContain(result.outcome);
      expect(order.guest?.phone).toBe(PHONE);
      expect(given('add_customer')).toBe(1);
    });

    it('taken back in the middle of the command: unknown at once', async () => {
      order.initialised = true;
      const adapter = await open();
      const stop = new AbortController();
      const result = adapter.deliver(request({ expired: after(1, () => (cloud.faults.silent = true)) }), stop.signal);
      await waitFor('the command', () => cloud.holding === 1);
      stop.abort(new Withdrawal('expired'));
      expect(await result).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
    });
  });

  it('taken back before the command: nothing was sent', async () => {
    const adapter = await open();
    cloud.faults.silent = true;
    const stop = new AbortController();
    const result = adapter.deliver(request(), stop.signal);
    await waitFor('the look-up', () => cloud.holding === 1);
    stop.abort(new Withdrawal('superseded'));
    expect(await result).toEqual({ outcome: 'superseded', reason: 'notSent' });
    expect(order.guest).toBeUndefined();
  });

  it('a token that ends in the middle is replaced once', async () => {
    const adapter = await open();
    cloud.faults.voidTokens = 1;
    expect(await adapter.deliver(request(), never)).toMatchObject({ outcome: 'applied' });
    expect(given('access_token')).toBe(1);
  });

  it('429: unavailable, and then nothing is asked for a while', async () => {
    const adapter = await open();
    cloud.faults.limited = 1;
    cloud.faults.retryAfterS = 3600;
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'unavailable', reason: 'limited' });
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'unavailable', reason: 'circuitOpen' });
    expect(given('info')).toBe(1);
    expect(adapter.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_IIKO_CLOUD_LIMIT' } });
  });

  it('many scans at once stay below the published limit', async () => {
    cloud.faults.limits = true;
    const adapter = await open();
    const numbers = Array.from({ length: 12 }, (_, i) => `40440440${String(i).padStart(2, '0')}`);
    for (const number of numbers) expect(await adapter.deliver(request({}, 'card', number), never)).toEqual({ outcome: 'notFound' });
    expect(given('info')).toBe(12);
  });

  it.each(['html', 'garbage', 'huge', 'truncated', 'empty', 'otherShape'] as const)('%s instead of answers: unavailable, and nothing is changed', async (answer) => {
    const adapter = await open();
    cloud.faults.answer = answer;
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'unavailable', reason: 'badAnswer' });
    expect(order.guest).toBeUndefined();
  });

  it('is ready as soon as the cloud is, and says what was wrong', async () => {
    cloud.faults.status = 503;
    const adapter = await open();
    expect(adapter.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_UNREACHABLE' } });
    expect(await adapter.deliver(request(), never)).toMatchObject({ outcome: 'unavailable' });
    cloud.faults.status = 0;
    await waitFor('ready', () => adapter.state.status === 'ready');
    expect(await adapter.deliver(request(), never)).toMatchObject({ outcome: 'applied' });
  });

  it('a wrong login, organisation or terminal group is named', async () => {
    const wrong = await open({ login: { version: 'v1', apiLogin: new Secret('wrong') } });
    expect(wrong.state.reason?.code).toBe('TB_TILL_IIKO_CLOUD_LOGIN');
    expect(await wrong.deliver(request(), never)).toEqual({ outcome: 'unavailable', reason: 'login' });
    expect((await wrong.probe(never)).map(({ level, remedy = '' }) => [level, remedy.includes('API logins')])).toEqual([['fail', true]]);
    await wrong.close();
    const nowhere = await open({ organization: 'Pizzeria' });
    expect(nowhere.state.reason?.text('en')).toContain('Trattoria');
    await nowhere.close();
    cloud.world.addTerminalGroup('Bar', { id: cloud.world.organizations[0]?.id ?? '' });
    const several = await open();
    expect(several.state.reason?.text('en')).toContain('terminalGroup');
    await several.close();
    expect((await open({ organization: 'Trattoria', terminalGroup: 'Hall' })).state.status).toBe('ready');
  });

  it('doctor: the old login, a sleeping or dead group, a missing right', async () => {
    const adapter = await open({ login: { version: 'v1', apiLogin: new Secret('api-login') } });
    const levels = async (): Promise<string> => (await adapter.probe(never)).map(({ level, text }) => `${level} ${text}`).join('\n');
    expect(await levels()).toMatch(/^ok iikoCloud[^]*warn .*deprecated[^]*ok organization Trattoria[^]*ok the terminal group is alive[^]*ok the login may read/);
    const [group] = cloud.world.terminalGroups;
    if (group === undefined) throw new Error('no group');
    group.alive = false;
    expect(await levels()).toContain('fail the terminal group is not alive');
    group.asleep = true;
    expect(await levels()).toContain('fail the terminal group is asleep');
    cloud.faults.lacks.add('Guests: info');
    expect(await levels()).toContain('"Guests: info"');
    expect(order.guest).toBeUndefined();
    expect(given('init_by_posOrder') + given('add_customer')).toBe(0);
  });

  it('shows no number and no secret, whatever the cloud answers', async () => {
    const lines: string[] = [];
    const note = (event: string, fields?: unknown): void => void lines.push(event, inspect(fields, { depth: 8 }));
    const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
    const adapter = await open({}, log);
    for (const answer of ['normal', 'html', 'otherShape'] as const) {
      cloud.faults.answer = answer;
      lines.push(JSON.stringify(await adapter.deliver(request(), never)), JSON.stringify(await adapter.probe(never)), inspect(adapter, { depth: 9 }), inspect(adapter.state, { depth: 9 }));
    }
    for (const secret of [CARD, '9990001122', 'client-secret', 'api-key']) expect(lines.join('\n')).not.toContain(secret);
  });

  it('under faults of any kind: one closed outcome, at most one guest, never on another order', async () => {
    const adapter = await open();
    const other = cloud.world.openOrder(cloud.world.tables[1]);
    const fault: fc.Arbitrary<Partial<CloudFaults>> = fc.constantFrom<Partial<CloudFaults>>(
      {}, { dropAfterWork: 1 }, { dropBeforeWork: 1 }, { ignoreCommands: true }, { staleReads: 1 }, { voidTokens: 1 }, { forgetCommands: true },
      { answer: 'otherShape' }, { answer: 'garbage' }, { refuse: { reason: 'EntityAlreadyInUse', times: 1 } }, { refuse: { reason: 'InvalidPhone', times: 1 } },
    );
    await fc.assert(
      fc.asyncProperty(fault, fc.integer({ min: 0, max: 2 }), async (faults, calls) => {
        order.guest = undefined;
        let left = calls;
        const expired = (): boolean => {
          if (left === 0) Object.assign(cloud.faults, structuredClone(faults));
          left -= 1;
          return false;
        };
        const result = await adapter.deliver(request({ id: `f${String(Math.random())}`, expired }), never);
        Object.assign(cloud.faults, { ...noCloudFaults(), limits: false, lacks: new Set() });
        if (result.outcome === 'applied' || result.outcome === 'alreadyApplied') expect(order.guest).toBeDefined();
        if (result.outcome === 'rejected' || result.outcome === 'unavailable') expect(order.guest).toBeUndefined();
        expect(other.guest).toBeUndefined();
      }),
      { numRuns: 12 },
    );
  });
});
