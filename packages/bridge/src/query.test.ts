import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSince } from './query.js';

const NOW = 1_790_000_000_000;

test.each([
  ['90s', NOW - 90_000],
  ['15m', NOW - 900_000],
  ['2h', NOW - 7_200_000],
  ['3d', NOW - 259_200_000],
  ['0s', NOW],
  ['2026-01-02T03:04:05Z', 1_767_323_045_000],
])('%s', (text, wanted) => {
  expect(parseSince(text, NOW)).toBe(wanted);
});

test.each(['', 'm', '15', '15 m', '-15m', '1.5h', '15M', 'yesterday', '1e3s', '9999999999s'])('%s is neither a span nor a time', (text) => {
  expect(parseSince(text, NOW)).toBeUndefined();
});

test('never throws, and gives a time or nothing', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const since = parseSince(text, NOW);
    return since === undefined || Number.isFinite(since);
  }));
});
