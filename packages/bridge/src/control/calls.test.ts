import { outcome, TillbridgeError } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Daemon } from '../daemon/daemon.js';
import { scanCalls } from './calls-scans.js';
import { codeBytes } from './code-bytes.js';
import type { ApiResponse } from './http.js';
import { stateView } from './part-view.js';
import { CONTROL_CALLER } from './scope.js';

describe('codeBytes', () => {
  test('text is UTF-8, hex is bytes', () => {
    expect(codeBytes({ code: 'ж' })).toEqual(Uint8Array.of(0xd0, 0xb6));
    expect(codeBytes({ hex: '1d00Ff' })).toEqual(Uint8Array.of(0x1d, 0, 0xff));
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
      expect(codeBytes({ hex: Buffer.from(bytes).toString('hex') })).toEqual(bytes);
    }));
  });

  test.each([
    [{}, 'TB_SCAN_EMPTY'],
    [{ code: '' }, 'TB_SCAN_EMPTY'],
    [{ hex: '' }, 'TB_SCAN_EMPTY'],
    [{ hex: '1' }, 'TB_SCAN_BAD_HEX'],
    [{ hex: '1g' }, 'TB_SCAN_BAD_HEX'],
    [{ hex: '31 32' }, 'TB_SCAN_BAD_HEX'],
    [{ code: '1', hex: '31' }, 'TB_API_BAD_REQUEST'],
    [{ code: 'x'.repeat(8193) }, 'TB_SCAN_TOO_LONG'],
    [{ code: 'ж'.repeat(4097) }, 'TB_SCAN_TOO_LONG'],
  ])('%o: %s', (fields, code) => {
    expect(() => codeBytes(fields)).toThrow(expect.objectContaining({ code }) as Error);
  });

  test('8192 bytes are the most', () => {
    expect(codeBytes({ code: 'x'.repeat(8192) })).toHaveLength(8192);
  });
});

test('a state shows its reason and what to do in the language asked for', () => {
  const reason = new TillbridgeError('TB_TILL_NOT_LISTENING', { path: '/p' });
  expect(stateView({ status: 'ready', since: 0 }, 'en')).toEqual({ status: 'ready', health: 'healthy', since: '1970-01-01T00:00:00.000Z' });
  expect(stateView({ status: 'retrying', since: 0, reason }, 'ru')).toMatchObject({ health: 'degraded', code: 'TB_TILL_NOT_LISTENING', reason: reason.text('ru'), remedy: reason.remedy('ru') });
});

describe('POST /v1/scans', () => {
  const ticketOf = (captured: Promise<void>) => ({ scanId: 's1', kind: 'card' as const, captured, outcome: Promise.resolve(outcome('sent')) });
  const post = async (captured: Promise<void>, query = ''): Promise<ApiResponse> => {
    const pipeline = {
      readers: () => [{ reader: { id: 'counter' } }],
      inject: () => ({ scanId: 's1', kind: 'card', ticket: ticketOf(captured), duplicate: false }),
    };
    const call = scanCalls({ pipeline } as unknown as Daemon).find(({ method, path }) => method === 'POST' && path === '/v1/scans');
    if (call === undefined) throw new Error('no such call');
    const { signal } = new AbortController();
    const request = { method: 'POST', path: '/v1/scans', params: {}, query: new URLSearchParams(query), body: { code: '1' }, caller: CONTROL_CALLER, language: 'en' as const, signal };
    return call.run(request);
  };

  test('202 acknowledges: it is not given before the scan is durable', async () => {
    let durable: () => void = () => undefined;
    let answered = false;
    const answer = post(new Promise((resolve) => (durable = resolve))).then((response) => {
      answered = true;
      return response;
    });
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    expect(answered).toBe(false);
    durable();
    expect(await answer).toEqual({ status: 202, body: { scanId: 's1', kind: 'card' } });
  });

  test('a journal that cannot be written refuses; wait=1 gives the outcome', async () => {
    await expect(post(Promise.reject(new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: 'x' })))).rejects.toMatchObject({ code: 'TB_JOURNAL_UNAVAILABLE' });
    expect(await post(Promise.resolve(), 'wait=1')).toEqual({ status: 200, body: { scanId: 's1', kind: 'card', outcome: 'sent' } });
  });
});
