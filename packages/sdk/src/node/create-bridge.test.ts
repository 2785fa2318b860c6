import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeNumber, systemClock } from '@tillbridge/core';
import { SimulatedReader, SimulatedTill, SimulatedTranslator } from '@tillbridge/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { Bridge } from '../bridge.js';
import { createBridge, type BridgeOptions } from './create-bridge.js';

const shop: BridgeOptions = {
  readers: [{ id: 'counter', type: 'till', till: 'front' }],
  codes: [{ name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$' }],
  translators: [{ type: 'rule', number: '2{value:4..14}{ean13}' }],
  tills: [{ id: 'front', adapter: 'client' }],
};
const open: Bridge[] = [];
const folders: string[] = [];
const start = async (options: BridgeOptions = shop): Promise<Bridge> => {
  const bridge = await createBridge(options);
  open.push(bridge);
  return bridge;
};
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'tillbridge-sdk-'));
  folders.push(path);
  return path;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((bridge) => bridge.close()));
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

describe('a bridge inside the program', () => {
  it('gives a scan out as a delivery, and learns what became of it', async () => {
    const bridge = await start();
    const outcome = new Promise((resolve) => bridge.on('outcome', resolve));
    const scans = bridge.scans();
    const scanned = bridge.scan('9812345678901234', { wait: true });
    for await (const delivery of bridge.deliveries('front', { credit: 1 })) {
      expect(delivery).toMatchObject({ till: 'front', kind: 'card' });
      const number = await delivery.claim();
      expect(number.reveal()).toMatch(/^2\d{12}$/);
      await delivery.done('applied');
      break;
    }
    expect(await scanned).toMatchObject({ kind: 'card', outcome: 'applied' });
    expect(await outcome).toMatchObject({ outcome: 'applied', till: 'front', code: '****1234' });
    expect((await scans.next()).value).toMatchObject({ code: '****1234', rule: 'universal' });
  });

  it('leaves goods of a till that owns its scanner to that till', async () => {
    const bridge = await start();
    expect(await bridge.scan('4600000000017')).toMatchObject({ kind: 'goods', handled: false });
  });

  it('translates, and masks unless asked', async () => {
    const bridge = await start();
    expect(await bridge.translate('9812345678901234')).toMatchObject({ kind: 'card', result: 'found', number: expect.stringMatching(/^\*{4}\d{4}$/) as string });
    expect((await bridge.translate('9812345678901234', { reveal: true })).number).toMatch(/^2\d{12}$/);
  });

  it('drops what was scanned for an order that closed', async () => {
    const bridge = await start();
    await bridge.order('front', 'opened', '1');
    const delivery = bridge.deliveries('front').next();
    const scanned = bridge.scan('9812345678901234', { wait: true });
    expect((await delivery).value).toMatchObject({ orderId: '1' });
    await bridge.order('front', 'closed');
    expect(await scanned).toMatchObject({ outcome: 'expired', reason: 'orderChanged' });
  });

  it('says what is wrong as the daemon would', async () => {
    const bridge = await start({ ...shop, language: 'ru' });
    const error: unknown = await bridge.order('nowhere', 'closed').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TB_TILL_UNKNOWN', retryable: false });
    expect((error as Error).message).toMatch(/[а-я]/);
    expect(await bridge.health()).toMatchObject({ status: 'healthy' });
  });

  it('refuses a configuration that is wrong, with all that is wrong with it', async () => {
    const wrong = { ...shop, tills: [{ id: 'front', adapter: 'client', expireMs: 1 }], routes: [{ readers: ['nobody'], till: 'front' }] } as BridgeOptions;
    const error: unknown = await createBridge(wrong).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TB_CONFIG_INVALID' });
    expect(String((error as Error).cause)).toMatch(/expireMs[\s\S]*nobody/);
  });

  it('takes parts of the program\'s own', async () => {
    const reader = new SimulatedReader('mine', systemClock);
    const till = new SimulatedTill('front', systemClock);
    const translator = new SimulatedTranslator('crm', systemClock, { answer: { result: 'found', number: new NativeNumber('card', '777') } });
    const bridge = await start({ ...shop, readers: [reader], translators: [translator], tills: [till] });
    const outcome = new Promise((resolve) => bridge.on('outcome', resolve));
    reader.scan('9812345678901234');
    expect(await outcome).toMatchObject({ outcome: 'sent', reader: 'mine', till: 'front' });
    expect(till.deliveries.map(({ request }) => request.number.reveal())).toEqual(['777']);
    reader.scan('4600000000017');
    expect(till.goodsReads).toHaveLength(1);
    await bridge.close();
    expect(translator.closed).toBe(true);
  });

  it('keeps its state in the folder given, alone, or in a temporary one', async () => {
    const state = folder();
    const bridge = await start({ ...shop, state });
    await expect(createBridge({ ...shop, state })).rejects.toMatchObject({ code: 'TB_API_DAEMON_RUNNING' });
    await bridge.close();
    expect(existsSync(join(state, 'journal.db'))).toBe(true);
    await start({ ...shop, state });
    const before = new Set(readdirSync(tmpdir()));
    const temporary = await start();
    const made = readdirSync(tmpdir()).filter((name) => name.startsWith('tillbridge-') && !before.has(name));
    await temporary.close();
    for (const name of made) if (!existsSync(join(tmpdir(), name))) return;
    throw new Error('the temporary state folder is still there');
  });

  it('does not start when the signal was aborted', async () => {
    await expect(createBridge({ ...shop, signal: AbortSignal.abort(new Error('mine')) })).rejects.toThrow('mine');
  });

  it('leaves nothing behind when it is aborted while it starts', async () => {
    const state = folder();
    const controller = new AbortController();
    const starting = createBridge({ ...shop, state, signal: controller.signal });
    controller.abort(new Error('mine'));
    await expect(starting).rejects.toThrow('mine');
    await start({ ...shop, state });
  });
});
