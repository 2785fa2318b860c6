import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock, type Log } from '@tillbridge/core';
import { controlSocketPath, openStateFolder, type StateFolder } from '@tillbridge/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig, type LoadedConfig } from '../config/index.js';
import { callDaemon } from '../control/client.js';
import { Daemon } from './daemon.js';
import { startListeners, type Listeners } from './listeners.js';
import { standardParts } from './parts.js';

const env = { FRONT: 'a-secret-of-the-front-01', BAR: 'a-secret-of-the-bar-0001', HALL: 'a-secret-of-the-hall-001' };
const CODE = '9812345678901234';
const NUMBER = '2234567890127';
const YAML = `
version: 1
readers: [ { id: counter, type: tcp, listen: "127.0.0.1:0" }, { id: own, type: till, till: front } ]
codes: [ { name: universal, kind: card, match: "^98\\\\d{14}$" } ]
translators: [ { type: rule, codes: [universal], number: "2{value:4..14}{ean13}" } ]
tills:
  - { id: front, adapter: iiko, transport: front, secrets: { token: "\${env:FRONT}" }, nativeIdentifier: { card: rmsDiscountCard }, cashierMessage: en }
  - { id: bar, adapter: iiko, transport: externalData, secrets: { token: "\${env:BAR}" }, key: our.number }
  - { id: cash, adapter: client }
routes: [ { readers: [counter], till: front, goods: none } ]
api: { port: 0 }
stations: { listen: "127.0.0.1:0", peers: [ { id: hall, till: front, allow: [127.0.0.1], secrets: { token: "\${env:HALL}" } } ] }
`;
const SCREEN = { seq: 1, screen: 'orderEdit', orderId: 'o1' };
const HELLO = { wire: 1, instance: 'i1', terminalId: 't1', terminalName: 'CASH-1', appVersion: '9.5', apiVersion: 'V9', pluginVersion: '1.0', actions: ['applyDiscountCard', 'setExternalData', 'message'], screen: SCREEN };

let folder: string;
let state: StateFolder;
let daemon: Daemon;
let listeners: Listeners;
let api: string;
let station: string;
let logged: string;

const load = (): LoadedConfig => {
  const loaded = parseConfig(YAML, { path: 'i.yaml', env, readFile: () => Buffer.alloc(0), language: 'en' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
};

const control = async (path: string): Promise<Record<string, unknown>> => {
  const { body } = await callDaemon(controlSocketPath(state), state.path, { method: 'GET', path, timeoutMs: 20_000, language: 'en' });
  return body as Record<string, unknown>;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tb-iiko-'));
  state = openStateFolder(join(folder, 'state'));
  logged = '';
  const note = (message: string, fields?: object): void => void (logged += `${message} ${JSON.stringify(fields ?? {})}\n`);
  const log: Log = { ...silentLog, debug: note, info: note, warn: note, error: note };
  const { config } = load();
  daemon = await Daemon.start({ config, loadConfig: load, configPath: 'i.yaml', state, clock: systemClock, log: { ...log, setLevel: () => undefined }, parts: standardParts });
  listeners = await startListeners({ daemon, config, state, socket: controlSocketPath(state), clock: systemClock, log });
  api = `${listeners.api}/iiko/v1`;
  station = `${String((await control('/v1/daemon'))['stations'])}/s/hall`;
});

afterEach(async () => {
  listeners.stopListening();
  await daemon.close();
  await listeners.close();
  rmSync(folder, { recursive: true, maxRetries: 3 });
});

async function post(base: string, secret: string, call: string, body: unknown, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly body: Record<string, unknown>; readonly code: unknown }> {
  const response = await fetch(`${base}/${call}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', connection: 'close', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body: answer, code: (answer['error'] as { code?: unknown } | undefined)?.code };
}

const session = async (base: string, secret: string, over: object = {}): Promise<string> => String((await post(base, secret, 'hello', { ...HELLO, ...over })).body['session']);
const reason = (till: string): string | undefined => daemon.pipeline.tills().find(({ adapter }) => adapter.id === till)?.adapter.state.reason?.code;

describe.each([
  ['on this machine', () => api, env.FRONT],
  ['on another terminal', () => station, env.HALL],
])('the plugin %s', (_name, base, secret) => {
  it('says hello, waits, gets the number, and its result is the outcome', async () => {
    const mine = await session(base(), secret);
    const waiting = post(base(), secret, 'next', { session: mine, waitMs: 25_000 });
    const injected = daemon.pipeline.inject({ bytes: Buffer.from(CODE), reader: 'counter' });
    const { body } = await waiting;
    const action = body['action'] as Record<string, unknown>;
    expect(action).toMatchObject({ kind: 'applyDiscountCard', number: NUMBER, orderId: 'o1', place: 'screen' });
    const result = await post(base(), secret, 'result', { session: mine, id: action['id'], outcome: 'applied', evidence: 'orderShowsCard', orderId: 'o1' });
    expect(result).toMatchObject({ status: 200, body: { recorded: 'ended', message: { level: 'info' } } });
    expect('ticket' in injected && (await injected.ticket.outcome)).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCard' });
    expect(logged).not.toContain(NUMBER);
  });

  it('hands over a scan of iikoFront\'s own scanner, goods stay there', async () => {
    const mine = await session(base(), secret);
    const scan = (raw: string): object => ({ session: mine, scan: raw, kind: 'barcode', raw, orderId: 'o1', screen: SCREEN, waitMs: 3000 });
    expect((await post(base(), secret, 'scan', scan('4006381333931'))).body).toEqual({ handled: false });
    expect((await post(base(), secret, 'scan', scan('nothing of ours'))).body).toEqual({ handled: false });
    const answer = await post(base(), secret, 'scan', scan(`<barcode class="x"/>;${CODE}?barcode`));
    expect(answer.body).toMatchObject({ handled: true, action: { kind: 'applyDiscountCard', number: NUMBER } });
    expect(logged).not.toContain(CODE);
  });

  it.each([
    ['no JSON', 'result', '{', 400, 'TB_API_BAD_REQUEST'],
    ['a field too many', 'next', { session: 's', waitMs: 0, more: 1 }, 400, 'TB_API_BAD_REQUEST'],
    ['a session of before', 'next', { session: 's', waitMs: 0 }, 428, 'TB_TILL_IIKO_HELLO_AGAIN'],
    ['another version', 'hello', { ...HELLO, wire: 9 }, 400, 'TB_TILL_IIKO_WIRE'],
    ['a megabyte', 'scan', { raw: 'x'.repeat(1_000_000) }, 413, 'TB_API_TOO_LARGE'],
    ['a call that is none', 'constructor', {}, 404, 'TB_API_NOT_FOUND'],
  ])('is told what is wrong with %s', async (_what, call, body, status, code) => {
    expect(await post(base(), secret, call, body)).toMatchObject({ status, code });
  });

  it('with an old secret gets nothing, and the till says so', async () => {
    await session(base(), secret);
    expect((await post(base(), 'the-secret-of-last-year-1', 'hello', HELLO)).status).toBe(401);
    // told by another process: it may come behind the answer
    await vi.waitFor(() => expect(reason('front')).toBe('TB_TILL_IIKO_SECRET'), { timeout: 15_000, interval: 5 });
    const rows = (await control('/v1/tills/front/probe'))['rows'] as { level: string; text: string }[];
    expect(rows.map(({ level }) => level)).toEqual(['ok', 'warn']);
    expect(rows[0]?.text).toContain('CASH-1');
    // and it locks nobody out who has the right one
    for (let i = 0; i < 6; i += 1) await post(api, 'the-secret-of-last-year-1', 'hello', HELLO);
    expect(await session(api, env.FRONT)).not.toBe('undefined');
  });

  it('gets a second one told, and goes on itself', async () => {
    const mine = await session(base(), secret);
    expect(await post(base(), secret, 'hello', { ...HELLO, instance: 'x', terminalId: 't2' })).toMatchObject({ status: 409, code: 'TB_TILL_IIKO_TWO_PLUGINS' });
    expect(reason('front')).toBe('TB_TILL_IIKO_TWO_PLUGINS');
    expect((await post(base(), secret, 'next', { session: mine, waitMs: 0 })).body).toEqual({ action: null });
  });
});

describe('whose plugin it is', () => {
  it('the secret says which till', async () => {
    await session(api, env.BAR);
    expect(daemon.pipeline.tills().map(({ adapter }) => [adapter.id, adapter.state.status])).toEqual(expect.arrayContaining([['front', 'retrying'], ['bar', 'ready']]));
    expect(reason('front')).toBe('TB_TILL_IIKO_NO_PLUGIN');
  });

  it('the station of another till has no such calls, and a browser gets nowhere', async () => {
    expect((await post(api, env.FRONT, 'hello', HELLO, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post(api, env.FRONT, 'hello', HELLO, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    // of the till's secret at the stations: it is not the station's
    expect((await post(station, env.FRONT, 'hello', HELLO)).status).toBe(401);
  });

  it('the secret of a till opens nothing else', async () => {
    const response = await fetch(`${listeners.api}/v1/scans`, { headers: { authorization: `Bearer ${env.FRONT}` } });
    expect(response.status).toBe(403);
  });

  it('a till that a reload replaces is not there for a moment: that is no wrong secret', async () => {
    await session(api, env.FRONT);
    await daemon.pipeline.removeTill('front', 0);
    expect(await post(api, env.FRONT, 'hello', HELLO)).toMatchObject({ status: 404, code: 'TB_API_NOT_FOUND' });
    expect((await post(station, env.HALL, 'hello', HELLO)).status).toBe(404);
  });
});
