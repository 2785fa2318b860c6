import { existsSync, statSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, TillbridgeError, type LogFields } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callDaemon, errorOf } from './client.js';
import { defineCall, ok, type Call } from './http.js';
import { z } from 'zod';
import { startControlServer, type ControlServer } from './server.js';

describe.runIf(process.platform !== 'win32')('control server', () => {
  let folder: string;
  let path: string;
  let server: ControlServer;
  let release: () => void;
  let aborted: Promise<void>;
  let sayAborted: () => void;
  const clock = new VirtualClock();
  const logged: LogFields[] = [];
  const log = { ...silentLog, error: (_: string, fields: LogFields = {}) => void logged.push(fields) };

  const common = { summary: '', access: 'control', answers: {} } as const;
  const calls = (): Call[] => {
    const held = new Promise<void>((resolve) => (release = resolve));
    aborted = new Promise((resolve) => (sayAborted = resolve));
    return [
      defineCall({ ...common, method: 'POST', path: '/echo', body: z.unknown(), handler: ({ body, language }) => ok({ body, language }) }),
      defineCall({ ...common, method: 'GET', path: '/refuse', handler: () => Promise.reject(new TillbridgeError('TB_SCAN_BUSY')) }),
      defineCall({ ...common, method: 'GET', path: '/break', handler: () => Promise.reject(new Error('inside 9812345678901234')) }),
      defineCall({
        ...common,
        method: 'GET',
        path: '/wait',
        handler: async ({ signal }) => {
          signal.addEventListener('abort', sayAborted, { once: true });
          await held;
          return ok({ waited: true });
        },
      }),
    ];
  };
  const call = (method: 'GET' | 'POST', where: string, body?: unknown) => callDaemon(path, folder, { method, path: where, timeoutMs: 5000, language: 'en', ...(body === undefined ? {} : { body }) });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tillbridge-control-'));
    path = join(folder, 'control.sock');
    // what a daemon that died left behind
    writeFileSync(path, '');
    logged.length = 0;
    server = await startControlServer({ path, calls: calls(), clock, log });
  });
  afterEach(async () => {
    release();
    const closed = server.close();
    await clock.advance(1000);
    await closed;
    rmSync(folder, { recursive: true, force: true });
  });

  test('only its owner may open it', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('answers JSON with JSON, in the language of the caller', async () => {
    expect(await call('POST', '/echo', { a: 'ж' })).toEqual({ status: 200, body: { body: { a: 'ж' }, language: 'en' } });
    expect(await call('POST', '/echo')).toEqual({ status: 200, body: { body: {}, language: 'en' } });
  });

  test('errors: ours with their code, others without their text, and logged', async () => {
    expect(errorOf(await call('GET', '/refuse'))).toMatchObject({ code: 'TB_SCAN_BUSY' });
    expect(logged).toEqual([]);
    const broken = await call('GET', '/break');
    expect(broken.status).toBe(500);
    expect(JSON.stringify(broken)).not.toContain('9812345678901234');
    expect(logged).toHaveLength(1);
    expect(errorOf(await call('GET', '/nowhere'))).toMatchObject({ code: 'TB_API_NOT_FOUND' });
  });

  test('a body of 64 KiB is taken, a longer one refused with an answer', async () => {
    const json = (length: number): string => 'x'.repeat(length - 2);
    expect((await call('POST', '/echo', json(65_536))).status).toBe(200);
    expect(errorOf(await call('POST', '/echo', json(65_537)))).toMatchObject({ code: 'TB_API_BAD_REQUEST' });
    expect(errorOf(await call('POST', '/echo', json(3_000_000)))).toMatchObject({ code: 'TB_API_BAD_REQUEST' });
  });

  test('a caller that sends nothing, or half a request, is hung up on after 5 s; one that waits for its answer is not', async () => {
    const idle = connect(path);
    const half = connect(path, () => half.write('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{'));
    const gone = Promise.all([idle, half].map((socket) => new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve).resume())));
    const waiting = call('GET', '/wait');
    // the other calls are in by the time this one is answered
    expect((await call('POST', '/echo')).status).toBe(200);
    await clock.advance(5000);
    await gone;
    release();
    expect((await waiting).status).toBe(200);
  });

  test('a caller that hangs up is told to the handler', async () => {
    const socket = connect(path, () => socket.write('GET /wait HTTP/1.1\r\nhost: x\r\n\r\n', () => undefined));
    const echo = await call('POST', '/echo');
    expect(echo.status).toBe(200);
    socket.destroy();
    await aborted;
  });

  test('stopListening: no new callers, answers under way still go out; close hangs up on the rest', async () => {
    const waiting = call('GET', '/wait');
    expect((await call('POST', '/echo')).status).toBe(200);
    server.stopListening();
    await expect(call('POST', '/echo')).rejects.toMatchObject({ code: 'TB_API_NO_DAEMON' });
    release();
    expect((await waiting).body).toEqual({ waited: true });
    await server.close();
    expect(existsSync(path)).toBe(false);
  });

  test('close: who still waits after 500 ms is hung up on', async () => {
    const waiting = call('GET', '/wait').catch((error: unknown) => error);
    expect((await call('POST', '/echo')).status).toBe(200);
    const closed = server.close();
    await clock.advance(500);
    await closed;
    expect(await waiting).toMatchObject({ code: 'TB_API_HUNG_UP' });
  });
});
