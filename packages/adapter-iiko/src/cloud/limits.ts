import { sleep, type Clock } from '@tillbridge/core';

export type LimitGroup = 'directory' | 'customerInfo' | 'coupons' | 'orders' | 'changes' | 'status';

export interface Rate {
  /** Requests per second in the long run. */
  readonly perSecond: number;
  /** At once. */
  readonly burst: number;
}

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

/** Fills at a steady rate up to its burst. Pure: it is told the time. */
export class TokenBucket {
  readonly #rate: Rate;
  #level: number;
  #at: number;

  /** `now` in monotonic milliseconds. */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#level = rate.burst;
    this.#at = now;
  }

  /** Takes one and gives 0, or gives the milliseconds to wait before asking again. */
  take(now: number): number {
    const { perSecond, burst } = this.#rate;
    this.#level = Math.min(burst, this.#level + (Math.max(0, now - this.#at) / 1000) * perSecond);
    this.#at = now;
    // what rounding leaves below one is one
    if (this.#level < 1 - 1e-9) return Math.max(1, Math.ceil(((1 - this.#level) / perSecond) * 1000));
    this.#level -= 1;
    return 0;
  }
}

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
