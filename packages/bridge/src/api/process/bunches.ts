import type { Cancel, Clock } from '@tillbridge/core';

/** Bunches begin this far apart, in ms: between two products of a quick scanner the daemon is not woken for every call. */
const APART_MS = 10;

/**
 * Calls that only look go to the daemon in bunches. It takes as long to wake up for one as for five, and comes back to its scans with cold caches; who
 * asks seldom does not notice. What does something goes at once, and takes along what waits.
 */
export class Bunches {
  readonly #clock: Pick<Clock, 'mono' | 'timer'>;
  #waiting: (() => void)[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #timer: Cancel | undefined;

  constructor(clock: Pick<Clock, 'mono' | 'timer'>) {
    this.#clock = clock;
  }

  /** Calls `send` in its order, now or within 10 ms. How many wait is bounded by who asks. */
  add(send: () => void, atOnce: boolean): void {
    this.#waiting.push(send);
    const wait = this.#last + APART_MS - this.#clock.mono();
    if (atOnce || wait <= 0) this.flush();
    else this.#timer ??= this.#clock.timer(wait, () => this.flush());
  }

  flush(): void {
    this.#timer?.();
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    this.#last = this.#clock.mono();
    for (const send of this.#waiting.splice(0)) send();
  }
}
