import type { Code } from '../code.js';
import { elapsed, instant, type Clock, type Instant } from '../ports/clock.js';

/**
 * One-time codes that went to a till, so that none goes twice: not to another till, not after the duplicate window, and where the
 * implementation is durable not after a restart either. Nothing of a code is kept in clear.
 */
export interface SpentCodes {
  /** Takes the code for one delivery; false where it is spent, or where another delivery has taken it. Synchronous: two tills may read it at once. */
  claim(code: Code): boolean;
  /**
   * Takes the code for a till that has read it itself and asks what it stands for. `first`: it is this till's now. `again`: it is already,
   * for `ASKED_MS` at most. `used`: a delivery or another till has it, or the time is over. Synchronous.
   */
  ask(code: Code, till: string): Asking;
  /**
   * The number is about to leave: from when this resolves, the code stays spent whatever happens. Rejects where that cannot be kept.
   * `till`: the one that asked, which may ask again.
   */
  spend(code: Code, till?: string): Promise<void>;
  /** Nothing reached a till: it may be shown again. */
  release(code: Code): void;
}

export type Asking = 'first' | 'again' | 'used';

/**
 * How long the till that asked first may ask again, in ms: it asks on every page of a check, and at a table a check is open for an evening.
 * Whatever the code's own life, the card of an open check must not turn into a used one.
 */
export const ASKED_MS = 12 * 3_600_000;
/** How long a spent code is remembered, in ms. No one-time code of a platform lives longer (the longest known lives 24 h). */
export const SPENT_MS = 24 * 3_600_000;
/** So many spent codes are remembered; beyond it no further one-time code is taken until the oldest have lapsed. */
export const MAX_SPENT = 100_000;

/** What makes a one-time code itself: what the wallet's payload holds, else the text. A value that a rule cuts out may be the lasting part. */
export function spentKey(code: Code): string {
  return `${code.kind}:${(code.payload ?? code.text).reveal()}`;
}

interface Taken {
  readonly at: Instant;
  /** The till that asked; undefined where it was taken for a delivery. */
  readonly holder: string | undefined;
}

/** What makes codes and tills comparable: keyed hashes where there is a key. */
export interface SpentNames {
  readonly code: (code: Code) => string;
  readonly till: (till: string) => string;
}

const IN_CLEAR: SpentNames = { code: spentKey, till: (till) => till };

/** Remembers spent codes as long as the process lives. */
export class SpentInMemory implements SpentCodes {
  readonly #clock: Clock;
  readonly #names: SpentNames;
  /** In the order of their times. */
  readonly #taken = new Map<string, Taken>();

  constructor(clock: Clock, names: SpentNames = IN_CLEAR) {
    this.#clock = clock;
    this.#names = names;
  }

  claim(code: Code): boolean {
    return this.#take(this.#names.code(code), undefined);
  }

  ask(code: Code, till: string): Asking {
    const [key, holder] = [this.#names.code(code), this.#names.till(till)];
    if (this.#take(key, holder)) return 'first';
    const taken = this.#taken.get(key);
    return taken?.holder === holder && elapsed(this.#clock, taken.at) < ASKED_MS ? 'again' : 'used';
  }

  spend(): Promise<void> {
    return Promise.resolve();
  }

  release(code: Code): void {
    this.#taken.delete(this.#names.code(code));
  }

  /** Puts back what an earlier process remembered. In the order of their times; `wall` is Unix time in ms. */
  restore(key: string, wall: number, holder?: string): void {
    const { mono, wall: now } = instant(this.#clock);
    if (this.#taken.size < MAX_SPENT) this.#taken.set(key, { at: { mono: mono - Math.max(0, now - wall), wall }, holder });
  }

  /** What is remembered now, with the wall time of each and who asked. */
  entries(): readonly (readonly [key: string, wall: number, holder: string | undefined])[] {
    this.#lapse();
    return [...this.#taken].map(([key, { at, holder }]) => [key, at.wall, holder] as const);
  }

  #take(key: string, holder: string | undefined): boolean {
    this.#lapse();
    if (this.#taken.has(key) || this.#taken.size >= MAX_SPENT) return false;
    this.#taken.set(key, { at: instant(this.#clock), holder });
    return true;
  }

  #lapse(): void {
    for (const [key, { at }] of this.#taken) {
      if (elapsed(this.#clock, at) < SPENT_MS) return;
      this.#taken.delete(key);
    }
  }
}
