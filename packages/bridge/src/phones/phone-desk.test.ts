import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock, type Taken } from '@tillbridge/core';
import type { PhoneRecord } from '@tillbridge/phone-link';
import { openStateFolder } from '@tillbridge/store/state';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { load, withLines } from '../config/test-support.js';
import type { MobileReaderConfig } from '../config/index.js';
import { issueLeaf } from './certificate/issue.js';
import type { Candidate } from './network/candidates.js';
import { PhoneDesk } from './phone-desk.js';
import type { PhoneStore } from './phone-store.js';

let root: string;
let desk: PhoneDesk;
let addresses: string[];
let stop: AbortController;

const none: PhoneStore = {
  list: () => [],
  get: (): PhoneRecord | undefined => undefined,
  add: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  change: () => Promise.resolve(undefined),
  seen: () => undefined,
};
const candidate = (address: string): Candidate => ({ address, adapter: 'eth0', family: 4, virtual: false });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tb-desk-'));
  addresses = ['127.0.0.1'];
  stop = new AbortController();
  desk = new PhoneDesk({ folder: openStateFolder(join(root, 'state')), phones: none, clock: systemClock, log: silentLog, pageFolder: join(root, 'page'), wanted: () => addresses.map(candidate) });
});
afterEach(() => {
  stop.abort();
  desk.close();
  rmSync(root, { recursive: true, force: true });
});

function config(more = ''): MobileReaderConfig {
  const [reader] = load(withLines({ readers: `  - { id: waiter, type: mobile, port: 0, httpPort: off${more} }` })).config.readers;
  if (reader?.type !== 'mobile') throw new Error('no mobile reader');
  return reader;
}

const shop = () => ({ name: 'bar', tills: ['front'], routed: 'front' });
const goods = (): Taken => ({ scanId: '1', kind: 'goods', handled: false });
const open = (more = '') => desk.hostFor(config(more), shop).connect(goods, stop.signal);

describe('the desk of the phones', () => {
  test('has nothing to pair with until a reader of phones is open, and says why', async () => {
    expect(() => desk.pair({})).toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_OFF' }) as Error);
    addresses = [];
    await expect(open()).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_NO_ADDRESS' }) as Error);
    expect(() => desk.pair({})).toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_NO_ADDRESS' }) as Error);
    stop.abort();
    expect(() => desk.pair({})).toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_OFF' }) as Error);
  });

  test('offers each address that it listens on, best first, with one secret', async () => {
    addresses = ['127.0.0.2', '127.0.0.1'];
    const link = await open();
    const { url, urls, code } = desk.pair({ till: 'front' });
    expect(urls.map(({ address }) => address)).toEqual(['127.0.0.2', '127.0.0.1']);
    expect(url).toBe(urls[0]?.url);
    expect(new Set(urls.map((each) => new URL(each.url).hash)).size).toBe(1);
    expect(code).toMatch(/^\d{4}$/);
    expect(() => desk.pair({ till: 'kitchen' })).toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_TILL', params: { till: 'kitchen', known: 'front' } }) as Error);
    await link.close();
    expect(() => desk.pair({})).toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_OFF' }) as Error);
  });

  test('leads to the daemon that has the page for all, where one is named', async () => {
    const link = await open(', hub: "https://192.168.1.10:48443"');
    expect(desk.pair({}).url).toMatch(/^https:\/\/192\.168\.1\.10:48443\/#/);
    await link.close();
  });

  test("leads to the names that the store's own certificate is for", async () => {
    const pair = await issueLeaf({ commonName: 'store', addresses: [], names: ['till-1.example.com'], now: systemClock.wall() });
    const [cert, key] = [join(root, 'own.crt'), join(root, 'own.key')];
    writeFileSync(cert, pair.cert);
    writeFileSync(key, pair.key);
    const link = await open(`, names: [till-1.example.com], tls: { cert: ${JSON.stringify(cert)}, key: ${JSON.stringify(key)} }`);
    expect(desk.pair({}).urls.map(({ address }) => address)).toEqual(['till-1.example.com', '127.0.0.1']);
    expect(desk.pair({}).url).toMatch(/^https:\/\/till-1\.example\.com:\d+\/#/);
    await link.close();
  });

  test('keeps its identity in the state folder: the same after a restart', async () => {
    const link = await open();
    const again = new PhoneDesk({ folder: openStateFolder(join(root, 'state')), phones: none, clock: systemClock, log: silentLog });
    expect(again.link.tillId).toBe(desk.link.tillId);
    expect(desk.view()).toMatchObject({ tillId: desk.link.tillId, paired: 0, connected: 0, refusals: {} });
    again.close();
    await link.close();
    expect(desk.view()).toBeUndefined();
  });

  test('knows no phone that is not there', async () => {
    await expect(desk.change('nobody', { name: 'x' })).rejects.toThrow(expect.objectContaining({ code: 'TB_API_NOT_FOUND' }) as Error);
    await expect(desk.revoke('nobody')).rejects.toThrow(expect.objectContaining({ code: 'TB_API_NOT_FOUND' }) as Error);
    await expect(desk.confirm('nobody')).rejects.toThrow(expect.objectContaining({ code: 'TB_API_NOT_FOUND' }) as Error);
    expect(desk.pairing('nobody')).toBeUndefined();
  });
});
