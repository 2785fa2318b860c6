const STEPS_MS = [500, 1000, 2000, 5000, 10_000] as const;

/**
 * How long to wait before attempt number `attempt` + 1 (from 0): 0.5, 1, 2, 5, then 10 s, each shortened by up to a fifth so that several
 * readers of one hub do not all knock at once. Milliseconds. `random` gives 0 <= x < 1.
 */
export function backOff(attempt: number, random: () => number): number {
  const step = STEPS_MS[Math.min(attempt, STEPS_MS.length - 1)] ?? 10_000;
  return step * (1 - 0.2 * random());
}
