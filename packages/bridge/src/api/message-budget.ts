import type { Clock } from '@tillbridge/core';

/** Messages that a client may send at once, and in each second after. */
const BURST = 20;
const PER_SECOND = 5;

/** A token bucket for messages that we do not expect: a keep-alive of a client's own does no harm, a flood does. */
export class MessageBudget {
  readonly #clock: Clock;
  #left = BURST;
  #at: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.mono();
  }

  /** False: it was one too many. */
  take(): boolean {
    const now = this.#clock.mono();
    this.#left = Math.min(BURST, this.#left + ((now - this.#at) / 1000) * PER_SECOND);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
