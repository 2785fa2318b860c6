export interface Rate {
  /** Requests per second in the long run. */
  readonly perSecond: number;
  /** At once. */
  readonly burst: number;
}

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
