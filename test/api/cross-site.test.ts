import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDaemon } from '../support/daemon.js';
import { ask, cardCode, codeOf, events, EVIL, LISTED, openShop, raw, type Ask } from './support.js';

// A web page can make the browser send requests to this machine; a name on the internet can be pointed at it. Both get nothing.
describe('requests that a web page can make', () => {
  let daemon: TestDaemon;
  let stop: () => Promise<void>;
  let token: string;
  let calls: readonly { readonly method: string; readonly path: string }[];

  beforeAll(async () => {
    ({ daemon, stop } = await openShop());
    token = await daemon.token('till', 'status:read,scan:read,scan:inject,delivery,till,receipt:write,goods:read');
    const { body } = await ask(daemon.url, '/openapi.json', { token });
    const paths = (body as { paths: Record<string, Record<string, unknown>> }).paths;
    calls = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'front') })));
  });
  afterAll(() => stop());

  const everywhere = async (asked: Ask): Promise<{ readonly statuses: ReadonlySet<number>; readonly texts: ReadonlySet<string>; readonly allowed: ReadonlySet<unknown> }> => {
    const answers = [];
    for (const { method, path } of [...calls, { method: 'GET', path: '/' }, { method: 'GET', path: '/nothing' }]) {
      answers.push(await ask(daemon.url, path, { method, ...asked, ...(method === 'POST' ? { body: asked.body ?? {} } : {}) }));
    }
    return {
      statuses: new Set(answers.map(({ status }) => status)),
      texts: new Set(answers.map(({ text }) => text)),
      allowed: new Set(answers.map(({ headers }) => headers['access-control-allow-origin'])),
    };
  };

  test('there are calls to try, and each works for whom it is meant', async () => {
    expect(calls.length).toBeGreaterThan(10);
    expect((await ask(daemon.url, '/v1/health', { token })).status).toBe(200);
    expect((await ask(daemon.url, '/v1/health', { token, headers: { origin: LISTED } })).headers['access-control-allow-origin']).toBe(LISTED);
  });

  test.each([
    ['a page of another origin', { origin: EVIL }],
    ['one that looks like the listed one', { origin: `${LISTED}.evil.example` }],
    ['a sandboxed one', { origin: 'null' }],
    ['one on another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a request without Origin of a foreign page', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['one of a sister site', { 'sec-fetch-site': 'same-site' }],
    ['a rebound name', { host: 'evil.example' }],
    ['a rebound name with our port', { host: 'evil.example:7843' }],
    ['the address in another form', { host: '2130706433' }],
    ['our address with another port', { host: '127.0.0.1:1' }],
  ] as const)('%s gets one and the same refusal from every call, even with a token', async (_, headers) => {
    for (const asked of [{ headers }, { headers, token }]) {
      const { statuses, texts, allowed } = await everywhere(asked);
      expect([...statuses]).toEqual([403]);
      expect([...allowed]).toEqual([undefined]);
      expect(texts.size).toBe(1);
      expect([...texts][0]).toContain('TB_API_REFUSED');
    }
  });

  test('the same with the right port behind the rebound name', async () => {
    const { port } = new URL(daemon.url);
    for (const host of [`evil.example:${port}`, `localhost.evil.example:${port}`, `127.0.0.1.nip.io:${port}`, `[::ffff:7f00:1]:${port}`]) {
      expect((await ask(daemon.url, '/v1/health', { token, headers: { host } })).status).toBe(403);
    }
    for (const host of [`localhost:${port}`, `[::1]:${port}`]) expect((await ask(daemon.url, '/v1/health', { token, headers: { host } })).status).toBe(200);
  });

  test('two Host headers, or none, are no way around', async () => {
    const { port, host } = new URL(daemon.url);
    const get = (...hosts: readonly string[]): Promise<string> =>
      raw(daemon.url, `GET /v1/health HTTP/1.1\r\n${hosts.map((name) => `Host: ${name}\r\n`).join('')}Authorization: Bearer ${token}\r\nConnection: close\r\n\r\n`);
    expect(await get(host)).toMatch(/^HTTP\/1\.1 200/);
    expect(await get(host, `evil.example:${port}`)).toMatch(/^HTTP\/1\.1 (400|403)/);
    expect(await get(`evil.example:${port}`, host)).toMatch(/^HTTP\/1\.1 (400|403)/);
    expect(await get()).toMatch(/^HTTP\/1\.1 (400|403)/);
    expect(await raw(daemon.url, `GET /v1/health HTTP/1.0\r\nAuthorization: Bearer ${token}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 (400|403)/);
    expect(await raw(daemon.url, `GET http://evil.example/v1/health HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${token}\r\n\r\n`, 30_000, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 (400|403)/);
  });

  test('a form post or a beacon, which need no preflight, changes nothing', async () => {
    const body = JSON.stringify({ code: cardCode(1), reader: 'counter' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      // as a program without a token, so that not only the Origin is in the way
      expect((await ask(daemon.url, '/v1/scans', { body, headers: { 'content-type': type } })).status).toBe(401);
      // and even with one such a body is not read
      expect((await ask(daemon.url, '/v1/scans', { body, token, headers: { 'content-type': type } })).status).toBe(400);
      expect((await ask(daemon.url, '/v1/scans', { body, headers: { 'content-type': type, origin: EVIL } })).status).toBe(403);
    }
    expect((await ask(daemon.url, '/v1/scans', { token })).body).toEqual({ scans: [] });
  });

  test('a preflight is answered to the listed page only', async () => {
    const preflight = (origin: string) =>
      ask(daemon.url, '/v1/scans', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type', 'access-control-request-private-network': 'true' },
      });
    const good = await preflight(LISTED);
    expect(good.status).toBe(204);
    expect(good.headers).toMatchObject({ 'access-control-allow-origin': LISTED, vary: expect.stringContaining('Origin') as string });
    const bad = await preflight(EVIL);
    expect(bad.status).toBe(403);
    expect(Object.keys(bad.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test('no answer lets every page in, can be framed, is guessed at, or kept', async () => {
    for (const asked of [{}, { token }, { headers: { origin: LISTED } }, { headers: { origin: EVIL } }]) {
      const { headers } = await ask(daemon.url, '/hello', asked);
      expect(headers['access-control-allow-origin']).not.toBe('*');
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'content-security-policy': expect.stringContaining("default-src 'none'") as string });
    }
  });

  test('a token in the address is none', async () => {
    for (const query of [`token=${token}`, `access_token=${token}`, `authorization=Bearer%20${token}`, `bearer=${token}`]) {
      expect((await ask(daemon.url, `/v1/health?${query}`)).status).toBe(401);
      await expect(events(daemon.url, '', `?${query}`)).rejects.toThrow('401');
    }
    expect((await ask(daemon.url.replace('//', `//user:${token}@`), '/v1/health')).status).toBe(401);
    expect((await ask(daemon.url, '/v1/health', { headers: { cookie: `token=${token}` } })).status).toBe(401);
  });

  test('a WebSocket is behind the same guards', async () => {
    expect((await events(daemon.url, token)).socket.protocol).toBe('tillbridge.v1');
    await (await events(daemon.url, token, '', { origin: LISTED })).next(({ type }) => type === 'hello');
    for (const headers of [{ origin: EVIL }, { origin: 'null' }, { host: 'evil.example' }, { 'sec-fetch-site': 'cross-site' }]) await expect(events(daemon.url, token, '', headers)).rejects.toThrow('403');
    await expect(events(daemon.url, 'tb_c0_x')).rejects.toThrow(/401|429/);
    const plain = await ask(daemon.url, '/v1/events', { token });
    expect(plain.status).toBeGreaterThanOrEqual(400);
    expect(plain.text).not.toContain('"seq"');
  });

  test('a WebSocket that names no subprotocol of ours gets none, and the token never comes back', async () => {
    const upgrade = (protocol: string): Promise<string> =>
      raw(daemon.url, `GET /v1/events HTTP/1.1\r\nHost: ${new URL(daemon.url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${protocol}\r\n`, 30_000, /\r\n\r\n/);
    const good = await upgrade(`Sec-WebSocket-Protocol: tillbridge.v1, bearer.${token}\r\n`);
    expect(good).toMatch(/^HTTP\/1\.1 101/);
    expect(good.toLowerCase()).toContain('sec-websocket-protocol: tillbridge.v1\r\n');
    expect(good).not.toContain(token);
    expect(await upgrade(`Sec-WebSocket-Protocol: bearer.${token}\r\n`)).not.toMatch(/^HTTP\/1\.1 101/);
    expect(await upgrade('')).toMatch(/^HTTP\/1\.1 401/);
  });

  test('refusals are counted by reason and by nothing else', async () => {
    const { text } = await ask(daemon.url, '/metrics', { token });
    const lines = text.split('\n').filter((line) => line.startsWith('tillbridge_api_refusals_total'));
    expect(lines.map((line) => /reason="(\w+)"\} (\d+)$/.exec(line)?.[1]).sort()).toEqual(expect.arrayContaining(['crossSite', 'host', 'origin', 'token']) as string[]);
    for (const line of lines) expect(line).toMatch(/^tillbridge_api_refusals_total\{reason="\w+"\} \d+$/);
    expect(text).not.toContain('evil');
  });

  test('a daemon that pages tried to reach is a healthy one, and logs none of their tokens', async () => {
    expect(codeOf(await ask(daemon.url, '/v1/health'))).toBe('TB_API_UNAUTHORIZED');
    expect((await ask(daemon.url, '/v1/health', { token })).status).toBe(200);
    expect(daemon.child.stderr() + daemon.child.stdout()).not.toContain(token);
  });
});
