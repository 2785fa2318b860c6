import { describe, expect, it } from 'vitest';
import { FrontBench, type Given } from '../../../../test/iiko/front-bench.js';


const applied = (session: string, { id }: Given): object => ({ session, id, outcome: 'applied', evidence: 'orderShowsCard', orderId: 'o1' });

describe('an iiko till with a plugin', () => {
  it('gives a number once, for the order of the scan, and believes what the plugin read back', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    await bench.read('981');
    const action = (await bench.next(session))!;
    expect(action).toMatchObject({ kind: 'applyDiscountCard', number: 'N981', orderId: 'o1', place: 'screen' });
    expect(action.expiresInMs).toBeGreaterThan(9000);
    expect(action.expiresInMs).toBeLessThanOrEqual(10_000);
    expect(await bench.next(session)).toBeNull();
    expect(await bench.call('result', applied(session, action))).toEqual({ id: action.id, recorded: 'ended', message: { level: 'info', text: 'Card applied' } });
    expect(await bench.call('result', applied(session, action))).toEqual({ id: action.id, recorded: 'again' });
    expect(bench.outcomes).toEqual(['applied orderShowsCard']);
  });

  it('answers the long poll as soon as there is something, and lets a newer one end it', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    const first = bench.call('next', { session, waitMs: 25_000 });
    const second = bench.call('next', { session, waitMs: 25_000 });
    expect(await first).toEqual({ action: null });
    await bench.read('981');
    expect(await second).toMatchObject({ action: { kind: 'applyDiscountCard' } });
    const third = bench.call('next', { session, waitMs: 25_000 });
    await bench.clock.advance(25_000);
    // the card was never answered for: that is worth a word to the cashier
    expect(await third).toMatchObject({ action: { kind: 'message', level: 'warning' } });
  });

  it('gives nothing to a peer that hung up', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    const gone = new AbortController();
    const asked = bench.call('next', { session, waitMs: 25_000 }, gone.signal);
    gone.abort();
    expect(await asked).toEqual({ action: null });
    await bench.read('981');
    expect(await bench.next(session)).toMatchObject({ kind: 'applyDiscountCard' });
  });

  it.each([
    ['lock', {}, 'rejected wrongScreen'],
    ['other', {}, 'rejected wrongScreen'],
    ['delivery', {}, 'rejected wrongScreen'],
    ['payment', { orderId: 'o1' }, 'rejected wrongScreen'],
    ['orderEdit', {}, 'rejected noOrder'],
  ])('refuses at once on the screen %s', async (screen, order, outcome) => {
    const bench = await FrontBench.open();
    const session = await bench.hello({ screen: { seq: 1, screen, ...order } });
    await bench.read('981');
    expect(bench.outcomes).toEqual([outcome]);
    expect(await bench.next(session)).toMatchObject({ kind: 'message', level: 'error' });
  });

  it('a plugin that can edit on the payment screen gets the number there', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello({ paymentEdit: true, screen: { seq: 1, screen: 'payment', orderId: 'o1' } });
    await bench.read('981');
    expect(await bench.next(session)).toMatchObject({ kind: 'applyDiscountCard' });
  });

  it('keeps a number while the cashier is on the payment screen, and drops it with the order', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    await bench.read('981');
    await bench.call('screen', { session, seq: 2, screen: 'payment', orderId: 'o1' });
    expect(await bench.next(session)).toBeNull();
    await bench.call('screen', { session, seq: 3, screen: 'orderEdit', orderId: 'o1' });
    // an older word that was overtaken changes nothing
    await bench.call('screen', { session, seq: 2, screen: 'lock' });
    expect(await bench.next(session)).toMatchObject({ kind: 'applyDiscountCard' });
    await bench.read('CPN7');
    await bench.call('screen', { session, seq: 4, screen: 'orderEdit', orderId: 'o2' });
    await bench.clock.advance(6000);
    expect(bench.outcomes.toSorted()).toEqual(['expired orderChanged', 'unknown notReported']);
    expect(await bench.next(session)).toMatchObject({ kind: 'message' });
  });

  it.each([
    ['screens in between never arrived', (bench: FrontBench, session: string) => bench.call('screen', { session, seq: 3, screen: 'orderEdit', orderId: 'o1' })],
    ['the plugin lost its connection meanwhile', (bench: FrontBench) => bench.hello({ screen: { seq: 3, screen: 'orderEdit', orderId: 'o1' } })],
    ['the plugin was started anew', (bench: FrontBench) => bench.hello({ instance: 'another', screen: { seq: 1, screen: 'orderEdit', orderId: 'o1' } })],
  ])('the same order again, but %s: the number may be for another guest, and is dropped', async (_name, comesBack) => {
    const bench = await FrontBench.open({ cashierMessage: 'off' });
    const session = await bench.hello();
    await bench.read('981');
    await comesBack(bench, session);
    await bench.clock.settle();
    expect(bench.outcomes).toEqual(['expired orderChanged']);
  });

  it('nothing is given after its time, and a result after it is written down as late', async () => {
    const bench = await FrontBench.open({ cashierMessage: 'off' });
    const session = await bench.hello();
    await bench.read('981');
    const action = (await bench.next(session))!;
    await bench.clock.advance(9000);
    await bench.read('CPN1');
    await bench.clock.advance(30_000);
    expect(await bench.next(session)).toBeNull();
    expect(bench.outcomes).toEqual(['unknown notReported', 'expired notFetched']);
    expect(await bench.call('result', applied(session, action))).toEqual({ id: action.id, recorded: 'late' });
    expect(await bench.call('result', applied(session, action))).toEqual({ id: action.id, recorded: 'again' });
    expect(await bench.call('result', { ...applied(session, action), id: 'never-heard-of' })).toEqual({ id: 'never-heard-of', recorded: 'unknown' });
    expect(bench.outcomes).toHaveLength(2);
  });

  it('a plugin that was slow settles its number within the time for that', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    await bench.read('981');
    const action = (await bench.next(session))!;
    await bench.clock.advance(12_000);
    expect(bench.outcomes).toEqual([]);
    expect(await bench.call('result', applied(session, action))).toMatchObject({ recorded: 'ended', message: { text: 'Card applied' } });
    await bench.clock.advance(10);
    expect(bench.outcomes).toEqual(['applied orderShowsCard']);
  });

  it.each([
    [{ outcome: 'applied', evidence: 'orderShowsCard', orderId: 'o2' }, 'unknown otherOrder'],
    [{ outcome: 'applied' }, 'sent submitted'],
    [{ outcome: 'alreadyApplied' }, 'alreadyApplied'],
    [{ outcome: 'submitted' }, 'sent submitted'],
    [{ outcome: 'notFound' }, 'notFound'],
    [{ outcome: 'notAllowed', detail: 'permission' }, 'rejected permission'],
    [{ outcome: 'wrongScreen' }, 'rejected wrongScreen'],
    [{ outcome: 'wrongOrder' }, 'expired orderChanged'],
    [{ outcome: 'busyTimeout' }, 'expired busyTimeout'],
    [{ outcome: 'expired' }, 'expired'],
    [{ outcome: 'orderClosed' }, 'rejected orderClosed'],
    [{ outcome: 'conflict', detail: 'inUse' }, 'rejected inUse'],
    [{ outcome: 'unsupportedByApiVersion' }, 'rejected unsupportedByApiVersion'],
    [{ outcome: 'noEffect' }, 'failed noEffect'],
    [{ outcome: 'hostError' }, 'failed hostError'],
    [{ outcome: 'hostError', detail: 'posServerSilent' }, 'unknown posServerSilent'],
    [{ outcome: 'unknown' }, 'unknown hostError'],
  ])('%j is %s', async (said, outcome) => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    await bench.read('981');
    const { id } = (await bench.next(session))!;
    expect(await bench.call('result', { session, id, ...said })).toMatchObject({ recorded: 'ended' });
    await bench.clock.advance(6000);
    expect(bench.outcomes).toEqual([outcome]);
  });

  it('what its plugin cannot do is refused before the number leaves', async () => {
    const bench = await FrontBench.open({ identifiers: { card: 'guestCardNumber' } });
    const session = await bench.hello({ apiVersion: 'V8' });
    await bench.read('981');
    await bench.read('CPN1');
    expect(bench.outcomes).toEqual(['rejected unsupportedByApiVersion', 'rejected noNativeIdentifier']);
    expect((await bench.next(session))?.kind).toBe('message');
  });

  it('without a plugin every number is refused, and the state says so', async () => {
    const bench = await FrontBench.open();
    expect(bench.till.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_IIKO_NO_PLUGIN' } });
    await bench.read('981');
    expect(bench.outcomes).toEqual(['failed noPlugin']);
    await bench.hello();
    expect(bench.till.state).toMatchObject({ status: 'ready' });
    await bench.clock.advance(90_000);
    expect(bench.till.state).toMatchObject({ status: 'retrying' });
    // its screen is not known any more: what it showed last is no order to rely on
    await bench.read('982');
    expect(bench.outcomes).toEqual(['failed noPlugin', 'failed noPlugin']);
  });
});

describe('a scan that iikoFront made', () => {
  const scan = (session: string, over: object = {}): object => ({ session, scan: 'r1', kind: 'barcode', raw: '981', orderId: 'o1', screen: { seq: 2, screen: 'orderEdit', orderId: 'o1' }, waitMs: 1500, ...over });

  it('gets its action in the handler, and not again by the long poll', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    const poll = bench.call('next', { session, waitMs: 5000 });
    const asked = bench.call('scan', scan(session));
    await bench.clock.advance(30);
    const answer = await asked;
    expect(answer).toMatchObject({ handled: true, action: { kind: 'applyDiscountCard', number: 'N981', orderId: 'o1' } });
    await bench.call('result', applied(session, answer['action'] as Given));
    await bench.clock.advance(5000);
    expect(await poll).toEqual({ action: null });
    expect(bench.outcomes).toEqual(['applied orderShowsCard']);
    // the same read told twice is one
    expect(await bench.call('scan', scan(session))).toEqual({ handled: true });
    expect(bench.outcomes).toHaveLength(1);
  });

  it.each([
    ['goods', { raw: 'A-123' }],
    ['a product', { raw: '4006381333931' }],
    ['nothing', { raw: '\u0002\u0003' }],
    ['an empty card', { kind: 'card', raw: '', tracks: { full: '', track2: '' } }],
    ['a waiter\'s value without an order', { kind: 'externalData', orderId: undefined, screen: undefined }],
  ])('%s is not ours, at once', async (_name, over) => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    const body = JSON.parse(JSON.stringify(scan(session, over))) as object;
    expect(await bench.call('scan', body)).toEqual({ handled: false });
    expect(bench.outcomes).toEqual([]);
  });

  it.each([
    ['wrapped', { raw: '<barcode class="Resto.Front.KeyboardDriver"/>;981?barcode' }],
    ['in quotes', { raw: '"981"' }],
    ['with marks', { raw: '\ufeff981\r' }],
    ['a track', { kind: 'card', raw: '', tracks: { full: '', track2: ';981?' } }],
  ])('is read %s', async (_name, over) => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    const asked = bench.call('scan', scan(session, over));
    await bench.clock.advance(30);
    expect(await asked).toMatchObject({ handled: true, action: { number: 'N981' } });
  });

  it('that is refused tells the cashier there', async () => {
    const bench = await FrontBench.open();
    bench.shop.translator.behaviour = { answer: { result: 'notFound' } };
    const session = await bench.hello();
    const asked = bench.call('scan', scan(session));
    await bench.clock.advance(30);
    expect(await asked).toMatchObject({ handled: true, message: { level: 'error', text: 'The card is not known' } });
    expect(await bench.next(session)).toBeNull();
  });

  it('whose number is late comes by the long poll', async () => {
    const bench = await FrontBench.open();
    bench.shop.translator.behaviour = { ...bench.shop.translator.behaviour, afterMs: 2500 };
    const session = await bench.hello();
    const asked = bench.call('scan', scan(session));
    await bench.clock.advance(1500);
    const answer = await asked;
    expect(answer).toMatchObject({ handled: true });
    expect(answer['action']).toBeUndefined();
    await bench.clock.advance(1100);
    expect(await bench.next(session)).toMatchObject({ number: 'N981' });
  });

  it('of a waiter goes to the waiter\'s order, whatever is on the screen', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    const body = { session, scan: 'w1', kind: 'externalData', raw: '981', orderId: 'table-7', waitMs: 0 };
    bench.shop.translator.behaviour = { ...bench.shop.translator.behaviour, afterMs: 500 };
    const asked = bench.call('scan', body);
    await bench.clock.advance(30);
    expect(await asked).toMatchObject({ handled: true });
    await bench.call('screen', { session, seq: 2, screen: 'orderEdit', orderId: 'o2' });
    await bench.clock.advance(600);
    const action = (await bench.next(session))!;
    expect(action).toMatchObject({ orderId: 'table-7', place: 'order', number: 'N981' });
    expect(action).not.toHaveProperty('screenSeq');
    await bench.call('result', { ...applied(session, action), orderId: 'table-7' });
    expect(bench.outcomes).toEqual(['applied orderShowsCard']);
  });
});

describe('whose till it is', () => {
  it('a process that comes again has its session again', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    expect(await bench.hello()).toBe(session);
  });

  it('a terminal that was started anew takes over, and the older process stays out', async () => {
    const bench = await FrontBench.open();
    const old = await bench.hello();
    const session = await bench.hello({ instance: 'i2' });
    expect(session).not.toBe(old);
    expect(bench.till.state.reason).toBeUndefined();
    expect(await bench.call('next', { session: old, waitMs: 0 })).toEqual({ refused: 'TB_TILL_IIKO_TWO_PLUGINS' });
    expect(await bench.hello()).toBe('TB_TILL_IIKO_TWO_PLUGINS');
    expect(await bench.next(session)).toBeNull();
    expect((await bench.till.probe(new AbortController().signal)).map(({ level }) => level)).toEqual(['ok', 'warn']);
  });

  it('another terminal is refused while the first is there, unless somebody decides otherwise', async () => {
    const bench = await FrontBench.open();
    const first = await bench.hello();
    const other = { instance: 'x1', terminalId: 't2', terminalName: 'Bar' };
    expect(await bench.hello(other)).toBe('TB_TILL_IIKO_TWO_PLUGINS');
    expect(bench.till.state).toMatchObject({ status: 'ready', reason: { code: 'TB_TILL_IIKO_TWO_PLUGINS' } });
    const second = await bench.hello({ ...other, takeOver: true });
    expect(await bench.next(second)).toBeNull();
    expect(await bench.call('next', { session: first, waitMs: 0 })).toEqual({ refused: 'TB_TILL_IIKO_TWO_PLUGINS' });
  });

  it('another terminal may come when the first was silent for too long', async () => {
    const bench = await FrontBench.open();
    const first = await bench.hello();
    await bench.clock.advance(90_000);
    const second = await bench.hello({ instance: 'x1', terminalId: 't2' });
    expect(await bench.next(second)).toBeNull();
    expect(await bench.call('next', { session: first, waitMs: 0 })).toEqual({ refused: 'TB_TILL_IIKO_TWO_PLUGINS' });
  });

  it('a session of before a restart is told to say hello', async () => {
    const bench = await FrontBench.open();
    for (const call of ['next', 'screen', 'result', 'scan', 'authorize'] as const) {
      const bodies = { next: { waitMs: 0 }, screen: { seq: 1, screen: 'lock' }, result: { id: 'd', outcome: 'applied' }, scan: { scan: 'r', kind: 'barcode', raw: '981', waitMs: 0 }, authorize: { id: 'd', orderId: 'o' } };
      expect(await bench.call(call, { session: 'of-before', ...bodies[call] })).toEqual({ refused: 'TB_TILL_IIKO_HELLO_AGAIN' });
    }
  });

  it('another version of the contract is told so, whatever else it says', async () => {
    const bench = await FrontBench.open();
    expect(await bench.call('hello', { wire: 2, something: 'new' })).toEqual({ refused: 'TB_TILL_IIKO_WIRE' });
  });

  it('a refused licence stands in the state and in doctor, with no number in it', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    await bench.read('981');
    const { id } = (await bench.next(session))!;
    await bench.call('result', { session, id, outcome: 'notAllowed', detail: 'licence', hostText: 'No licence\nfor module 21016318' });
    expect(bench.outcomes).toEqual(['rejected licence']);
    expect(bench.till.state).toMatchObject({ status: 'ready', reason: { code: 'TB_TILL_IIKO_LICENCE', params: { problem: 'No licence for module ****' } } });
    expect((await bench.till.probe(new AbortController().signal)).map(({ level }) => level)).toEqual(['ok', 'fail']);
    await bench.next(session);
    await bench.read('982');
    const again = (await bench.next(session))!;
    await bench.call('result', applied(session, again));
    expect(bench.till.state.reason).toBeUndefined();
  });

  it('a wrong secret stands there for ten minutes', async () => {
    const bench = await FrontBench.open();
    await bench.hello();
    bench.till.wrongSecret();
    expect(bench.till.state).toMatchObject({ status: 'ready', reason: { code: 'TB_TILL_IIKO_SECRET' } });
    const session = await bench.hello();
    for (let i = 0; i < 20; i += 1) {
      await bench.clock.advance(30_000);
      await bench.next(session);
    }
    expect(bench.till.state.status).toBe('ready');
    expect(bench.till.state.reason).toBeUndefined();
  });

  it('ends the long poll when it is closed', async () => {
    const bench = await FrontBench.open();
    const session = await bench.hello();
    const asked = bench.call('next', { session, waitMs: 25_000 });
    await bench.till.close();
    expect(await asked).toEqual({ action: null });
    await expect(async () => bench.till.answer('next', { session, waitMs: 0 }, new AbortController().signal)).rejects.toMatchObject({ code: 'TB_API_NOT_FOUND' });
  });
});
