import { inspect } from 'node:util';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../bridge.js';
import { errorBody, FakeTransport, hello } from '../testing/fake-transport.js';
import { BridgeError } from './bridge-error.js';
import { ClientBridge } from './client-bridge.js';
import type { TransportRequest } from './transport.js';

async function setUp() {
  const transport = new FakeTransport();
  const clock = new VirtualClock();
  const problems: unknown[] = [];
  const bridge = new ClientBridge({ transport, clock, random: () => 0.5, onHandlerError: (error) => problems.push(error) });
  const started = bridge.start();
  transport.stream.frame(hello(0));
  await started;
  let seq = 0;
  const emit = (type: string, fields: object): void => transport.stream.frame({ type, seq: (seq += 1), time: '', ...fields });
  const deliver = (id: string, till = 'front', ms = 5000): void =>
    emit('delivery', { deliveryId: id, scanId: `s-${id}`, till, kind: 'card', expiresAt: new Date(clock.wall() + ms).toISOString() });
  return { transport, clock, bridge, emit, deliver, problems };
}
const settled = async (promise: Promise<unknown>): Promise<unknown> => {
  let state: unknown = 'open';
  promise.then((value) => (state = value), (error: unknown) => (state = error));
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
  return state;
};
const value = async (next: Promise<IteratorResult<Delivery>>): Promise<Delivery> => {
  const result = await next;
  if (result.done === true) throw new Error('the loop has ended');
  return result.value;
};
const claims = ({ path }: TransportRequest) => (path.endsWith('/claim') ? { status: 200, body: { number: '2900000012345' } } : { status: 200, body: {} });

describe('deliveries', () => {
  it('come for their till, are claimed masked, and are done', async () => {
    const { bridge, deliver, transport } = await setUp();
    transport.answer = claims;
    const loop = bridge.deliveries('front');
    deliver('b', 'back');
    deliver('a');
    const delivery = await value(loop.next());
    expect(delivery.id).toBe('a');
    const number = await delivery.claim();
    expect(number.reveal()).toBe('2900000012345');
    expect([String(number), JSON.stringify({ number }), inspect(number)].join()).not.toContain('29000000');
    await delivery.done('applied', 'closed');
    expect(delivery.ended.aborted).toBe(true);
    expect(transport.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v1/deliveries/a/claim', undefined],
      ['POST', '/v1/deliveries/a/outcome', { outcome: 'applied', reason: 'closed' }],
    ]);
  });

  it('are taken one by one: claimed, handed over, reported; a failure keeps none of the others', async () => {
    const { bridge, deliver, transport, problems } = await setUp();
    transport.answer = (request) => (request.path.includes('/theirs/') ? { status: 409, body: errorBody('TB_API_CONFLICT') } : claims(request));
    const broken = new Error('the sale is closed');
    const got: string[] = [];
    const taking = bridge.take('front', (number, { id }) => {
      got.push(`${id} ${number.reveal()}`);
      if (id === 'broken') throw broken;
      if (id === 'careless') return 'a text' as 'applied';
      return id === 'refused' ? 'rejected' : undefined;
    });
    for (const id of ['plain', 'theirs', 'broken', 'careless', 'refused']) deliver(id);
    for (let i = 0; i < 200 && transport.requests.length < 9; i += 1) await Promise.resolve();
    expect(got).toEqual(['plain', 'broken', 'careless', 'refused'].map((id) => `${id} 2900000012345`));
    expect(transport.requests.filter(({ path }) => path.endsWith('/outcome')).map(({ path, body }) => [path.split('/')[3], body])).toEqual([
      ['plain', { outcome: 'applied' }],
      ['broken', { outcome: 'unknown', reason: 'tillFailed' }],
      ['careless', { outcome: 'unknown', reason: 'tillFailed' }],
      ['refused', { outcome: 'rejected' }],
    ]);
    expect(problems).toEqual([broken, expect.any(TypeError)]);
    await bridge.close();
    await taking;
  });

  it('wait for a loop that comes later, as long as they live', async () => {
    const { bridge, deliver, clock, emit } = await setUp();
    deliver('old', 'front', 100);
    deliver('gone');
    deliver('a');
    emit('outcome', { scanId: 's-gone', outcome: 'superseded' });
    await clock.advance(200);
    const loop = bridge.deliveries('front');
    expect((await value(loop.next())).id).toBe('a');
    expect(await settled(loop.next())).toBe('open');
  });

  it('that are told of twice are one', async () => {
    const { bridge, deliver } = await setUp();
    const loop = bridge.deliveries('front');
    deliver('a');
    deliver('a');
    await value(loop.next());
    expect(await settled(loop.next())).toBe('open');
  });

  it('with a credit of one, come one at a time', async () => {
    const { bridge, deliver, transport } = await setUp();
    transport.answer = claims;
    const loop = bridge.deliveries('front', { credit: 1 });
    deliver('a');
    deliver('b');
    const first = await value(loop.next());
    const second = loop.next();
    expect(await settled(second)).toBe('open');
    await first.claim();
    expect(await settled(second)).toBe('open');
    await first.done('applied');
    expect((await value(second)).id).toBe('b');
  });

  it.each(['outcome', 'expiry', 'conflict'])('give the credit back on their end by %s', async (how) => {
    const { bridge, deliver, transport, clock, emit } = await setUp();
    const loop = bridge.deliveries('front', { credit: 1 });
    deliver('a', 'front', 1000);
    deliver('b', 'front', 60_000);
    const first = await value(loop.next());
    const second = loop.next();
    if (how === 'outcome') emit('outcome', { scanId: 's-a', outcome: 'superseded' });
    if (how === 'expiry') await clock.advance(3000);
    if (how === 'conflict') {
      transport.answer = () => ({ status: 409, body: errorBody('TB_API_CONFLICT') });
      await expect(first.claim()).rejects.toMatchObject({ code: 'TB_API_CONFLICT' });
    }
    expect((await value(second)).id).toBe('b');
  });

  it('go to every loop of the till until one has taken them', async () => {
    const { bridge, deliver } = await setUp();
    const [one, two] = [bridge.deliveries('front'), bridge.deliveries('front')];
    deliver('a');
    expect((await value(one.next())).id).toBe('a');
    expect((await value(two.next())).id).toBe('a');
    expect(await settled(bridge.deliveries('front').next())).toBe('open');
  });

  it('repeat a report that got lost, and only a report', async () => {
    const { bridge, deliver, transport, clock } = await setUp();
    const loop = bridge.deliveries('front');
    deliver('a');
    const delivery = await value(loop.next());
    let failures = 2;
    transport.answer = () => {
      if ((failures -= 1) >= 0) throw BridgeError.own('TB_API_UNREACHABLE', { url: 'x' });
      return { status: 200, body: { number: '12345678' } };
    };
    await expect(delivery.claim()).rejects.toMatchObject({ code: 'TB_API_UNREACHABLE' });
    const done = delivery.done('applied');
    await clock.advance(1000);
    await done;
    expect(transport.requests).toHaveLength(3);
  });

  it('refuse a credit that is none', async () => {
    const { bridge } = await setUp();
    for (const credit of [0, -1, Number.NaN]) expect(() => bridge.deliveries('front', { credit })).toThrow(RangeError);
  });
});

describe('loops', () => {
  it('end with their signal, with break, with close; what came before is still given', async () => {
    const { bridge, emit, transport } = await setUp();
    const controller = new AbortController();
    const scans = bridge.scans({ signal: controller.signal });
    emit('scan', { scanId: 'one' });
    controller.abort();
    expect(await scans.next()).toMatchObject({ value: { scanId: 'one' } });
    expect(await scans.next()).toEqual({ value: undefined, done: true });
    const others = bridge.scans();
    const deliveries = bridge.deliveries('front').next();
    emit('scan', { scanId: 'two' });
    for await (const { scanId } of others) {
      expect(scanId).toBe('two');
      break;
    }
    expect(await others.next()).toEqual({ value: undefined, done: true });
    await bridge.close();
    await bridge.close();
    expect(await deliveries).toEqual({ value: undefined, done: true });
    expect(await bridge.scans().next()).toEqual({ value: undefined, done: true });
    expect(await bridge.scans({ signal: controller.signal }).next()).toEqual({ value: undefined, done: true });
    expect(transport.closed).toBe(true);
  });

  it('throw what ended the connection for good', async () => {
    const { bridge, transport } = await setUp();
    const waiting = bridge.deliveries('front').next();
    const failed: unknown[] = [];
    bridge.on('failed', (error) => failed.push(error));
    transport.stream.ended(BridgeError.of(errorBody('TB_API_UNAUTHORIZED')));
    await expect(waiting).rejects.toMatchObject({ code: 'TB_API_UNAUTHORIZED' });
    await expect(bridge.scans().next()).rejects.toMatchObject({ code: 'TB_API_UNAUTHORIZED' });
    expect(failed).toHaveLength(1);
  });

  it('that fall too far behind lose the oldest and hear of it', async () => {
    const { bridge, emit } = await setUp();
    const gaps: unknown[] = [];
    bridge.on('gap', (gap) => gaps.push(gap));
    const scans = bridge.scans();
    for (let i = 1; i <= 1002; i += 1) emit('scan', { scanId: String(i) });
    expect(gaps).toEqual([{ from: 1, to: 1 }, { from: 2, to: 2 }]);
    expect(await scans.next()).toMatchObject({ value: { scanId: '3' } });
  });
});

describe('handlers', () => {
  it('hurt nobody else when they throw, and end when told', async () => {
    const { bridge, emit, problems } = await setUp();
    const heard: unknown[] = [];
    bridge.on('outcome', () => {
      throw new Error('mine');
    });
    const off = bridge.on('outcome', ({ outcome }) => heard.push(outcome));
    emit('outcome', { outcome: 'sent' });
    off();
    emit('outcome', { outcome: 'failed' });
    expect(heard).toEqual(['sent']);
    expect(problems.map(String)).toEqual(['Error: mine', 'Error: mine']);
  });
});

describe('calls', () => {
  it('say what the contract says', async () => {
    const { bridge, transport } = await setUp();
    await bridge.translate('981', { kind: 'card', reveal: true });
    await bridge.scan(Uint8Array.of(0x1d, 0x41), { reader: 'till', wait: true });
    await bridge.scan('79001234567', { kind: 'phone' });
    await bridge.order('front/1', 'opened', '7');
    await bridge.health();
    expect(transport.requests).toEqual([
      { method: 'POST', path: '/v1/translate', body: { code: '981', kind: 'card', reveal: true } },
      { method: 'POST', path: '/v1/scans?wait=1', body: { hex: '1d41', reader: 'till' } },
      { method: 'POST', path: '/v1/scans', body: { code: '79001234567', kind: 'phone' } },
      { method: 'POST', path: '/v1/tills/front%2F1/order', body: { state: 'opened', orderId: '7' } },
      { method: 'GET', path: '/v1/health', body: undefined },
    ]);
  });

  it('end with their signal, their time, or close, and leave no timer', async () => {
    const { bridge, transport, clock } = await setUp();
    transport.answer = (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    const controller = new AbortController();
    const aborted = bridge.health({ signal: controller.signal });
    controller.abort(new Error('mine'));
    await expect(aborted).rejects.toThrow('mine');
    await expect(bridge.health({ signal: controller.signal })).rejects.toThrow('mine');
    const late = expect(bridge.health()).rejects.toMatchObject({ code: 'TB_API_UNREACHABLE', retryable: true });
    await clock.advance(10_000);
    await late;
    const closed = expect(bridge.health()).rejects.toMatchObject({ code: 'TB_API_CLOSED' });
    await bridge.close();
    await closed;
    await expect(bridge.health()).rejects.toMatchObject({ code: 'TB_API_CLOSED' });
    expect(clock.pending).toBe(0);
  });

  it('carry the error of the daemon', async () => {
    const { bridge, transport } = await setUp();
    transport.answer = () => ({ status: 404, body: errorBody('TB_TILL_UNKNOWN', 'there is no till x') });
    const error: unknown = await bridge.order('x', 'closed').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BridgeError);
    expect(error).toMatchObject({ code: 'TB_TILL_UNKNOWN', message: 'there is no till x', retryable: false });
    expect((error as BridgeError).remedy('ru')).toBe('act');
    transport.answer = () => ({ status: 502, body: '<html>' });
    await expect(bridge.health()).rejects.toMatchObject({ code: 'TB_API_BAD_ANSWER' });
  });
});
