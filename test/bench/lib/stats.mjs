/** p50, p99 and more of times in nanoseconds, as microseconds. */
export function summary(nanoseconds) {
  const sorted = [...nanoseconds].sort((a, b) => a - b);
  const at = (part) => Number(((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN) / 1000).toFixed(1));
  return { count: sorted.length, p50Us: at(0.5), p90Us: at(0.9), p99Us: at(0.99), maxUs: at(1) };
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export const ratio = (a, b) => Number((a / b).toFixed(2));

/** For orientation: nothing is promised. */
export const orientation = (id, text, value, unit) => ({ id, text, value, unit });

/** One promise and whether it was kept. `value` and `bound` in `unit`; `atLeast` where more is better. */
export function promise(id, text, value, bound, unit, { atLeast = false } = {}) {
  return { id, text, value, bound, unit, atLeast, kept: atLeast ? value >= bound : value <= bound };
}
