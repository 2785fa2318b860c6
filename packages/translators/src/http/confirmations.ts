import { createHash, timingSafeEqual } from 'node:crypto';
import { elapsed, instant, type Clock, type Instant, type Masked } from '@tillbridge/core';

/** How long the guest has to name the code, in ms. */
export const CONFIRM_MS = 300_000;
/** So many wrong codes, then a new one has to be sent. */
export const MOST_GUESSES = 5;
const MOST_PENDING = 200;

interface Pending {
  readonly at: Instant;
  /** What the platform sent back for us to compare. */
  readonly code: Masked | undefined;
  guesses: number;
}

/** Codes that guests have yet to name. Memory only; neither what was sent nor what is named is ever shown. */
export class Confirmations {
  readonly #clock: Clock;
  readonly #pending = new Map<string, Pending>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A code is on its way to the guest. */
  sent(key: string, code: Masked | undefined): void {
    this.#pending.delete(key);
    this.#pending.set(key, { at: instant(this.#clock), code, guesses: 0 });
    if (this.#pending.size > MOST_PENDING) {
      const [oldest] = this.#pending.keys();
      if (oldest !== undefined) this.#pending.delete(oldest);
    }
  }

  /** `none`: nobody was sent a code, or too long ago, or too many wrong ones were named. `right` ends the wait. */
  check(key: string, named: Masked): 'none' | 'wrong' | 'right' {
    const pending = this.#pending.get(key);
    if (pending === undefined) return 'none';
    if (elapsed(this.#clock, pending.at) >= CONFIRM_MS || pending.guesses >= MOST_GUESSES || pending.code === undefined) {
      this.#pending.delete(key);
      return 'none';
    }
    pending.guesses += 1;
    const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (!timingSafeEqual(hash(pending.code.reveal()), hash(named.reveal().trim()))) return 'wrong';
    this.#pending.delete(key);
    return 'right';
  }
}
