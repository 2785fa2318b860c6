import { elapsed, instant, type Clock, type Instant, type NativeNumber } from '@tillbridge/core';

/** Cards that are remembered, and for how long, in ms: from the look-up to the closing of the check. */
const MAX_CARDS = 2048;
const KEEP_MS = 12 * 3_600_000;

interface Entry {
  readonly number: NativeNumber;
  readonly at: Instant;
}

/**
 * What the codes of open checks stand for: a one-time code means nothing any more when the check is paid. Codes of memory only, never
 * written anywhere.
 */
export class CardMemory {
  readonly #clock: Clock;
  readonly #cards = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(card: string): NativeNumber | undefined {
    const entry = this.#cards.get(card);
    return entry === undefined || elapsed(this.#clock, entry.at) > KEEP_MS ? undefined : entry.number;
  }

  put(card: string, number: NativeNumber): void {
    this.#cards.delete(card);
    this.#cards.set(card, { number, at: instant(this.#clock) });
    const oldest = this.#cards.keys().next();
    if (this.#cards.size > MAX_CARDS && oldest.done !== true) this.#cards.delete(oldest.value);
  }

  clear(): void {
    this.#cards.clear();
  }
}
