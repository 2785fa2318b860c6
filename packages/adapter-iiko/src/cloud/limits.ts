import { sleep, TokenBucket, type BreakerOptions, type Clock, type Rate } from '@tillbridge/core';

/** When iikoCloud is left alone, and for how long: it blocks logins that go on asking. */
export const PATIENCE: BreakerOptions = { failures: 5, firstPauseMs: 5000, longestPauseMs: 300_000 };

export type LimitGroup = 'directory' | 'customerInfo' | 'coupons' | 'orders' | 'changes' | 'status';

/**
 * How often each group of paths is asked. Only `customer/info` has a published limit (5 per second for a whole company; public clients
 * quote the vendor's page on limits): we take half of it. The others are our own modesty: a login that floods is blocked.
 */
export const RATES: Readonly<Record<LimitGroup, Rate>> = {
  directory: { perSecond: 2, burst: 4 },
  customerInfo: { perSecond: 2.5, burst: 2 },
  coupons: { perSecond: 2, burst: 2 },
  orders: { perSecond: 3, burst: 4 },
  changes: { perSecond: 1, burst: 2 },
  status: { perSecond: 3, burst: 4 },
};

/** One bucket for each group of paths. */
export class PathLimits {
  readonly #clock: Clock;
  readonly #buckets = new Map<LimitGroup, TokenBucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when a request may leave, or when `signal` aborts: look at it afterwards. */
  async turn(group: LimitGroup, signal: AbortSignal): Promise<void> {
    const bucket = this.#bucket(group);
    for (let wait = bucket.take(this.#clock.mono()); wait > 0 && !signal.aborted; wait = bucket.take(this.#clock.mono())) await sleep(this.#clock, wait, signal);
  }

  #bucket(group: LimitGroup): TokenBucket {
    const known = this.#buckets.get(group);
    if (known !== undefined) return known;
    const made = new TokenBucket(RATES[group], this.#clock.mono());
    this.#buckets.set(group, made);
    return made;
  }
}
