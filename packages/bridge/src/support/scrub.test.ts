import { Secret } from '@tillbridge/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrub, secretsOf } from './scrub.js';

test('every secret of a configuration is found, wherever it stands', () => {
  expect(secretsOf({ a: [{ secrets: { key: new Secret('one') } }], b: new Secret('two'), c: null, d: 3 })).toEqual(['one', 'two']);
});

test('secrets go, also as JSON writes them, the longest first', () => {
  const secrets = ['pass', 'pass"word', 'x'];
  expect(scrub(`a pass"word b pass c ${JSON.stringify('pass"word')} x`, secrets)).toBe('a **** b **** c "****" x');
});

test('what looks like a number of a card or a telephone is masked; times, ids and small numbers stay', () => {
  const text = 'card 9812345678901234 phone +7 (999) 123-45-67 and +79991234567 at 2026-01-10T12:03:11.123Z pid 12345 id 01JXM9Z7Q3T7XK8R4N2B scan c0ffee1234567890 after 0.123456789012 s';
  const clean = scrub(text, []);
  for (const gone of ['9812345678901234', '(999) 123-45-67', '79991234567']) expect(clean).not.toContain(gone);
  for (const stays of ['2026-01-10T12:03:11.123Z', 'pid 12345', '01JXM9Z7Q3T7XK8R4N2B', 'c0ffee1234567890', '0.123456789012']) expect(clean).toContain(stays);
});

test('no run of nine digits or more survives between words, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{9,20}$/), fc.constantFrom(' ', '"', ':', '=', '\n', '/', ','), (digits, sign) => {
      expect(scrub(`${sign}${digits}${sign}`, [])).not.toContain(digits);
    }),
  );
});
