import { Masked, NativeNumber } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowOf } from './entry-row.js';
import { captured, delivering, ended, NOON } from './fixture.js';
import { correlator } from './keys.js';

const correlate = correlator(new Uint8Array(32).fill(7));

describe('what the journal keeps of an entry', () => {
  it('keeps masks and keyed hashes, and nothing of the texts in clear', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{5,30}$/), fc.stringMatching(/^[0-9]{5,30}$/), (code, number) => {
        const row = rowOf({ ...delivering(1), code: new Masked(code), number: new NativeNumber('card', number) }, correlate, NOON);
        const kept = [row.code, row.number].join(' ');
        expect(kept).not.toContain(code.slice(-5));
        expect(kept).not.toContain(number.slice(-5));
        expect(row.codeHash).toMatch(/^[0-9a-f]{10}$/);
        expect(row.codeHash === row.numberHash).toBe(code === number);
      }),
    );
  });

  it('masks a text shorter than 8 characters whole', () => {
    expect(rowOf({ ...captured(1), code: new Masked('1234567') }, correlate, NOON).code).toBe('****');
  });

  it('keeps nothing at all of a one-time code', () => {
    const { scanId, reader, till, kind, time } = captured(1);
    expect(rowOf({ type: 'captured', scanId, reader, till, kind, time }, correlate, NOON)).toMatchObject({ code: null, codeHash: null });
  });

  it('lets no control character and no half of a surrogate pair through', () => {
    const row = rowOf({ ...ended(1), reader: 'a\u001b[2J\n', code: new Masked('1234567890\u001b[0') }, correlate, NOON);
    expect(row.reader).toBe('a.[2J.');
    expect(row.code).toBe('****0.[0');
    expect(rowOf({ ...captured(1), code: new Masked(`12345678901\ud83d`) }, correlate, NOON).code).toBe('****901\ufffd');
  });

  it('bounds every text', () => {
    expect(rowOf({ ...captured(1), scanId: 'x'.repeat(10_000) }, correlate, NOON).scanId?.length).toBeLessThanOrEqual(200);
  });

  it('dates an entry without a usable time by the wall clock', () => {
    expect(rowOf(captured(1, Number.NaN), correlate, NOON).time).toBe(NOON);
  });
});
