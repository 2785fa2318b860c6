import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callSocket } from '../support/control.js';
import type { ScannerPort } from '../support/scanner-port.js';
import { TestShop, universal } from '../support/shop.js';
import type { TillPort } from '../support/till-port.js';
import { waitFor } from '../support/wait-for.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

linux('the control socket under bad callers', () => {
  let shop: TestShop;
  let scanner: ScannerPort;
  let till: TillPort;
  let count = 0;
  const open: Socket[] = [];

  const dial = (text: string): Socket => {
    const socket = connect(shop.socket, () => socket.write(text));
    socket.on('error', () => undefined);
    socket.resume();
    open.push(socket);
    return socket;
  };
  /** Goods still flow, and the daemon still answers. */
  const alive = async (): Promise<void> => {
    const code = `46${String((count += 1)).padStart(11, '0')}\r`;
    await scanner.send(code);
    await till.waitForText(code);
    expect((await shop.call('GET', '/hello')).status).toBe(200);
  };

  beforeAll(async () => {
    shop = new TestShop();
    scanner = await shop.scanner();
    await shop.run();
    till = shop.openTill();
  });
  afterAll(async () => {
    for (const socket of open) socket.destroy();
    await shop.close();
  });

  test.each([
    { name: 'malformed JSON', path: '/v1/scans', body: '{"code": ', status: 400, code: 'TB_API_BAD_REQUEST' },
    { name: 'no object', path: '/v1/scans', body: '[1]', status: 400, code: 'TB_API_BAD_REQUEST' },
    { name: 'unknown field', path: '/v1/scans', body: '{"code":"1","till":"front"}', status: 400, code: 'TB_API_BAD_REQUEST' },
    { name: 'code and hex', path: '/v1/scans', body: '{"code":"1","hex":"31"}', status: 400, code: 'TB_API_BAD_REQUEST' },
    { name: 'no code', path: '/v1/scans', body: '{}', status: 400, code: 'TB_SCAN_EMPTY' },
    { name: 'a number as code', path: '/v1/scans', body: '{"code":1}', status: 400, code: 'TB_API_BAD_REQUEST' },
    { name: 'bad hex', path: '/v1/scans', body: '{"hex":"zz"}', status: 400, code: 'TB_SCAN_BAD_HEX' },
    { name: 'unknown reader', path: '/v1/scans', body: '{"code":"1","reader":"nosuch"}', status: 404, code: 'TB_SCAN_UNKNOWN_READER' },
    { name: 'too long', path: '/v1/scans', body: JSON.stringify({ code: 'x'.repeat(9000) }), status: 400, code: 'TB_SCAN_TOO_LONG' },
    { name: '1 MB body', path: '/v1/scans', body: JSON.stringify({ code: 'x'.repeat(1_000_000) }), status: 400, code: 'TB_API_BAD_REQUEST' },
    { name: 'unknown till', path: '/v1/tills/nosuch/order', body: '{"state":"opened"}', status: 404, code: 'TB_TILL_UNKNOWN' },
    { name: 'a path outside', path: '/../../etc/passwd', body: '{}', status: 404, code: 'TB_API_NOT_FOUND' },
    { name: 'a broken escape', path: '/v1/tills/%zz/order', body: '{}', status: 404, code: 'TB_API_NOT_FOUND' },
    { name: 'a path that is no URL', path: '//', body: '{}', status: 404, code: 'TB_API_NOT_FOUND' },
    { name: 'deep nesting', path: '/v1/scans', body: `${'['.repeat(20_000)}${']'.repeat(20_000)}`, status: 400, code: 'TB_API_BAD_REQUEST' },
    { name: 'prototype keys', path: '/v1/scans', body: '{"__proto__":{"code":"1"},"constructor":1}', status: 400, code: 'TB_API_BAD_REQUEST' },
  ])('$name: $status $code', async ({ path, body, status, code }) => {
    const reply = await callSocket(shop.socket, 'POST', path, body);
    expect(reply).toMatchObject({ status, body: { error: { code, message: expect.any(String) as unknown, retryable: expect.any(Boolean) as unknown, details: {} } } });
    await alive();
  });

  test('GET changes nothing, other methods are not known', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) expect((await callSocket(shop.socket, method, '/v1/daemon/stop')).status).toBe(404);
    await alive();
  });

  test('errors come in the language asked for', async () => {
    const reply = await callSocket(shop.socket, 'POST', '/v1/scans', '{}', { 'accept-language': 'ru' });
    expect(reply.body).toMatchObject({ error: { message: 'код пуст' } });
  });

  test('what is no HTTP at all', async () => {
    for (const text of ['\u0000\u0001\u0002\r\n\r\n', 'GET\r\n\r\n', `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 'POST /v1/scans HTTP/1.1\r\ncontent-length: -5\r\n\r\n', '{"code":"1"}\n']) {
      const socket = dial(text);
      await waitFor('the hang-up', () => socket.destroyed, 10_000);
    }
    await alive();
  });

  test('slow callers are hung up on; meanwhile everything goes on', async () => {
    const slow = [...Array.from({ length: 20 }, () => dial('GET /hel')), ...Array.from({ length: 20 }, () => dial('POST /v1/scans HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"co')), dial('')];
    await alive();
    await waitFor('the slow ones to be hung up on', () => slow.every((socket) => socket.destroyed), 12_000);
    await alive();
  });

  test('callers that hang up in the middle of a request or of a wait', async () => {
    till.pause();
    const waiting = Array.from({ length: 5 }, (_, i) => {
      const body = JSON.stringify({ code: universal(100 + i) });
      return dial(`POST /v1/scans?wait=1 HTTP/1.1\r\nhost: x\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`);
    });
    const halves = Array.from({ length: 5 }, () => dial('POST /v1/scans HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"co'));
    await shop.partUntil('readers', 'counter', ({ counters }) => (counters['loyalty'] ?? 0) >= 5);
    for (const socket of [...waiting, ...halves]) socket.destroy();
    till.resume();
    await waitFor('five outcomes', async () => (await shop.scans()).length >= 5);
    await alive();
  });

  test('100 connections at once: those that are not served are told so by a hang-up, later ones are served', async () => {
    const idle = Array.from({ length: 150 }, () => dial(''));
    await alive().catch(() => undefined);
    for (const socket of idle) socket.destroy();
    await waitFor('an answer', async () => shop.call('GET', '/hello').then(({ status }) => status === 200, () => false));
    const replies = await Promise.all(Array.from({ length: 100 }, (_, i) => shop.call('POST', '/v1/scans', { code: `46${String(i)}` })));
    expect(replies.every(({ status }) => status === 202)).toBe(true);
    await alive();
  });
});
