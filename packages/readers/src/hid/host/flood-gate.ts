/** Reports at once: the longest read has 147 of them. */
const BURST = 2000;
/** Reports a second over a longer time: a full-speed device can send one each millisecond. */
const PER_SECOND = 1000;

/** Lets through what a scanner can send and nothing beyond it. Pure. */
export class FloodGate {
  #tokens = BURST;
  #at: number;

  /** `now`: monotonic milliseconds. */
  constructor(now: number) {
    this.#at = now;
  }

  /** Whether one more report may pass. */
  pass(now: number): boolean {
    this.#tokens = Math.min(BURST, this.#tokens + (Math.max(0, now - this.#at) * PER_SECOND) / 1000);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
