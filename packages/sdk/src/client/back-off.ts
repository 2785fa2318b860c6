/** First wait, growth, and longest wait between attempts to connect. */
const FIRST_MS = 1000;
const LONGEST_MS = 32_000;
/** A connection that lived this long was a good one: the next loss starts from the beginning. */
export const GOOD_MS = 60_000;

/**
 * How long to wait before attempt number `attempt` (from 1), in ms: anything from 0 to 1 s, then to 2 s, 4 s, ... 32 s. Full jitter, so that
 * a store's tills do not all knock at once when its daemon is back. `random` gives 0 <= x < 1.
 */
export function reconnectDelay(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 16));
}
