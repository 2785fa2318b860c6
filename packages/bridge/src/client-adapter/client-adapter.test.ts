import { instant, silentLog, NativeNumber, Withdrawal, type DeliveryRequest, type GoodsRead, type Outcome, type PartState, type WithdrawCause, type Frame } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { EventHub, grantsOf, type Subscription } from '../events/index.js';
import { ClientAdapter, DeliveryBoard } from './index.js';

const NUMBER = '7701234567890';
const never = new AbortController().signal;

describe('the client adapter', () => {
  let clock: VirtualClock;
  let hub: EventHub;
  let board: DeliveryBoard;
  let adapter: ClientAdapter;
  let states: PartState[];
  let dropped: [number, string][];

  beforeEach(async () => {
    clock = new VirtualClock();
    hub = new EventHub({ clock, log: silentLog, version: '0' });
    board = new DeliveryBoard();
    adapter = new ClientAdapter({ id: 'front', expireMs: 15_000, backlogMs: 2000 }, { clock, hub, board });
    states = [];
    dropped = [];
    await adapter.open({ state: (state) => void states.push(state), goodsDropped: (...what) => void dropped.push(what), order: () => undefined }, never);
  });

  const connect = (scopes: readonly string[], since?: number): { frames: Frame[]; subscription: Subscription } => {
    const frames: Frame[] = [];
    const sink = { send: (frame: Frame) => void frames.push(frame), ready: () => true, ended: () => undefined };
    return { frames, subscription: hub.subscribe({ grants: grantsOf(scopes), ...(since === undefined ? {} : { since }) }, sink) };
  };
  const request = (id: string, over: Partial<DeliveryRequest> = {}): DeliveryRequest => ({
    id,
    scanId: `s-${id}`,
    till: 'front',
    number: new NativeNumber('card', NUMBER),
    at: instant(clock),
    expired: () => false,
    ...over,
  });
  /** Delivers, and collects the answer. */
  const deliver = (id: string, over: Partial<DeliveryRequest> = {}): { answers: Outcome[]; takeBack: (cause: WithdrawCause) => void } => {
    const answers: Outcome[] = [];
    const controller = new AbortController();
    adapter.deliver(request(id, over), controller.signal).then(
      (answer) => answers.push(answer),
      () => expect.fail('it never rejects'),
    );
    return { answers, takeBack: (cause) => controller.abort(new Withdrawal(cause)) };
  };
  const goods = (code: string): GoodsRead => ({ reader: 'counter', bytes: Buffer.from(code), terminator: Buffer.from('\r'), withSuffix: false, at: instant(clock) });

  it('offers a number as an event without the number, and ends with what the claimer reports', async () => {
    const { frames } = connect(['delivery:front']);
    const { answers } = deliver('d', { orderId: 'o-1' });
    await clock.advance(1);
    expect(frames[1]).toEqual({
      type: 'delivery',
      seq: expect.any(Number) as number,
      time: '2026-01-10T09:00:00.000Z',
      deliveryId: 'd',
      scanId: 's-d',
      till: 'front',
      kind: 'card',
      expiresAt: '2026-01-10T09:00:15.000Z',
      orderId: 'o-1',
    });
    expect(JSON.stringify(frames)).not.toContain(NUMBER);
    board.claim('d', 'program');
    board.report('d', 'program', { outcome: 'rejected', reason: 'noOrder' });
    await clock.settle();
    expect(answers).toEqual([{ outcome: 'rejected', reason: 'noOrder' }]);
  });

  it.each([
    ['expired', { outcome: 'expired', reason: 'notClaimed' }],
    ['superseded', { outcome: 'superseded', reason: 'notClaimed' }],
    ['orderChanged', { outcome: 'expired', reason: 'orderChanged' }],
    ['shutdown', { outcome: 'expired', reason: 'shutdown' }],
  ] as const)('what nobody claimed ends at once when it is taken back: %s', async (cause, expected) => {
    const { answers, takeBack } = deliver('d');
    await clock.advance(100);
    takeBack(cause);
    await clock.settle();
    expect(answers).toEqual([expected]);
    expect(() => board.claim('d', 'late')).toThrow(expect.objectContaining({ code: 'TB_API_GONE' }) as Error);
  });

  it('waits a moment for the outcome of what was claimed, and says that it does not know when none comes', async () => {
    const first = deliver('a');
    const second = deliver('b');
    for (const id of ['a', 'b']) board.claim(id, 'program');
    first.takeBack('expired');
    second.takeBack('superseded');
    await clock.advance(700);
    expect([first.answers, second.answers]).toEqual([[], []]);
    expect(clock.pending).toBe(2);
    board.report('a', 'program', { outcome: 'applied' });
    expect(clock.pending).toBe(1);
    await clock.advance(49);
    expect(second.answers).toEqual([]);
    await clock.advance(1);
    expect(first.answers).toEqual([{ outcome: 'applied' }]);
    expect(second.answers).toEqual([{ outcome: 'unknown', reason: 'notReported' }]);
    expect(clock.pending).toBe(0);
  });

  it('a program that comes later finds what waits, one that comes too late does not', async () => {
    const { answers, takeBack } = deliver('d');
    await clock.advance(1000);
    expect(connect(['delivery:front']).frames.map(({ type }) => type)).toEqual(['hello', 'delivery']);
    expect(connect(['delivery:back']).frames).toHaveLength(1);
    board.claim('d', 'program');
    expect(connect(['delivery:front']).frames).toHaveLength(1);
    expect(connect(['delivery:front'], hub.lastSeq - 1).frames).toHaveLength(1);
    takeBack('expired');
    await clock.advance(1000);
    expect(answers).toHaveLength(1);
  });

  it('is ready while a program is connected that takes its numbers, and says so only when one stays away', async () => {
    expect(adapter.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_TILL_NO_CLIENT' } });
    connect(['delivery:back', 'scan:read']);
    expect(adapter.state.status).toBe('retrying');
    const first = connect(['delivery:front']);
    expect(adapter.state.status).toBe('ready');
    first.subscription.close();
    await clock.advance(1500);
    const second = connect(['delivery:front']);
    await clock.advance(5000);
    second.subscription.close();
    await clock.advance(1999);
    expect(adapter.state.status).toBe('ready');
    await clock.advance(1);
    expect(states.map(({ status }) => status)).toEqual(['retrying', 'ready', 'retrying']);
  });

  it('goods are events, and are counted as lost when nobody takes them in time', async () => {
    connect(['delivery:front']);
    adapter.goods(goods('1'));
    await clock.advance(1000);
    adapter.goods(goods('2'));
    expect(connect(['goods:read']).frames.slice(1)).toMatchObject([{ hex: '31' }, { hex: '32' }]);
    await clock.advance(5000);
    adapter.goods(goods('3'));
    await clock.advance(0);
    expect(dropped).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('an old product does not fall into a later sale', async () => {
    const before = hub.lastSeq;
    adapter.goods(goods('1'));
    await clock.advance(1500);
    adapter.goods(goods('2'));
    adapter.goods(goods('3'));
    await clock.advance(600);
    expect(dropped).toEqual([[1, 'noClient']]);
    expect(connect(['goods:read'], before).frames.slice(1)).toMatchObject([{ hex: '32' }, { hex: '33' }]);
    await clock.advance(5000);
    expect(dropped).toEqual([[1, 'noClient']]);
    adapter.goods(goods('4'));
    await clock.advance(5000);
    expect(connect(['goods:read']).frames).toHaveLength(1);
    expect(dropped).toEqual([[1, 'noClient']]);
  });

  it('keeps a bounded number of goods for who is not there', () => {
    for (let i = 0; i < 1500; i += 1) adapter.goods(goods(String(i)));
    expect(dropped).toHaveLength(500);
  });

  it('ends what is open when it closes', async () => {
    const claimed = deliver('a');
    const open = deliver('b');
    board.claim('a', 'program');
    adapter.goods(goods('1'));
    await adapter.close();
    await clock.settle();
    expect(claimed.answers).toEqual([{ outcome: 'unknown', reason: 'notReported' }]);
    expect(open.answers).toEqual([{ outcome: 'expired', reason: 'notClaimed' }]);
    expect(dropped).toEqual([[1, 'noClient']]);
    expect(clock.pending).toBe(0);
    connect(['delivery:front']);
    expect(adapter.state.status).toBe('closed');
  });
});
