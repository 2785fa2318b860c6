import type { Code } from '../code.js';
import { isDelivered, type OutcomeName } from '../outcome.js';
import { elapsed, instant, type Clock, type Instant } from '../ports/clock.js';

interface Remembered<T> {
  readonly ticket: T;
  seen: Instant;
  outcome: OutcomeName | undefined;
}

/** No till sees more different codes within a duplicate window; beyond it the oldest is forgotten. */
const MAX_REMEMBERED = 256;

/**
 * The codes of the last moments, so that a presentation scanner that reads one code again and again makes one scan of it. The window
 * starts anew with every read of the code. After a refusal the next read counts; `unknown` does not count as one, since repeating it
 * could put the number in twice.
 */
export class RecentCodes<T> {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #codes = new Map<string, Remembered<T>>();

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** The ticket of the scan that this code repeats, if it does. */
  repeated(code: Code): T | undefined {
    if (this.#windowMs <= 0) return undefined;
    this.#forget();
    const known = this.#codes.get(keyOf(code));
    if (known === undefined || !blocksRepeat(known.outcome)) return undefined;
    known.seen = instant(this.#clock);
    return known.ticket;
  }

  /** Whether {@link repeated} would find one; changes nothing. */
  knows(code: Code): boolean {
    const known = this.#codes.get(keyOf(code));
    return known !== undefined && blocksRepeat(known.outcome) && elapsed(this.#clock, known.seen) < this.#windowMs;
  }

  remember(code: Code, ticket: T): void {
    if (this.#windowMs <= 0) return;
    const key = keyOf(code);
    this.#codes.delete(key);
    this.#codes.set(key, { ticket, seen: instant(this.#clock), outcome: undefined });
    if (this.#codes.size > MAX_REMEMBERED) this.#codes.delete(this.#codes.keys().next().value ?? '');
  }

  ended(code: Code, ticket: T, outcome: OutcomeName): void {
    const known = this.#codes.get(keyOf(code));
    if (known?.ticket === ticket) known.outcome = outcome;
  }

  #forget(): void {
    for (const [key, { seen }] of this.#codes) if (elapsed(this.#clock, seen) >= this.#windowMs) this.#codes.delete(key);
  }
}

function blocksRepeat(outcome: OutcomeName | undefined): boolean {
  return outcome === undefined || outcome === 'unknown' || isDelivered(outcome);
}

function keyOf(code: Code): string {
  return `${code.kind}:${code.text.reveal()}`;
}
