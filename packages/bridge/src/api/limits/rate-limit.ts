import type { Clock } from '@tillbridge/core';

export interface Rate {
  /** Requests a second that are allowed in the long run. */
  readonly perSecond: number;
  /** Requests that may come at once after a pause. */
  readonly burst: number;
}

export const CLIENT_RATE: Rate = { perSecond: 50, burst: 100 };
export const PUBLIC_RATE: Rate = { perSecond: 5, burst: 10 };
/** Files of the console, from memory: a dozen browsers that open it at once. */
export const PAGE_RATE: Rate = { perSecond: 50, burst: 250 };

/** Keys that are remembered; one that was quiet longest is forgotten first, and begins with a full bucket. */
const MAX_KEYS = 1024;

interface Bucket {
  tokens: number;
  /** Monotonic. */
  filled: number;
}

/** A token bucket for each key. Pure over the clock. */
export class RateLimit {
  readonly #clock: Pick<Clock, 'mono'>;
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Pick<Clock, 'mono'>, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Takes one request: 0 where it may go on, else the whole seconds after which the next may. */
  take(key: string): number {
    const { perSecond, burst } = this.#rate;
    const now = this.#clock.mono();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, filled: now };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filled) / 1000) * perSecond);
    bucket.filled = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MAX_KEYS) this.#forgetOldest();
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return 0;
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
