import type { OutcomeName } from '@tillbridge/core';
import { WINDOW_MS, type Sample } from '../../live-book';

/** One column of the chart. */
export const BUCKET_MS = 30_000;
const BUCKETS = WINDOW_MS / BUCKET_MS;

export interface Bucket {
  /** Unix time in ms. */
  readonly from: number;
  readonly count: number;
  /** Milliseconds from the last byte to the outcome; undefined where nothing ended. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

/** The last 15 minutes in columns of 30 s that stand still: the newest one holds `now`. */
export function bucketsOf(samples: readonly Sample[], now: number): readonly Bucket[] {
  const last = Math.floor(now / BUCKET_MS);
  const times = Array.from({ length: BUCKETS }, (): number[] => []);
  for (const { at, tookMs } of samples) {
    const index = BUCKETS - 1 - (last - Math.floor(at / BUCKET_MS));
    if (tookMs !== undefined) times[index]?.push(tookMs);
  }
  return times.map((list, index) => {
    const sorted = list.sort((a, b) => a - b);
    return { from: (last - (BUCKETS - 1 - index)) * BUCKET_MS, count: sorted.length, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
  });
}

/** Of a sorted list, the value that a share `q` (0 to 1) of them does not exceed (nearest rank). */
export function quantile(sorted: readonly number[], q: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

export interface OutcomeCount {
  readonly outcome: OutcomeName;
  readonly count: number;
}

/** Most frequent first; those that did not happen are left out. */
export function countOutcomes(samples: readonly Sample[]): readonly OutcomeCount[] {
  const counts = new Map<OutcomeName, number>();
  for (const { outcome } of samples) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => ({ outcome, count })).sort((a, b) => b.count - a.count || (a.outcome < b.outcome ? -1 : 1));
}

/** A round number that is at least `max`, for the top of a scale: 1, 2 or 5 times a power of ten. */
export function niceTop(max: number): number {
  if (max <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(max));
  return ([1, 2, 5, 10].find((step) => step * power >= max) ?? 10) * power;
}
