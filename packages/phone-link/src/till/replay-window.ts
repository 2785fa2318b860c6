/** How many counters back a message may come late (RFC 4303, section 3.4.3: a phone has a few requests under way at a time). */
export const WINDOW = 64;

export type Freshness = 'new' | 'seen' | 'tooOld';

/** The counters that were had: a window that moves with the highest one. */
export class ReplayWindow {
  #highest = -1;
  /** Bit n: `highest - n` was had. */
  #had = 0n;

  check(counter: number): Freshness {
    if (counter > this.#highest) return 'new';
    const back = this.#highest - counter;
    if (back >= WINDOW) return 'tooOld';
    return (this.#had >> BigInt(back)) & 1n ? 'seen' : 'new';
  }

  /** Only for a message that proved genuine: else anybody could move the window. */
  mark(counter: number): void {
    if (counter > this.#highest) {
      const ahead = Math.min(WINDOW, counter - this.#highest);
      this.#had = BigInt.asUintN(WINDOW, (this.#had << BigInt(ahead)) | 1n);
      this.#highest = counter;
    } else if (this.#highest - counter < WINDOW) this.#had |= 1n << BigInt(this.#highest - counter);
  }
}
