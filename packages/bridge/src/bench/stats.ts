/** Times of one thing that was measured often, in microseconds. */
export interface Summary {
  readonly count: number;
  readonly p50Us: number;
  readonly p90Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
}

const at = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

const ascending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

/** p50, p99 and more of times in nanoseconds. */
export function summary(nanoseconds: readonly number[]): Summary {
  const sorted = ascending(nanoseconds);
  const us = (part: number): number => Number((at(sorted, part) / 1000).toFixed(1));
  return { count: sorted.length, p50Us: us(0.5), p90Us: us(0.9), p99Us: us(0.99), maxUs: us(1) };
}

/** The times below which 0 %, 1 %, ... 100 % lie, in microseconds: enough to draw how they are spread. */
export function percentilesUs(nanoseconds: readonly number[]): readonly number[] {
  const sorted = ascending(nanoseconds);
  return Array.from({ length: 101 }, (_, percent) => Number((at(sorted, percent / 100) / 1000).toFixed(1)));
}

export const median = (values: readonly number[]): number => at(ascending(values), 0.5);

/** `a` in units of `b`, to the hundredth. */
export const ratio = (a: number, b: number): number => Number((a / b).toFixed(2));
