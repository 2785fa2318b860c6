import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@tillbridge/core';
import { controlSocketPath, openStateFolder, type StateFolder } from '@tillbridge/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testRegistry } from '../api/clients/test-support.js';
import { lazyMetrics } from '../api/metrics.js';
import { parseConfig, type LoadedConfig } from '../config/index.js';
import { listenerCalls } from '../control/calls.js';
import { callDaemon, type ControlAnswer } from '../control/client.js';
import { createRouter } from '../control/http.js';
import { CONTROL_CALLER } from '../control/scope.js';
import { createDesks } from '../desk/index.js';
import { Daemon } from './daemon.js';
import { startListeners, type Listeners } from './listeners.js';
import { standardParts } from './parts.js';

const SHOP = `
version: 1
readers: [ { id: counter, type: tcp, listen: "127.0.0.1:0" } ]
codes: [ { name: universal, kind: card, match: "^98\\\\d{14}$" } ]
translators: [ { type: rule, codes: [universal], number: "2{value:4..14}{ean13}" } ]
tills: [ { id: front, adapter: client, expireMs: 500 } ]
`;
/** A loyalty code, and the number that the rule makes of it. */
const CODE = '9812345678901234';
const SECRETS = [CODE, CODE.slice(3, 14)];

let folder: string;
let state: StateFolder;
let daemon: Daemon;
let listeners: Listeners;
let yaml: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tb-api-'));
  state = openStateFolder(join(folder, 'state'));
  yaml = `${SHOP}api: { port: 0 }`;
  const { config } = load();
  const log = { ...silentLog, setLevel: () => undefined };
  daemon = await Daemon.start({ config, loadConfig: load, configPath: 'shop.yaml', state, clock: systemClock, log, parts: standardParts });
  listeners = await startListeners({ daemon, config, state, socket: controlSocketPath(state), clock: systemClock, log });
});
afterEach(async () => {
  listeners.stopListening();
  await daemon.close();
  await listeners.close();
  rmSync(folder, { recursive: true, maxRetries: 3 });
});

function load(): LoadedConfig {
  const loaded = parseConfig(yaml, { path: 'shop.yaml', env: {}, readFile: () => Buffer.alloc(0), language: 'en' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}

const control = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<ControlAnswer> =>
  callDaemon(controlSocketPath(state), state.path, { method, path, timeoutMs: 10_000, language: 'en', ...(body === undefined ? {} : { body }) });

async function pair(...scopes: string[]): Promise<{ readonly token: string; readonly clientId: string }> {
  const { body: offered } = await control('POST', '/v1/clients/pair', { name: 'test', scopes });
  const answer = await fetch(`${listeners.api}/v1/pair`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: (offered as { code: string }).code, name: 'Till program' }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { token: string; clientId: string };
}

async function api(token: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly text: string }> {
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${listeners.api}${path}`, { ...post, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
  return { status: answer.status, text: await answer.text() };
}

describe('the listeners of a daemon', () => {
  it('pair, list and revoke over the control socket what the API then knows', async () => {
    const { token, clientId } = await pair('status:read', 'delivery:front');
    expect(clientId).toMatch(/^c[0-9a-f]{10}$/);
    expect(await api(token, '/v1/health')).toMatchObject({ status: 200 });
    const listed = await control('GET', '/v1/clients');
    expect(listed.body).toMatchObject({ clients: [{ id: clientId, name: 'Till program', scopes: ['status:read', 'delivery:front'] }] });
    expect(JSON.stringify(listed.body)).not.toContain(token.slice(-43));
    expect(await control('POST', `/v1/clients/${clientId}/revoke`)).toMatchObject({ status: 200, body: { id: clientId, revoked: true } });
    expect(await api(token, '/v1/health')).toMatchObject({ status: 401 });
    expect(await control('POST', `/v1/clients/${clientId}/revoke`)).toMatchObject({ status: 404 });
  });

  it('refuse scopes and names that are none', async () => {
    const offer = (name: string, scopes: unknown) => control('POST', '/v1/clients/pair', { name, scopes });
    for (const scopes of [[], ['all'], ['delivery'], ['delivery:'], ['till:a b'], 'scan:read']) expect(await offer('n', scopes)).toMatchObject({ status: 400 });
    for (const name of ['', 'a\nb', '\u001b[2J', 'x'.repeat(65)]) expect(await offer(name, ['scan:read'])).toMatchObject({ status: 400 });
    expect(await offer('Касса у входа', ['scan:read', 'till:front'])).toMatchObject({ status: 200 });
  });

  it('show a number in full only to who may see it', async () => {
    const { token: reads } = await pair('scan:read');
    const { token: reveals } = await pair('scan:read', 'number:reveal');
    const masked = await api(reads, '/v1/translate', { code: CODE });
    expect(masked.status).toBe(200);
    for (const secret of SECRETS) expect(masked.text).not.toContain(secret);
    const refused = await api(reads, '/v1/translate', { code: CODE, reveal: true });
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'TB_API_SCOPE', details: { scope: 'number:reveal' } } });
    expect(JSON.parse((await api(reveals, '/v1/translate', { code: CODE, reveal: true })).text)).toMatchObject({ value: CODE, result: 'found' });
  });

  it('count what happens, by ids and words of ours alone', async () => {
    const { token } = await pair('status:read', 'scan:inject');
    // nobody is connected who could take them
    expect(JSON.parse((await api(token, '/v1/scans?wait=1', { code: CODE })).text)).toMatchObject({ kind: 'card', outcome: 'expired' });
    expect(await api(token, '/v1/scans', { code: '4607001234567' })).toMatchObject({ status: 202 });
    expect((await fetch(`${listeners.api}/v1/health`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    daemon.pipeline.dropped('counter', 'copy', 13);
    const { status, text } = await api(token, '/metrics');
    expect(status).toBe(200);
    for (const line of [
      'tillbridge_scans_total{reader="counter",kind="card"} 1',
      'tillbridge_scans_total{reader="counter",kind="goods"} 1',
      'tillbridge_outcomes_total{till="front",outcome="expired"} 1',
      'tillbridge_api_refusals_total{reason="origin"} 1',
      'tillbridge_reader_dropped_total{reader="counter",reason="copy"} 1',
      'tillbridge_reader_up{reader="counter"} 1',
      'tillbridge_till_up{till="front"} 0',
      'tillbridge_delivery_seconds_count 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'tillbridge_goods_dropped_total']) expect(text).toContain(`# TYPE ${name} `);
    for (const secret of [...SECRETS, '4607001234567']) expect(text).not.toContain(secret);
    expect((await control('GET', '/v1/daemon')).body).toMatchObject({ api: listeners.api });
  });

  it('answer what the description says, no field more', async () => {
    const { registry: clients } = testRegistry(systemClock);
    clients.offer('open', ['scan:read']);
    const desks = createDesks({ state: state.path, config: 'shop.yaml', clock: systemClock, log: silentLog });
    const calls = listenerCalls({ daemon, clients, metrics: lazyMetrics(daemon.pipeline), addresses: () => ({ api: 'off', stations: 'off' }), desks });
    const route = createRouter(calls);
    const requests: readonly (readonly ['GET' | 'POST', string, unknown?])[] = [
      ['GET', '/hello'], ['GET', '/v1/health'], ['GET', '/v1/readers'], ['GET', '/v1/tills'], ['GET', '/v1/daemon'], ['GET', '/metrics'], ['GET', '/openapi.json'],
      ['POST', '/v1/scans', { code: '4607001234567' }], ['POST', '/v1/scans', { code: CODE }], ['POST', '/v1/scans?wait=1', { code: '9800000000000000' }],
      ['GET', '/v1/scans?limit=5'], ['GET', '/v1/scans?since=0&outcome=expired'],
      ['POST', '/v1/translate', { code: CODE }], ['POST', '/v1/translate', { hex: '34', kind: 'goods' }],
      ['POST', '/v1/tills/front/order', { state: 'opened', orderId: '1' }], ['POST', '/v1/daemon/reload'],
      ['POST', '/v1/clients/pair', { name: 'n', scopes: ['scan:read'] }], ['GET', '/v1/clients'],
    ];
    for (const [method, url, body] of requests) {
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      const found = route(method, pathname);
      const request = { method, path: pathname, query: searchParams, body, caller: CONTROL_CALLER, language: 'en' as const, signal: new AbortController().signal };
      const answer = await found?.call.run({ ...request, params: found.params });
      const plain: unknown = answer?.contentType === undefined ? JSON.parse(JSON.stringify(answer?.body)) : answer.body;
      expect(found?.call.answers[answer?.status ?? 0]?.parse(plain), `${method} ${url}`).toEqual(plain);
    }
  });

  it('follow a changed address and changed origins, and stay where the new address is taken', async () => {
    const { token } = await pair('status:read');
    const page = { authorization: `Bearer ${token}`, origin: 'https://till.example' };
    expect((await fetch(`${listeners.api}/v1/health`, { headers: page })).status).toBe(403);
    yaml = `${SHOP}api: { port: 0, origins: ["https://till.example"] }`;
    const first = listeners.api;
    await daemon.reload('en');
    expect(listeners.api).toBe(first);
    expect((await fetch(`${listeners.api}/v1/health`, { headers: page })).status).toBe(200);

    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    yaml = `${SHOP}api: { port: ${port} }`;
    await expect(daemon.reload('en')).rejects.toMatchObject({ code: 'TB_API_PORT_BUSY' });
    expect(await api(token, '/v1/health')).toMatchObject({ status: 200 });
    await new Promise((resolve) => other.close(resolve));
    expect(await daemon.reload('en')).toMatchObject({ changed: [`api: http://127.0.0.1:${port}`] });
    expect(await api(token, '/v1/health')).toMatchObject({ status: 200 });
    await expect(fetch(`${first}/hello`)).rejects.toThrow();

    yaml = `${SHOP}api: off`;
    await daemon.reload('en');
    expect(listeners.api).toBe('off');
    await expect(fetch(`http://127.0.0.1:${port}/hello`)).rejects.toThrow();
    expect((await control('GET', '/v1/daemon')).body).toMatchObject({ api: 'off' });
  });
});
