import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { silentLog, systemClock, type Clock } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCall, ok, type Call } from '../control/http.js';
import type { Scope } from '../control/scope.js';
import { EventHub } from '../events/index.js';
import type { ClientRegistry } from './clients/index.js';
import { testRegistry } from './clients/test-support.js';
import type { ConsoleFile } from './console/index.js';
import type { RefusalReason } from './guards/index.js';
import { startApiServer, type ApiServer } from './server.js';
import { EventSockets } from './websocket.js';

const PAGE = 'https://till.example';
const answers = { 200: z.unknown() };
const FILES: readonly ConsoleFile[] = [
  { path: '/', type: 'text/html; charset=utf-8', plain: Buffer.from('<p>page'), gzip: undefined, tag: 'P', hashed: false },
  { path: '/assets/a-1.js', type: 'text/javascript; charset=utf-8', plain: Buffer.from('1'), gzip: undefined, tag: 'A', hashed: true },
];
let consoleOn: boolean;
/** Calls of /v1/wait that are under way. */
let waiting = 0;
const CALLS: readonly Call[] = [
  defineCall({ method: 'GET', path: '/hello', summary: '', access: 'public', answers, handler: ({ caller }) => ok({ caller: caller.kind }) }),
  defineCall({ method: 'GET', path: '/v1/health', summary: '', access: 'status:read', answers, handler: ({ caller }) => ok({ caller }) }),
  defineCall({ method: 'GET', path: '/v1/own', summary: '', access: 'client', answers, handler: () => ok({}) }),
  defineCall({ method: 'POST', path: '/v1/tills/:id/order', summary: '', access: ({ id = '' }) => `till:${id}`, answers, handler: ({ params }) => ok(params) }),
  defineCall({
    method: 'POST', path: '/v1/echo', summary: '', access: 'scan:inject', body: z.strictObject({ text: z.string() }),
    query: z.strictObject({ n: z.string().optional() }), answers, handler: ({ body, query }) => ok({ body, query }),
  }),
  defineCall({ method: 'POST', path: '/v1/crash', summary: '', access: 'public', answers, handler: () => { throw new Error('secret detail'); } }),
  defineCall({
    method: 'GET', path: '/v1/wait', summary: '', access: 'client', answers,
    handler: ({ signal }) => {
      waiting += 1;
      return new Promise((resolve) => signal.addEventListener('abort', () => {
        waiting -= 1;
        resolve(ok('hung up'));
      }));
    },
  }),
  defineCall({ method: 'POST', path: '/v1/daemon/stop', summary: '', access: 'control', answers, handler: () => ok('stopped') }),
];

let server: ApiServer;
let registry: ClientRegistry;
let refused: RefusalReason[];
let port: number;
/** Set: no time passes for what counts requests by time, however slow the machine is. */
let now: number | undefined;
const clock: Clock = { ...systemClock, mono: () => now ?? systemClock.mono() };
const open: Socket[] = [];

beforeEach(async () => {
  ({ registry } = testRegistry(systemClock));
  refused = [];
  consoleOn = true;
  const hub = new EventHub({ clock: systemClock, log: silentLog, version: '0' });
  const sockets = new EventSockets({ hub, clock: systemClock });
  server = await startApiServer({
    host: '127.0.0.1', port: 0, origins: () => [PAGE], calls: CALLS, clients: registry, sockets, console: { files: FILES, on: () => consoleOn },
    refused: (reason) => refused.push(reason), clock, turn: (go) => systemClock.afterInput(go), log: silentLog,
  });
  port = Number(new URL(server.url).port);
});
afterEach(async () => {
  now = undefined;
  for (const socket of open.splice(0)) socket.destroy();
  await server.close();
});

const tokenFor = async (...scopes: Scope[]): Promise<string> => (await registry.pair(registry.offer('test', scopes).code)).token.reveal();

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { error?: { code: string; message: string; details: Record<string, unknown> } } & Record<string, unknown>;
}

interface Ask {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Keeps its connection; default a new one each time. */
  readonly agent?: Agent;
}

function ask(path: string, { method = 'GET', token, headers = {}, body, agent }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, method, agent: agent ?? false, headers: { ...json, ...bearer, ...headers } }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const parsed = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parsed });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends bytes as they are and gives everything that comes back until the end. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    open.push(socket);
    let got = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (got += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(got));
  });
}

const until = async (true_: () => boolean): Promise<void> => {
  for (const end = systemClock.mono() + 5000; !true_(); ) {
    if (systemClock.mono() > end) throw new Error('it did not happen within 5 s');
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe('who gets in', () => {
  it('answers public calls to anybody of this machine', async () => {
    expect(await ask('/hello')).toMatchObject({ status: 200, body: { caller: 'public' } });
    // a token that is not asked for is not looked at
    expect(await ask('/hello', { token: 'rubbish' })).toMatchObject({ status: 200 });
    expect(refused).toEqual([]);
  });

  it.each([
    ['another host', { host: 'evil.example' }, 'host'],
    ['another port of ours', { host: '127.0.0.1:1' }, 'host'],
    ['a page that is not listed', { origin: 'https://evil.example' }, 'origin'],
    ['a page of our own port', { origin: 'http://127.0.0.1' }, 'origin'],
    ['a page without a name', { origin: 'null' }, 'origin'],
    ['a page that sends no origin', { 'sec-fetch-site': 'cross-site' }, 'crossSite'],
  ])('refuses %s without detail, whatever is asked', async (_, headers, reason) => {
    const token = await tokenFor('status:read');
    for (const path of ['/hello', '/v1/health', '/v1/nothing']) {
      const answer = await ask(path, { token, headers });
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'TB_API_REFUSED', message: 'refused' } } });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(refused).toEqual([reason, reason, reason]);
  });

  it('refuses two Host headers, and none', async () => {
    const two = `GET /hello HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await raw(two)).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(await raw('GET /hello HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await raw(`GET http://evil.example/hello HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('asks for a token, and for the right one', async () => {
    expect(await ask('/v1/health')).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' }, body: { error: { code: 'TB_API_UNAUTHORIZED' } } });
    expect(await ask('/v1/own')).toMatchObject({ status: 401 });
    expect(await ask('/v1/health', { token: 'wrong' })).toMatchObject({ status: 401 });
    const token = await tokenFor('status:read');
    expect(await ask('/v1/health', { token })).toMatchObject({ status: 200, body: { caller: { kind: 'client', name: 'test', scopes: ['status:read'] } } });
    expect(await ask('/v1/own', { token })).toMatchObject({ status: 200 });
    expect(await ask(`/v1/health?token=${token}`)).toMatchObject({ status: 401 });
    expect(await ask(`/v1/health?token=${token}`, { token })).toMatchObject({ status: 400 });
    expect(refused).toEqual(['token', 'token', 'token', 'token']);
  });

  it('asks for the scope, that of the till where it is about one', async () => {
    const token = await tokenFor('till:front', 'scan:read');
    expect(await ask('/v1/health', { token })).toMatchObject({ status: 403, body: { error: { code: 'TB_API_SCOPE', details: { scope: 'status:read' } } } });
    expect(await ask('/v1/tills/front/order', { method: 'POST', token })).toMatchObject({ status: 200, body: { id: 'front' } });
    expect(await ask('/v1/tills/bar/order', { method: 'POST', token })).toMatchObject({ status: 403 });
    expect(refused).toEqual(['scope', 'scope']);
  });

  it('does not know what is for the control socket alone', async () => {
    const token = await tokenFor('status:read', 'scan:inject');
    expect(await ask('/v1/daemon/stop', { method: 'POST', token })).toMatchObject({ status: 404, body: { error: { code: 'TB_API_NOT_FOUND' } } });
  });

  it.each(['//', '///', '//[', '/\\'])('%s, of which no address can be made, is not found like any other', async (path) => {
    const token = await tokenFor('status:read');
    expect(await ask(path, { token })).toMatchObject({ status: 404, body: { error: { code: 'TB_API_NOT_FOUND' } } });
  });

  it('locks after five wrong tokens, with the time to wait', async () => {
    for (let i = 0; i < 5; i += 1) expect(await ask('/v1/own', { token: `wrong${i}` })).toMatchObject({ status: 401 });
    const locked = await ask('/v1/own', { token: 'wrong' });
    expect(locked).toMatchObject({ status: 429, headers: { 'retry-after': '30' }, body: { error: { code: 'TB_API_LOCKED' } } });
    // no token at all is no attempt
    expect(await ask('/v1/own')).toMatchObject({ status: 401 });
    expect(refused.filter((reason) => reason === 'locked')).toHaveLength(1);
  });

  it('ends a client with its revocation', async () => {
    const token = await tokenFor('status:read');
    expect(await ask('/v1/health', { token })).toMatchObject({ status: 200 });
    await registry.revoke(registry.list()[0]?.id ?? '');
    expect(await ask('/v1/health', { token })).toMatchObject({ status: 401 });
  });
});

describe('limits', () => {
  it('refuses what is too long by its own word, and what turns out to be', async () => {
    const token = await tokenFor('scan:inject');
    const body = JSON.stringify({ text: 'x'.repeat(70_000) });
    expect(await ask('/v1/echo', { method: 'POST', token, body })).toMatchObject({ status: 413, body: { error: { code: 'TB_API_TOO_LARGE' } } });
    const chunked = await ask('/v1/echo', { method: 'POST', token, body, headers: { 'transfer-encoding': 'chunked' } });
    expect(chunked).toMatchObject({ status: 413, body: { error: { code: 'TB_API_TOO_LARGE' } } });
    // also where no body is read at all
    expect(await ask('/hello', { headers: { 'content-length': '70000' } })).toMatchObject({ status: 413 });
    expect(refused).toEqual(['size', 'size', 'size']);
    const most = JSON.stringify({ text: 'x'.repeat(64 * 1024 - 11) });
    expect(await ask('/v1/echo', { method: 'POST', token, body: most })).toMatchObject({ status: 200 });
  });

  it('slows down a client, not the others, and says when to come back', async () => {
    const [fast, other] = [await tokenFor('status:read'), await tokenFor('status:read')];
    now = systemClock.mono();
    const statuses = (await Promise.all(Array.from({ length: 160 }, () => ask('/v1/health', { token: fast })))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(100);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(await ask('/v1/health', { token: other })).toMatchObject({ status: 200 });
    expect(refused).toContain('rate');
  });

  it('slows down who has no token', async () => {
    now = systemClock.mono();
    const found = (await Promise.all(Array.from({ length: 30 }, () => ask('/hello')))).filter(({ status }) => status === 429);
    expect(found.length).toBeGreaterThan(10);
    expect(found[0]).toMatchObject({ headers: { 'retry-after': '1' }, body: { error: { code: 'TB_API_RATE' } } });
  });
});

describe('requests and answers', () => {
  it('reads JSON and nothing else', async () => {
    const token = await tokenFor('scan:inject');
    const post = (body: string, headers: Record<string, string> = {}, path = '/v1/echo') => ask(path, { method: 'POST', token, body, headers });
    expect(await post('{"text":"a"}', {}, '/v1/echo?n=1')).toMatchObject({ status: 200, body: { body: { text: 'a' }, query: { n: '1' } } });
    for (const bad of ['{"text":', '[]', '"x"', 'null', '{"text":1}', '{"text":"a","more":1}', '{"__proto__":{"text":"a"}}', '']) {
      expect(await post(bad)).toMatchObject({ status: 400, body: { error: { code: 'TB_API_BAD_REQUEST' } } });
    }
    expect(await post('text=a', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({ status: 400 });
    expect(await post('{"text":"a"}', { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
    expect(await post('{"text":"a"}', {}, '/v1/echo?n=1&n=2')).toMatchObject({ status: 400 });
    expect(await post('{"text":"a"}', {}, '/v1/echo?x=1')).toMatchObject({ status: 400 });
  });

  it('says nothing of an error that is not ours', async () => {
    const answer = await ask('/v1/crash', { method: 'POST' });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'TB_API_INTERNAL' } } });
    expect(answer.text).not.toContain('secret detail');
  });

  it('hardens every answer', async () => {
    const hardened = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", vary: 'Origin' };
    for (const path of ['/hello', '/v1/health', '/nothing']) expect((await ask(path)).headers).toMatchObject(hardened);
    expect((await ask('/hello', { headers: { host: 'x' } })).headers).toMatchObject(hardened);
  });

  it('changes nothing by GET, and knows no other methods', async () => {
    const token = await tokenFor('scan:inject');
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD']) expect(await ask('/v1/echo', { method, token })).toMatchObject({ status: 404 });
    expect(await ask('/hello', { method: 'HEAD' })).toMatchObject({ status: 404 });
  });

  it('lets listed pages read answers and ask before they send, by their own name', async () => {
    const headers = { origin: PAGE, 'sec-fetch-site': 'cross-site' };
    const hello = await ask('/hello', { headers });
    expect(hello).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': PAGE, vary: 'Origin' } });
    expect(hello.headers['access-control-allow-credentials']).toBeUndefined();
    expect(await ask('/v1/own', { headers })).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': PAGE } });
    const asked = await ask('/v1/own', { method: 'OPTIONS', headers: { ...headers, 'access-control-request-method': 'POST', 'access-control-request-private-network': 'true' } });
    expect(asked).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': PAGE, 'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type', 'access-control-allow-private-network': 'true',
      },
    });
    expect(await ask('/v1/own', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403 });
  });

  it('tells a call when its caller hangs up', async () => {
    const token = await tokenFor('status:read');
    const socket = connect(port, '127.0.0.1');
    open.push(socket);
    socket.write(`GET /v1/wait HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    await until(() => waiting === 1);
    socket.destroy();
    await until(() => waiting === 0);
  });
});

describe('connections', () => {
  it('does not let strangers crowd out a paired client', async () => {
    const token = await tokenFor('status:read');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await ask('/v1/health', { token, agent })).toMatchObject({ status: 200 });
    const kept = Object.values(agent.freeSockets)[0]?.[0];
    const closed: number[] = [];
    for (let i = 0; i < 200; i += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined).on('close', () => closed.push(i));
      open.push(socket);
    }
    await until(() => closed.length >= 72);
    expect(await ask('/v1/health', { token })).toMatchObject({ status: 200 });
    expect(refused.filter((reason) => reason === 'connections').length).toBeGreaterThanOrEqual(72);
    expect(kept).toMatchObject({ destroyed: false });
    expect(await ask('/v1/health', { token, agent })).toMatchObject({ status: 200 });
    agent.destroy();
  });

  it('says which port another program has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const busy = (other.address() as AddressInfo).port;
    const options = { host: '127.0.0.1', origins: () => [], calls: CALLS, clients: registry, refused: () => undefined, clock: systemClock, turn: (go: () => void) => systemClock.afterInput(go), log: silentLog };
    const sockets = new EventSockets({ hub: new EventHub({ clock: systemClock, log: silentLog, version: '0' }), clock: systemClock });
    await expect(startApiServer({ ...options, sockets, port: busy })).rejects.toMatchObject({ code: 'TB_API_PORT_BUSY', params: { address: `127.0.0.1:${busy}` } });
    other.close();
  });

  it('closes within a second, whatever is open', async () => {
    const token = await tokenFor('status:read');
    const half = connect(port, '127.0.0.1');
    const asking = connect(port, '127.0.0.1');
    open.push(half, asking);
    for (const socket of [half, asking]) socket.on('error', () => undefined);
    half.write('GET /hello HT');
    asking.write(`GET /v1/wait HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    await until(() => waiting === 1);
    const begun = systemClock.mono();
    await server.close();
    expect(systemClock.mono() - begun).toBeLessThan(1000);
  });
});

describe('the console', () => {
  it('is at the root for anybody on this machine, with its own policy and without a token', async () => {
    const { status, text, headers } = await ask('/');
    expect({ status, text }).toEqual({ status: 200, text: '<p>page' });
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' });
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
    expect((await ask('/', { headers: { 'if-none-match': '"P"' } })).status).toBe(304);
  });

  it.each(['/assets/../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/assets/a-1.js/', '/assets/', '/assets/a-1.js.gz', '/index.html', '/assets/a-1.js%00', '//assets/a-1.js', '/assets\\a-1.js'])('%s is none of its files', async (path) => {
    expect((await ask(path)).status).not.toBe(200);
  });

  it('is read, not written', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD']) expect((await ask('/', { method })).status).toBe(404);
  });

  it('is handed to no other page', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { host: 'rebound.example' }]) expect((await ask('/', { headers })).status).toBe(403);
    expect(refused).toEqual(['origin', 'crossSite', 'host']);
  });

  it('has room for a dozen browsers at once, and an end', async () => {
    now = 1;
    for (let i = 0; i < 250; i += 1) expect((await ask('/assets/a-1.js')).status).toBe(200);
    expect((await ask('/assets/a-1.js')).status).toBe(429);
    // who pairs has his own share
    expect((await ask('/hello')).status).toBe(200);
  });

  it('may call the listener that it came from, and no other page may for that', async () => {
    const token = await tokenFor('scan:inject');
    const call = (origin: string, host = `127.0.0.1:${port}`) => ask('/v1/echo', { method: 'POST', token, body: '{"text":"x"}', headers: { origin, host } });
    expect((await call(`http://127.0.0.1:${port}`)).status).toBe(200);
    expect((await call(`http://localhost:${port}`, `localhost:${port}`)).status).toBe(200);
    const others = [`http://localhost:${port}`, `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`, `http://127.0.0.1:${port}.evil.example`, 'null', `http://127.0.0.1:${port}/`, 'http://127.0.0.1'];
    for (const origin of others) expect((await call(origin)).status, origin).toBe(403);
    expect((await call(`http://evil.example:${port}`, `evil.example:${port}`)).status).toBe(403);
  });

  it('switched off is not there, and its origin is as strange as any', async () => {
    consoleOn = false;
    expect((await ask('/')).body.error?.code).toBe('TB_API_NOT_FOUND');
    const token = await tokenFor('scan:inject');
    expect((await ask('/v1/echo', { method: 'POST', token, body: '{"text":"x"}', headers: { origin: `http://127.0.0.1:${port}` } })).status).toBe(403);
  });
});
