import {
  createClassifier, createIds, NativeNumber, Pipeline, REJECT_ALL, silentLog,
  type Injected, type Outcome, type Translator,
  type Frame,
} from '@tillbridge/core';
import { MemoryJournal, VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { ClientAdapter, DeliveryBoard } from '../client-adapter/index.js';
import { EventHub, grantsOf, publishPipeline } from '../events/index.js';
import { TillReader } from '../till-reader/till-reader.js';
import { deliveryCalls } from './calls-deliveries.js';
import { createRouter, errorResponse, type ApiResponse } from './http.js';
import { CONTROL_CALLER, type Caller, type Scope } from './scope.js';

const CODE = '9800000000000042';
const NUMBER = '7700000000000042';
const client = (id: string, ...scopes: Scope[]): Caller => ({ kind: 'client', id, name: id, scopes });
const one = client('one', 'scan:read', 'delivery:front');
const two = client('two', 'scan:read', 'delivery:front');

describe('deliveries over the API', () => {
  let clock: VirtualClock;
  let journal: MemoryJournal;
  let pipeline: Pipeline;
  let frames: Frame[];
  let board: DeliveryBoard;
  let call: (caller: Caller, path: string, body?: unknown) => Promise<ApiResponse>;

  beforeEach(async () => {
    clock = new VirtualClock();
    journal = new MemoryJournal(clock);
    pipeline = new Pipeline({ clock, journal, log: silentLog, newId: createIds(clock) });
    const hub = new EventHub({ clock, log: silentLog, version: '0' });
    board = new DeliveryBoard();
    publishPipeline(pipeline, hub, clock, { servesGoods: (till) => till === 'front' });
    const translator: Translator = {
      id: 'table',
      type: 'table',
      capabilities: { remote: false, hosts: [] },
      translate: () => Promise.resolve({ result: 'found', number: new NativeNumber('card', NUMBER) }),
      close: () => Promise.resolve(),
    };
    pipeline.setRules({
      classifier: createClassifier([{ name: 'card', kind: 'card', match: /^98\d{14}$/ }]),
      translators: [translator],
      policies: REJECT_ALL,
      routes: [{ readers: ['own'], till: 'front', goods: 'front' }],
    });
    await pipeline.addTill(new ClientAdapter({ id: 'front', expireMs: 15_000, backlogMs: 2000 }, { clock, hub, board }), { expireMs: 15_000, duplicateMs: 0 });
    await pipeline.addReader(new TillReader('own', clock), { fallbackCharset: 'windows-1251', unmatched: 'passThrough', withSuffix: true });
    frames = [];
    hub.subscribe({ grants: grantsOf(['scan:read', 'goods:read', 'delivery:front']) }, { send: (frame) => void frames.push(frame), ready: () => true, ended: () => undefined });
    const route = createRouter(deliveryCalls({ board, pipeline, clock }));
    call = async (caller, path, body) => {
      const found = route('POST', path);
      if (found === undefined) throw new Error(`no ${path}`);
      const request = { method: 'POST', path, params: found.params, query: new URLSearchParams(), body, caller, language: 'en' as const, signal: new AbortController().signal };
      return found.call.run(request).catch((error: unknown) => errorResponse(error));
    };
  });

  /** A scan, and the delivery that comes of it. */
  const scan = async (code = CODE): Promise<{ id: string; injected: Injected; outcome: () => Promise<Outcome> }> => {
    const injected = pipeline.inject({ bytes: Buffer.from(code), reader: 'own' });
    await clock.advance(5);
    const delivery = frames.filter((frame) => frame.type === 'delivery').at(-1);
    if (delivery === undefined || !('ticket' in injected)) throw new Error('no delivery');
    return { id: delivery.deliveryId, injected, outcome: () => injected.ticket.outcome };
  };
  const codeOf = ({ body }: ApiResponse): string => (body as { error?: { code: string } }).error?.code ?? 'none';

  it('the way of a number: scan, delivery, claim, outcome; in clear in the claim alone', async () => {
    const { id, injected, outcome } = await scan();
    const claimed = await call(one, `/v1/deliveries/${id}/claim`);
    expect(claimed).toEqual({
      status: 200,
      body: { deliveryId: id, scanId: injected.scanId, till: 'front', kind: 'card', number: NUMBER, expiresAt: '2026-01-10T09:00:15.000Z' },
    });
    const reported = call(one, `/v1/deliveries/${id}/outcome`, { outcome: 'applied' });
    await clock.advance(5);
    expect(await reported).toEqual({ status: 200, body: { deliveryId: id, outcome: 'applied' } });
    expect(await outcome()).toEqual({ outcome: 'applied' });
    await clock.advance(25);
    expect(frames.map(({ type }) => type)).toEqual(['hello', 'till', 'scan', 'delivery', 'outcome']);
    expect(frames[4]).toMatchObject({ scanId: injected.scanId, reader: 'own', till: 'front', kind: 'card', code: '****0042', number: '****0042', outcome: 'applied' });
    expect(JSON.stringify(frames)).not.toContain(NUMBER);
    expect(JSON.stringify(frames)).not.toContain(CODE);
  });

  it('of two callers at once one gets the number', async () => {
    const { id } = await scan();
    const answers = await Promise.all([one, two, one].map((caller) => call(caller, `/v1/deliveries/${id}/claim`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 409]);
    expect(answers.map(codeOf)).toEqual(['none', 'TB_API_CONFLICT', 'TB_API_CONFLICT']);
    expect(JSON.stringify(answers.slice(1))).not.toContain(NUMBER);
  });

  it('an outcome counts from who claimed, in the words that there are', async () => {
    const { id } = await scan();
    expect((await call(one, `/v1/deliveries/${id}/outcome`, { outcome: 'applied' })).status).toBe(409);
    await call(one, `/v1/deliveries/${id}/claim`);
    expect((await call(two, `/v1/deliveries/${id}/outcome`, { outcome: 'applied' })).status).toBe(409);
    for (const body of [{}, { outcome: 'expired' }, { outcome: 'superseded' }, { outcome: 'applied', reason: '7700000000000042 is taken' }, { outcome: 'applied', extra: 1 }]) {
      expect(codeOf(await call(one, `/v1/deliveries/${id}/outcome`, body))).toBe('TB_API_BAD_REQUEST');
    }
    const said = call(one, `/v1/deliveries/${id}/outcome`, { outcome: 'rejected', reason: 'noOrder' });
    await clock.advance(5);
    expect((await said).status).toBe(200);
    expect((await call(one, `/v1/deliveries/${id}/outcome`, { outcome: 'rejected', reason: 'noOrder' })).status).toBe(200);
    expect((await call(one, `/v1/deliveries/${id}/outcome`, { outcome: 'applied' })).status).toBe(409);
  });

  it('is answered when the outcome is durable', async () => {
    const { id } = await scan();
    await call(one, `/v1/deliveries/${id}/claim`);
    journal.commitMs = 500;
    let answer: ApiResponse | undefined;
    call(one, `/v1/deliveries/${id}/outcome`, { outcome: 'applied' }).then((given) => (answer = given), () => undefined);
    await clock.advance(499);
    expect(answer).toBeUndefined();
    await clock.advance(2);
    expect(answer?.status).toBe(200);
  });

  it('too late is gone: for the claim, and for the outcome', async () => {
    const first = await scan();
    await clock.advance(15_000);
    expect(await first.outcome()).toEqual({ outcome: 'expired', reason: 'notClaimed' });
    expect(codeOf(await call(one, `/v1/deliveries/${first.id}/claim`))).toBe('TB_API_GONE');
    const second = await scan();
    await call(one, `/v1/deliveries/${second.id}/claim`);
    await clock.advance(16_000);
    expect(await second.outcome()).toEqual({ outcome: 'unknown', reason: 'notReported' });
    const late = await call(one, `/v1/deliveries/${second.id}/outcome`, { outcome: 'applied' });
    expect([late.status, codeOf(late)]).toEqual([410, 'TB_API_GONE']);
  });

  it('a machine that slept gives no old number', async () => {
    const { id } = await scan();
    clock.sleepMachine(60_000);
    expect(codeOf(await call(one, `/v1/deliveries/${id}/claim`))).toBe('TB_API_GONE');
  });

  it('needs the scope of the till, also for what is over, and tells strangers nothing', async () => {
    const { id } = await scan();
    const other = client('other', 'scan:read', 'delivery:back');
    const none = client('none', 'scan:read');
    for (const what of [`/v1/deliveries/${id}/claim`, `/v1/deliveries/${id}/outcome`]) {
      expect(codeOf(await call(other, what, { outcome: 'applied' }))).toBe('TB_API_SCOPE');
      expect(codeOf(await call(none, what, { outcome: 'applied' }))).toBe('TB_API_SCOPE');
    }
    expect(codeOf(await call(other, '/v1/deliveries/unknown/claim'))).toBe('TB_API_GONE');
    expect(codeOf(await call(none, '/v1/deliveries/unknown/claim'))).toBe('TB_API_SCOPE');
    expect((await call(CONTROL_CALLER, `/v1/deliveries/${id}/claim`)).status).toBe(200);
  });

  it('closing the order takes the number back; the next scan is another delivery', async () => {
    const first = await scan();
    pipeline.order('front', 'closed');
    await clock.advance(5);
    expect(await first.outcome()).toEqual({ outcome: 'expired', reason: 'orderChanged' });
    pipeline.order('front', 'opened', 'o-2');
    const second = await scan();
    expect((await call(one, `/v1/deliveries/${second.id}/claim`)).body).toMatchObject({ orderId: 'o-2' });
  });

  it('goods are events at once, while a number waits', async () => {
    await scan();
    pipeline.inject({ bytes: Buffer.from('0104600000000017\u001d21x'), reader: 'own', symbology: 'datamatrix' });
    await clock.advance(1);
    expect(frames.filter(({ type }) => type === 'goods')).toHaveLength(1);
    expect(frames.at(-1)).toMatchObject({
      type: 'goods', reader: 'own', till: 'front', text: '0104600000000017\u001d21x', hex: '303130343630303030303030303031371d323178', terminator: '', symbology: 'datamatrix',
      scanId: expect.any(String) as string,
    });
  });
});
