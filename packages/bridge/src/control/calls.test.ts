import { TillbridgeError } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeBytes } from './code-bytes.js';
import { stateView } from './part-view.js';

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
