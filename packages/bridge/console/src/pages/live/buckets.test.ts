import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf, BUCKET_MS, countOutcomes, niceTop, quantile } from './buckets';

const sample = (at: number, tookMs = 10) => ({ at, tookMs, outcome: 'applied' as const });

describe('the chart', () => {
  it('has 30 columns of half a minute, the newest holds now', () => {
    const now = 100 * BUCKET_MS + 1;
    const columns = bucketsOf([sample(now, 5), sample(now - BUCKET_MS, 7), sample(now - 29 * BUCKET_MS, 9), sample(now - 30 * BUCKET_MS, 11)], now);
    expect(columns).toHaveLength(30);
    expect(columns.at(-1)).toEqual({ from: 100 * BUCKET_MS, count: 1, p50: 5, p95: 5 });
    expect(columns.at(-2)).toMatchObject({ count: 1, p50: 7 });
    expect(columns[0]).toMatchObject({ from: 71 * BUCKET_MS, count: 1, p50: 9 });
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  it('leaves out what has no time, and has no value where nothing ended', () => {
    const [first] = bucketsOf([], 0);
    expect(first).toMatchObject({ count: 0, p50: undefined, p95: undefined });
    expect(bucketsOf([{ at: 0, tookMs: undefined, outcome: 'sent' }], 0).at(-1)).toMatchObject({ count: 0 });
  });

  it.each([
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4], 0.95, 4],
    [[7], 0.5, 7],
    [[7], 0, 7],
    [[], 0.5, undefined],
  ])('of %j the quantile %d is %s', (list, q, value) => {
    expect(quantile(list, q)).toBe(value);
  });

  it('a quantile is one of the values, and so many of them are not above it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (list, q) => {
        const sorted = list.sort((a, b) => a - b);
        const value = quantile(sorted, q) ?? -1;
        expect(sorted).toContain(value);
        expect(sorted.filter((each) => each <= value).length).toBeGreaterThanOrEqual(q * sorted.length);
      }),
    );
  });

  it('has a scale that ends on a round number above all', () => {
    expect([0, 0.3, 1, 11, 50, 51, 999, 1200].map(niceTop)).toEqual([1, 0.5, 1, 20, 50, 100, 1000, 2000]);
  });

  it('counts outcomes, the most frequent first', () => {
    const samples = ['sent', 'applied', 'sent', 'expired'].map((outcome) => ({ at: 0, tookMs: 1, outcome: outcome as 'sent' }));
    expect(countOutcomes(samples)).toEqual([{ outcome: 'sent', count: 2 }, { outcome: 'applied', count: 1 }, { outcome: 'expired', count: 1 }]);
  });
});
