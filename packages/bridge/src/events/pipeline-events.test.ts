import { readFileSync } from 'node:fs';
import { NativeNumber, silentLog, TillbridgeError, type Frame } from '@tillbridge/core';
import { SimulatedShop, VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { ClientAdapter, DeliveryBoard } from '../client-adapter/index.js';
import { receiptSchema } from '../receipts/receipt-schema.js';
import { EventHub } from './index.js';
import { publishPipeline } from './pipeline-events.js';
import { ALL_GRANTS } from './visible.js';

const page = readFileSync(new URL('../../../../docs/events.md', import.meta.url), 'utf8');
/** The examples of the documentation, a frame a line. */
const examples = [...page.matchAll(/```json\n([^`]*)```/g)].flatMap(([, text = '']) => text.trim().split('\n')).map((line) => JSON.parse(line) as Record<string, unknown>);

describe('what the pipeline tells', () => {
  let shop: SimulatedShop;
  let hub: EventHub;
  let clock: VirtualClock;
  let frames: Frame[];
  beforeEach(async () => {
    clock = new VirtualClock();
    hub = new EventHub({ clock, log: silentLog, version: '0.1.0' });
    shop = await SimulatedShop.open({ clock });
    publishPipeline(shop.pipeline, hub, clock, { servesGoods: (till) => till === 'program' });
    frames = [];
    hub.subscribe({ grants: ALL_GRANTS }, { send: (frame) => void frames.push(frame), ready: () => true, ended: () => undefined });
  });

  const told = async (): Promise<Frame[]> => {
    await clock.advance(100);
    return frames.splice(0).filter(({ type }) => type !== 'hello');
  };
  const place = { seq: expect.any(Number) as number, time: expect.stringMatching(/^2026-01-10T09:00:00\.\d{3}Z$/) as string };

  it('a loyalty scan and its outcome, masked', async () => {
    shop.reader().scan('9800000000000042');
    expect(await told()).toEqual([
      { type: 'scan', ...place, scanId: expect.any(String) as string, reader: 'counter', till: 'front', kind: 'card', rule: 'card', code: '****0042', symbology: null },
      {
        type: 'outcome', ...place, scanId: expect.any(String) as string, reader: 'counter', till: 'front', kind: 'card', code: '****0042', number: '****0042',
        outcome: 'sent', tookMs: 20, way: { classifiedMs: 20, translatedMs: 20, translator: 'shop', handedMs: 20 },
      },
    ]);
  });

  it('what the guest has to do, with the state of the reader, and counted', async () => {
    shop.reader().hint('unlockPhone');
    expect(await told()).toMatchObject([{ type: 'reader', id: 'counter', status: 'ready', health: 'healthy', hint: 'unlockPhone' }]);
    expect(shop.pipeline.readers()[0]?.counters).toMatchObject({ hint_unlockPhone: 1 });
  });

  it('short codes are masked whole, and a kind given by hand has no rule', async () => {
    shop.pipeline.inject({ bytes: Buffer.from('777'), reader: 'counter', kind: 'phone', symbology: 'qr' });
    expect(await told()).toMatchObject([{ type: 'scan', code: '****', rule: null, kind: 'phone', symbology: 'qr' }, { type: 'outcome', code: '****', number: '****' }]);
  });

  it('goods are kept only as long as anybody may read them', async () => {
    let read = false;
    const quiet = new EventHub({ clock, log: silentLog, version: '0.1.0' });
    publishPipeline(shop.pipeline, quiet, clock, { servesGoods: () => false, goodsAreRead: () => read });
    const before = quiet.lastSeq;
    shop.reader().scan('4600000000017');
    await clock.advance(100);
    expect(quiet.lastSeq).toBe(before);
    read = true;
    shop.reader().scan('4600000000024');
    await clock.advance(100);
    expect(quiet.lastSeq).toBe(before + 1);
  });

  it('goods with their bytes, once, and never as a scan', async () => {
    shop.reader().scan('010460\u001d21\u00ff');
    expect(await told()).toEqual([
      { type: 'goods', ...place, scanId: expect.any(String) as string, reader: 'counter', till: 'front', text: expect.any(String) as string, hex: expect.stringMatching(/^3031303436301d3231/) as string, terminator: '0d' },
    ]);
    await clock.advance(3000);
    const late: Frame[] = [];
    hub.subscribe({ grants: ALL_GRANTS, since: 1 }, { send: (frame) => void late.push(frame), ready: () => true, ended: () => undefined });
    expect(late.map(({ type }) => type)).toEqual(['hello', 'gap']);
  });

  it('every frame of the documentation is one that is sent, field by field', async () => {
    const board = new DeliveryBoard();
    const program = new ClientAdapter({ id: 'program', expireMs: 15_000, backlogMs: 2000 }, { clock, hub, board });
    await shop.pipeline.addTill(program, { expireMs: 15_000, duplicateMs: 0 });
    shop.reader().scan('9800000000000042');
    shop.pipeline.inject({ bytes: Buffer.from('4600000000017'), reader: 'counter', symbology: 'ean13' });
    shop.pipeline.state('counter', { status: 'retrying', since: 1, reason: new TillbridgeError('TB_TILL_NO_CLIENT', { till: 'x' }) });
    const request = { id: 'd', scanId: 's', till: 'program', number: new NativeNumber('card', '1'), at: { mono: 0, wall: 0 }, orderId: 'o', expired: () => false };
    const answer = program.deliver(request, new AbortController().signal);
    const sent: readonly object[] = [...(await told()), { type: 'hello', seq: 1, product: 'tillbridge', version: '0', wire: 1, scopes: [] }, { type: 'gap', from: 1, to: 2 }];
    board.giveUp('d');
    await answer;
    const fieldsOf = (type: string): string[] => [...new Set(sent.filter((frame) => 'type' in frame && frame.type === type).flatMap((frame) => Object.keys(frame)))].sort();
    const optional = ['reason', 'evidence', 'symbology', 'code'];
    const frameExamples = examples.filter(({ type }) => type !== undefined);
    expect(new Set(frameExamples.map(({ type }) => type))).toEqual(new Set(['hello', 'scan', 'delivery', 'outcome', 'goods', 'reader', 'till', 'gap']));
    for (const example of frameExamples) {
      const keys = Object.keys(example).sort();
      const real = fieldsOf(String(example['type']));
      expect(real.length).toBeGreaterThan(0);
      expect(keys.filter((key) => !optional.includes(key))).toEqual(real.filter((key) => !optional.includes(key)));
      if (example['type'] !== 'hello' && example['type'] !== 'gap') expect(Object.keys(example).slice(0, 3)).toEqual(['type', 'seq', 'time']);
    }
  });

  it('the receipt of the documentation is one', () => {
    const receipts = examples.filter(({ receiptId }) => receiptId !== undefined);
    expect(receipts).toHaveLength(1);
    expect(receiptSchema.safeParse(receipts[0]).error).toBeUndefined();
  });
});
