import type { Code } from '../code.js';
import { ASKED_MS, spentKey } from '../delivery/spent.js';
import { elapsed, instant, type Clock, type Instant } from '../ports/clock.js';
import type { Translation } from '../translation.js';

/** One-time codes of open checks; beyond it the oldest is forgotten, and its platform asked again. */
const MAX_ASKED = 2048;

interface Entry {
  readonly at: Instant;
  readonly till: string;
  readonly answer: Promise<Translation>;
}

/**
 * What one-time codes stood for when a till asked: it asks again for the same check, when the code itself is long worth nothing. In memory
 * only.
 */
export class AskedCodes {
  readonly #clock: Clock;
  readonly #answers = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(code: Code, till: string): Promise<Translation> | undefined {
    const entry = this.#answers.get(spentKey(code));
    return entry?.till === till && elapsed(this.#clock, entry.at) < ASKED_MS ? entry.answer : undefined;
  }

  put(code: Code, till: string, answer: Promise<Translation>): void {
    const key = spentKey(code);
    this.#answers.delete(key);
    this.#answers.set(key, { at: instant(this.#clock), till, answer });
    for (const [oldest, { at }] of this.#answers) {
      if (this.#answers.size <= MAX_ASKED && elapsed(this.#clock, at) < ASKED_MS) return;
      this.#answers.delete(oldest);
    }
  }

  forget(code: Code): void {
    this.#answers.delete(spentKey(code));
  }
}
