import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@tillbridge/core';
import { controlSocketPath, openStateFolder, readOutbox, type StateFolder } from '@tillbridge/store';
import { FarCardsClient, noFaults, Restaurant, SimulatedStation, standardAlgorithms, type Order } from '@tillbridge/testkit/rkeeper';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { parseConfig, type LoadedConfig } from '../config/index.js';
import { callDaemon } from '../control/client.js';
import { Daemon } from './daemon.js';
import { startListeners, type Listeners } from './listeners.js';
import { standardParts } from './parts.js';

const SECRET = 'a-secret-of-the-hall';
const HEAD = `
version: 1
codes: [ { name: universal, kind: card, match: "^98\\\\d{14}$" } ]
translators: [ { type: rule, codes: [universal], number: "2{value:4..14}{ean13}" } ]
api: off
stations: { listen: "127.0.0.1:0", peers: [ { id: hall, till: front, allow: [127.0.0.1], secrets: { token: "\${env:T}" } } ] }
`;
const READER = 'readers: [ { id: counter, type: tcp, listen: "127.0.0.1:0" } ]';
/** A loyalty code, and the number that the rule makes of it. */
const CODE = '9812345678901234';
const NUMBER = '2234567890127';

let folder: string;
let state: StateFolder;
let daemon: Daemon;
let listeners: Listeners;
let yaml: string;
let address: string;
let started = false;
let restaurant: Restaurant;
let order: Order;
let station: SimulatedStation;

function load(): LoadedConfig {
  const loaded = parseConfig(yaml, { path: 'r.yaml', env: { T: SECRET }, readFile: () => Buffer.alloc(0), language: 'en' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}

const control = (method: 'GET' | 'POST', path: string, body?: unknown) =>
  callDaemon(controlSocketPath(state), state.path, { method, path, timeoutMs: 20_000, language: 'en', ...(body === undefined ? {} : { body }) });

async function start(rest: string): Promise<void> {
  yaml = HEAD + rest;
  const { config } = load();
  const log = { ...silentLog, setLevel: () => undefined };
  daemon = await Daemon.start({ config, loadConfig: load, configPath: 'r.yaml', state, clock: systemClock, log, parts: standardParts });
  listeners = await startListeners({ daemon, config, state, socket: controlSocketPath(state), clock: systemClock, log });
  const { body } = await control('GET', '/v1/daemon');
  started = true;
  address = `${(body as { stations: string }).stations}/s/hall/${SECRET}`;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tb-rk-'));
  state = openStateFolder(join(folder, 'state'));
  restaurant = new Restaurant({ clock: systemClock });
  order = restaurant.openOrder(restaurant.books.TABLES[0]!, restaurant.books.EMPLOYEES[0]!);
});

afterEach(async () => {
  if (started) {
    station.close();
    listeners.stopListening();
    await daemon.close();
    await listeners.close();
  }
  started = false;
  rmSync(folder, { recursive: true, maxRetries: 3 });
});

function stationOf(far?: FarCardsClient): SimulatedStation {
  const { CASHES, EMPLOYEES, DEVICES } = restaurant.books;
  const universal = { name: 'universal code', devices: ['BarCode'], match: { pattern: /^(98\d{14})$/ }, scope: 'Interface', object: DEVICES[0]! } as const;
  const made = new SimulatedStation({
    ...{ clock: systemClock, restaurant, faults: noFaults(), station: CASHES[0]!, operator: EMPLOYEES[0]! },
    algorithms: [...standardAlgorithms(DEVICES[0]!, DEVICES[1]!), universal],
    ...(far === undefined ? {} : { cards: far, bookings: far }),
  });
  made.open(order);
  return made;
}

const cards = (): readonly string[] => order.guests.map(({ card }) => card).filter((card) => card !== '');

describe('FarCards asks the daemon', () => {
  const far = (): FarCardsClient => new FarCardsClient({ clock: systemClock, restaurant, address });

  it('a guest\'s code gets its discount, the check is booked once and kept as a receipt', async () => {
    await start('readers: []\ntills: [ { id: front, adapter: rkeeper, transport: farcards, keepReceipts: true, grants: { card: { discount: 25, bonus: 4 } } } ]');
    station = stationOf(far());
    await station.read('4601234567893', 'BarCode');
    await station.read(CODE, 'BarCode');
    expect(cards()).toEqual([CODE]);
    expect((await station.pay()).status).toBe('Ok');
    const { body } = await control('GET', '/v1/daemon');
    expect(body).toMatchObject({ tills: [{ id: 'front', counters: { lookups_found: 1 } }] });
    const [receipt, ...others] = [...readOutbox(state)];
    expect(others).toEqual([]);
    expect(receipt).toMatchObject({ till: 'front', body: { operation: 'sale', discount: 1500, total: 13_500 } });
    expect(JSON.stringify(receipt)).toContain(NUMBER);
    expect(readFileSync(state.file('outbox.db')).includes(NUMBER)).toBe(false);
  });

  it.each([
    ['a code that nobody knows', '4600000000001', { found: false, why: 'unknown' }],
    ['one that is no Int64', '9223372036854775808', { found: false, why: 'notInt64' }],
  ])('%s is not known', async (_name, card, expected) => {
    await start('readers: []\ntills: [ { id: front, adapter: rkeeper, transport: farcards } ]');
    station = stationOf();
    expect(await far().getCardInfo(card, order)).toEqual(expected);
  });

  it.each([
    ['3 MB of noise', 'x'.repeat(3_000_000)],
    ['a document of 3 MB', `<ROOT>${'<A/>'.repeat(750_000)}</ROOT>`],
    ['entities', '<!DOCTYPE r [<!ENTITY a "b">]><ROOT>&a;</ROOT>'],
    ['half a document', '<ROOT><QRY Card="1">'],
    ['nothing', ''],
  ])('%s: the cashier reads a reason, every time', async (_name, document) => {
    await start('readers: []\ntills: [ { id: front, adapter: rkeeper, transport: farcards, language: en } ]');
    station = stationOf();
    for (let i = 0; i < 5; i += 1) {
      const answer = await fetch(`${address}/getcardinfoex.php`, { method: 'POST', body: document, headers: { 'content-type': 'text/xml' }, signal: AbortSignal.timeout(20_000) });
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('WhyLock="The request of the card server cannot be read')]);
    }
  });

  test('with its own names of the pages, after a reload, and not after its till is gone', async () => {
    await start('readers: []\ntills: [ { id: front, adapter: rkeeper, transport: farcards } ]');
    station = stationOf();
    const paths = { getCardInfoEx: 'getcardinfoex' };
    const asked = async () => (await new FarCardsClient({ clock: systemClock, restaurant, address, paths }).getCardInfo(CODE, order)).found;
    expect(await asked()).toBe(true);
    yaml = `${yaml.replace('transport: farcards', 'transport: farcards, language: en')}\n`;
    await daemon.reload('en');
    expect(await asked()).toBe(true);
    yaml = yaml.replace('transport: farcards, language: en', 'transport: station-script').replace('readers: []', READER);
    await daemon.reload('en');
    expect(await asked()).toBe(false);
  });
});

describe('the script of a station', () => {
  test('is plain ASCII, makes the calls that are tried below, and holds no secret', () => {
    const script = readFileSync(new URL('../../../adapter-rkeeper/station-script/tillbridge.pas', import.meta.url), 'latin1');
    expect(script).toMatch(/^[\n\x20-\x7e]*$/);
    const calls = [...script.matchAll(/HttpGet\((TillbridgeAddress \+ '[^']*')/g)].map(([, url]) => url);
    expect(calls).toEqual(["TillbridgeAddress + '/next?form=text'", "TillbridgeAddress + '/result?lease='"]);
    expect(script).toContain("/s/STATION/SECRET'");
  });

  // what station-script/tillbridge.pas does, step by step
  let performed = '';
  const press = async (): Promise<string> => {
    const script = station.script();
    const { code, value } = await script.httpGet(`${address}/next?form=text`);
    if (code !== 0) return 'no answer';
    const [word, lease = '', kind, data = ''] = value.split('\r\n');
    if (word !== 'number') return word ?? '';
    if (lease !== performed) {
      performed = lease;
      await script.performMcrAlgorith(data, 0);
    }
    const reported = await script.httpGet(`${address}/result?lease=${lease}&outcome=sent`);
    return `${kind ?? ''} ${String(reported.code)} ${reported.value.trim()}`;
  };

  it('fetches the number, performs it on the order on the screen, and says so', async () => {
    await start(`${READER}\ntills: [ { id: front, adapter: rkeeper, transport: station-script, duplicateMs: 0, expireMs: 60000 } ]`);
    restaurant.cards.set(NUMBER, { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
    station = stationOf();
    expect(await press()).toBe('none');
    const scanned = control('POST', '/v1/scans?wait=1', { code: CODE });
    await vi.waitFor(async () => expect(await press()).toBe('card 0 ok'), { timeout: 15_000 });
    expect((await scanned).body).toMatchObject({ outcome: 'sent', evidence: 'performed' });
    expect(cards()).toEqual([NUMBER]);
    expect(await press()).toBe('none');
  });

  it('the same number again while its report is lost; another result is a conflict, a wrong one no result', async () => {
    await start(`${READER}\ntills: [ { id: front, adapter: rkeeper, transport: station-script, expireMs: 60000, template: ";778=000012885={number}" } ]`);
    station = stationOf();
    const script = station.script();
    void control('POST', '/v1/scans?wait=1', { code: CODE });
    await vi.waitFor(async () => expect((await script.httpGet(`${address}/next?form=text`)).value).toMatch(/^number/), { timeout: 15_000 });
    const first = await script.httpGet(`${address}/next?form=text`);
    expect(await script.httpGet(`${address}/next?form=text`)).toEqual(first);
    const [, lease = '', , data] = first.value.split('\r\n');
    expect(data).toBe(`;778=000012885=${NUMBER}`);
    const result = async (outcome: string) => (await script.httpGet(`${address}/result?lease=${lease}&outcome=${outcome}`)).code;
    expect(await result('nonsense')).toBe(400);
    expect([await result('sent'), await result('sent'), await result('failed')]).toEqual([0, 0, 409]);
  });
});
