import { createHash } from 'node:crypto';
import type { Clock } from '@tillbridge/core';

/** So many different wrong tokens lock. A till that was set up wrongly sends the same one again and again: that is no guessing. */
const GUESSES = 5;
/** How long, in ms; doubled for each further lock up to the longest. */
const LOCK_MS = 30_000;
const LONGEST_MS = 120_000;
/** Instances that once had the right token: they are heard while others are locked out. */
const MAX_KNOWN = 64;

/**
 * Makes guessing slow without locking out a 1C that runs: every caller comes from this machine, so there is no address to lock, but the
 * instance of a driver that once was let in is known to nobody else. Pure over the clock.
 */
export class WrongTokens {
  readonly #clock: Pick<Clock, 'mono'>;
  readonly #guesses = new Set<string>();
  readonly #known = new Set<string>();
  #lockedUntil = -Infinity;
  #locks = 0;
  #lastAt: number | undefined;

  constructor(clock: Pick<Clock, 'mono'>) {
    this.#clock = clock;
  }

  /** Milliseconds for which this instance is not heard. */
  lockedFor(instance: string): number {
    return this.#known.has(instance) ? 0 : Math.max(0, this.#lockedUntil - this.#clock.mono());
  }

  /** Whether a wrong token came within the last `ms`. */
  seenWithin(ms: number): boolean {
    return this.#lastAt !== undefined && this.#clock.mono() - this.#lastAt <= ms;
  }

  failed(token: string): void {
    const now = this.#clock.mono();
    this.#lastAt = now;
    this.#guesses.add(createHash('sha256').update(token).digest('base64'));
    if (this.#guesses.size < GUESSES) return;
    this.#guesses.clear();
    this.#lockedUntil = now + Math.min(LOCK_MS * 2 ** this.#locks, LONGEST_MS);
    this.#locks += 1;
  }

  succeeded(instance: string): void {
    this.#lastAt = undefined;
    this.#known.delete(instance);
    this.#known.add(instance);
    const [oldest] = this.#known;
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}
