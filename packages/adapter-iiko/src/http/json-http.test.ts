import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@tillbridge/core';
import { afterEach, describe, expect, it } from 'vitest';
import { JsonHttp, MAX_ANSWER, type HttpAnswer } from './index.js';

describe('JSON over HTTP', () => {
  let server: Server | undefined;
  let http: JsonHttp | undefined;
  const never = new AbortController().signal;

  afterEach(() => {
    http?.close();
    server?.closeAllConnections();
    server?.close();
  });

  const ask = async (listener: RequestListener, signal = never, timeoutMs = 20_000): Promise<HttpAnswer> => {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    http = new JsonHttp(systemClock);
    const url = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x`);
    return http.send({ method: 'POST', url, body: { a: 'ё' }, timeoutMs }, signal);
  };
  const says = (status: number, body: string, type = 'application/json', more = {}): RequestListener => (request, response) => {
    request.resume().on('end', () => response.writeHead(status, { ...(type === '' ? {} : { 'content-type': type }), ...more }).end(body));
  };

  it('posts one document with its length', async () => {
    let got = '';
    let length: string | undefined;
    const answer = await ask((request, response) => {
      length = request.headers['content-length'];
      request.setEncoding('utf8').on('data', (chunk: string) => (got += chunk)).on('end', () => response.setHeader('content-type', 'application/json').end('{"b":1}'));
    });
    expect(answer).toEqual({ answered: true, status: 200, body: { b: 1 } });
    expect([got, length]).toEqual(['{"a":"ё"}', '10']);
  });

  it.each([
    ['a web page', says(200, '<html>', 'text/html; charset=utf-8'), 'contentType'],
    ['broken JSON', says(200, '{"a":'), 'json'],
    ['a redirect', says(302, '', 'text/html', { location: 'http://127.0.0.1:1/' }), 'HTTP 302'],
    ['too much', says(200, `"${'x'.repeat(MAX_ANSWER)}"`), 'tooLong'],
    ['ten megabytes', says(200, `"${'x'.repeat(10_000_000)}"`), 'tooLong'],
  ])('%s is no answer', async (_name, listener, detail) => {
    expect(await ask(listener)).toEqual({ answered: false, problem: 'badAnswer', sent: true, detail });
  });

  it.each([
    ['a proxy that failed', says(502, '<html>', 'text/html'), { answered: true, status: 502, body: undefined }],
    ['a refusal with its JSON', says(400, '{"error":"x"}'), { answered: true, status: 400, body: { error: 'x' } }],
    ['a refusal with half a JSON', says(500, '{"err'), { answered: true, status: 500, body: undefined }],
    ['a limit', says(429, '', 'text/plain', { 'retry-after': '7' }), { answered: true, status: 429, body: undefined, retryAfterMs: 7000 }],
    ['a limit with a date', says(429, '', '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }), { answered: true, status: 429, body: undefined }],
    ['nothing', says(204, ''), { answered: true, status: 204, body: undefined }],
    ['a quoted token as plain text', says(200, '"t"', 'text/plain'), { answered: true, status: 200, body: 't' }],
    ['a byte order mark', says(200, '\uFEFF{}'), { answered: true, status: 200, body: {} }],
  ])('%s is what it is', async (_name, listener, expected) => {
    expect(await ask(listener)).toEqual(expected);
  });

  it('knows that a lost connection may have carried the request', async () => {
    expect(await ask((request) => request.socket.destroy())).toMatchObject({ answered: false, problem: 'connectionLost', sent: true });
  });

  it('knows that nobody listens, and that nothing has left', async () => {
    http = new JsonHttp(systemClock);
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const answer = await http.send({ method: 'POST', url: new URL(`http://127.0.0.1:${String(port)}/`), body: {}, timeoutMs: 20_000 }, never);
    expect(answer).toMatchObject({ answered: false, problem: 'refused', sent: false });
  });

  it('ends at its budget, and when it is told to', async () => {
    expect(await ask(() => undefined, never, 50)).toMatchObject({ answered: false, problem: 'timeout', sent: true });
    const stop = new AbortController();
    const stopped = await ask(() => stop.abort(), stop.signal);
    expect(stopped).toMatchObject({ answered: false, problem: 'aborted', sent: true });
    expect(await ask(says(200, '{}'), AbortSignal.abort())).toEqual({ answered: false, problem: 'aborted', sent: false });
  });

  it('is cut short by close, and asks nothing any more', async () => {
    const answer = ask((request) => void request.resume().on('end', () => http?.close()));
    expect(await answer).toMatchObject({ answered: false, problem: 'aborted', sent: true });
    expect(await http?.send({ method: 'GET', url: new URL('http://127.0.0.1:1/'), timeoutMs: 1000 }, never)).toMatchObject({ problem: 'aborted', sent: false });
  });
});
