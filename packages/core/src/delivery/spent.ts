import type { Code } from '../code.js';
import { elapsed, instant, type Clock, type Instant } from '../ports/clock.js';

/**
 * One-time codes that went to a till, so that none goes twice: not to another till, not after the duplicate window, and where the
 * implementation is durable not after a restart either. Nothing of a code is kept in clear.
 */
export interface SpentCodes {
  /** Takes the code for one delivery; false where it is spent, or where another delivery has taken it. Synchronous: two tills may read it at once. */
  claim(code: Code): boolean;
  /** The number is about to leave: from when this resolves, the code stays spent whatever happens. Rejects where that cannot be kept. */
  spend(code: Code): Promise<void>;
  /** Nothing reached a till: it may be shown again. */
  release(code: Code): void;
}

/** How long a spent code is remembered, in ms. No one-time code of a platform lives longer (the longest known lives 24 h). */
export const SPENT_MS = 24 * 3_600_000;
/** So many spent codes are remembered; beyond it no further one-time code is taken until the oldest have lapsed. */
export const MAX_SPENT = 100_000;

/** What makes a one-time code itself: what the wallet's payload holds, else the text. A value that a rule cuts out may be the lasting part. */
export function spentKey(code: Code): string {
  return `${code.kind}:${(code.payload ?? code.text).reveal()}`;
}

/** Remembers spent codes as long as the process lives. */
export class SpentInMemory implements SpentCodes {
  readonly #clock: Clock;
  readonly #keyOf: (code: Code) => string;
  /** In the order of their times. */
  readonly #taken = new Map<string, Instant>();

  /** `keyOf`: a keyed hash where there is a key. */
  constructor(clock: Clock, keyOf: (code: Code) => string = spentKey) {
    this.#clock = clock;
    this.#keyOf = keyOf;
  }

  claim(code: Code): boolean {
    this.#lapse();
    const key = this.#keyOf(code);
    if (this.#taken.has(key) || this.#taken.size >= MAX_SPENT) return false;
    this.#taken.set(key, instant(this.#clock));
    return true;
  }

  spend(): Promise<void> {
    return Promise.resolve();
  }

  release(code: Code): void {
    this.#taken.delete(this.#keyOf(code));
  }

  /** Puts back what an earlier process remembered. In the order of their times; `wall` is Unix time in ms. */
  restore(key: string, wall: number): void {
    const { mono, wall: now } = instant(this.#clock);
    if (this.#taken.size < MAX_SPENT) this.#taken.set(key, { mono: mono - Math.max(0, now - wall), wall });
  }

  /** What is remembered now, with the wall time of each. */
  entries(): readonly (readonly [key: string, wall: number])[] {
    this.#lapse();
    return [...this.#taken].map(([key, { wall }]) => [key, wall] as const);
  }

  #lapse(): void {
    for (const [key, at] of this.#taken) {
      if (elapsed(this.#clock, at) < SPENT_MS) return;
      this.#taken.delete(key);
    }
  }
}
