import { Agent } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestDaemon } from '../support/daemon.js';
import { ask, cardCode, codeOf, events, openShop, raw, type Answer } from './support.js';

/** The head of an answer has come: whether the other side hangs up then is another question. */
const HEAD = /\r\n\r\n/;

describe('what no client of ours sends', () => {
  let daemon: TestDaemon;
  let stop: () => Promise<void>;
  let token: string;
  let other: string;
  beforeAll(async () => {
    ({ daemon, stop } = await openShop());
    other = await daemon.token('other', 'status:read,scan:read,goods:read');
    token = await daemon.token('till', 'status:read,scan:read,scan:inject,delivery,till,receipt:write');
  });
  afterAll(() => stop());
  // whatever it was, the daemon goes on
  afterEach(async () => expect((await ask(daemon.url, '/v1/health', { token: other })).status).toBe(200));

  const post = (path: string, body: unknown, type = 'application/json'): Promise<Answer> => ask(daemon.url, path, { token, body, headers: { 'content-type': type } });
  const host = (): string => `Host: ${new URL(daemon.url).host}\r\nAuthorization: Bearer ${token}\r\n`;

  test.each([
    ['half a document', '{"code":'],
    ['nothing that JSON knows', 'code=1'],
    ['a byte-order mark', '\ufeff{"code":"1"}'],
    ['a number', '1'],
    ['a text', '"code"'],
    ['null', 'null'],
    ['a list', '[{"code":"1"}]'],
    ['NaN', '{"code":NaN}'],
    ['an unknown key', '{"code":"1","till":"front"}'],
    ['another type', '{"code":1}'],
    ['a prototype', '{"code":"1","__proto__":{"admin":true}}'],
    ['a constructor', '{"code":"1","constructor":{"prototype":{"admin":true}}}'],
    ['a depth of 20,000', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['both forms of a code', '{"code":"1","hex":"31"}'],
    ['odd hexadecimal', '{"hex":"313"}'],
    ['an empty code', '{"code":""}'],
    ['a code of 9,000 bytes', JSON.stringify({ code: 'x'.repeat(9000) })],
    ['an unknown reader', '{"code":"1","reader":"nobody"}'],
    ['an unknown kind', '{"code":"1","kind":"gift"}'],
  ])('a scan of %s', async (_, body) => {
    const answer = await post('/v1/scans', body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(codeOf(answer)).toMatch(/^TB_(API|SCAN)_/);
    expect(answer.text).not.toMatch(/node_modules|at \w+ \(|\.ts:|\.js:/);
  });

  test.each([
    ['since=x', 'since=-1', 'since=1&since=2', 'limit=0', 'limit=1001', 'limit=1e3', 'limit=', 'what=1', '__proto__=1', 'outcome=great', 'since=99999999999999999999'],
  ])('queries of all sorts', async (...queries) => {
    for (const query of queries) expect([query, (await ask(daemon.url, `/v1/scans?${query}`, { token })).status]).toEqual([query, 400]);
  });

  test('paths of all sorts', async () => {
    for (const path of ['/v1/tills/%ff/order', '/v1/tills/%00/order', '/v1/../v1/health', '//evil.example/v1/health', '/v1/tills/' + 'a'.repeat(300) + '/order', '/%2e%2e/%2e%2e/etc/passwd', '/v1/scans%0d%0aX:%20y']) {
      const answer = await ask(daemon.url, path, { token });
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      expect(answer.headers['x']).toBeUndefined();
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'HEAD', 'PROPFIND']) {
      const answer = await ask(daemon.url, '/v1/scans', { token, method });
      expect([method, answer.status >= 400 && answer.status < 500]).toEqual([method, true]);
    }
  });

  test('a body that is too long, by its word or by its deed', async () => {
    expect([(await post('/v1/scans', 'x'.repeat(65_537))).status]).toEqual([413]);
    const receipt = { receiptId: 'r'.repeat(70_000) };
    expect((await post('/v1/receipts', receipt)).status).toBe(413);
    // chunked: it names no length
    const chunk = 'x'.repeat(16_000);
    const chunked = `POST /v1/scans HTTP/1.1\r\n${host()}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${`${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(8)}0\r\n\r\n`;
    expect(await raw(daemon.url, chunked, 30_000, HEAD)).toMatch(/^HTTP\/1\.1 413/);
    expect(await raw(daemon.url, `POST /v1/scans HTTP/1.1\r\n${host()}Content-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n{`, 30_000, HEAD)).toMatch(/^HTTP\/1\.1 413/);
  });

  test('headers that are too long or too many, and what is no HTTP', async () => {
    const lines = [
      `GET /v1/health HTTP/1.1\r\n${host()}X: ${'x'.repeat(20_000)}\r\n\r\n`,
      `GET /v1/health HTTP/1.1\r\n${host()}${Array.from({ length: 3000 }, (_, i) => `X${i}: 1\r\n`).join('')}\r\n`,
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host()}\r\n`,
      `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${'\0'.repeat(200)}`,
      'EHLO till\r\n',
      `GET /v1/health HTTP/9.9\r\n${host()}\r\n`,
      '\r\n'.repeat(2000),
      `POST /v1/scans HTTP/1.1\r\n${host()}Content-Type: application/json\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\n{}\r\n\r\n`,
      // smuggling: two opinions about where the body ends
      `POST /v1/scans HTTP/1.1\r\n${host()}Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5c\r\nGET /v1/daemon HTTP/1.1\r\n\r\n0\r\n\r\n`,
      `POST /v1/scans HTTP/1.1\r\n${host()}Content-Type: application/json\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    ];
    for (const line of lines) {
      const answer = await raw(daemon.url, line, 2500);
      expect([line.slice(0, 30), answer === '' || /^HTTP\/1\.1 4\d\d/.test(answer)]).toEqual([line.slice(0, 30), true]);
      expect(answer).not.toContain('HTTP/1.1 2');
    }
  });

  test('frames over a WebSocket: too large, too many, binary, broken', async () => {
    const large = await events(daemon.url, token);
    large.socket.send('x'.repeat(70_000));
    expect(await large.closed).toBe(1009);
    const many = await events(daemon.url, token);
    for (let i = 0; i < 5000 && many.socket.readyState === many.socket.OPEN; i += 1) many.socket.send('{"type":"claim"}');
    expect(await many.closed).toBe(4003);
    const binary = await events(daemon.url, token);
    binary.socket.send(Buffer.alloc(1000, 255));
    binary.socket.ping();
    await new Promise((resolve) => binary.socket.once('pong', resolve));
    expect(binary.socket.readyState).toBe(binary.socket.OPEN);
    const upgrade = `GET /v1/events HTTP/1.1\r\n${host()}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    // a frame that is not masked, one of a reserved kind, a length that cannot be
    for (const frame of ['\x81\x02hi', '\x8f\x80\0\0\0\0', '\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0']) {
      const start = performance.now();
      expect(await raw(daemon.url, upgrade + frame, 30_000)).toMatch(/^HTTP\/1\.1 101/);
      expect(performance.now() - start).toBeLessThan(25_000);
    }
    for (const bad of [upgrade.replace('13', '12'), upgrade.replace(/Sec-WebSocket-Key.*\r\n/, ''), upgrade.replace('/v1/events', '/v1/events?since=x'), upgrade.replace('/v1/events', '/v1/health')]) {
      expect(await raw(daemon.url, bad, 30_000, HEAD)).toMatch(/^HTTP\/1\.1 4\d\d/);
    }
  });

  test('a thousand scans at once lose nobody else his answer', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    const scan = (i: number) => ask(daemon.url, '/v1/scans', { token, agent, body: { code: cardCode(i), reader: 'bar' } });
    const flood = Array.from({ length: 1000 }, (_, i) => scan(i));
    const health = await Promise.all(Array.from({ length: 20 }, () => ask(daemon.url, '/v1/health', { token: other })));
    expect(new Set(health.map(({ status }) => status))).toEqual(new Set([200]));
    const answers = await Promise.all(flood);
    agent.destroy();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });
});
