import type { Instant, RawRead } from '@tillbridge/core';
import { isSilence } from './quiet-guard.js';

/** A read that came in one piece. Whether silence was before it takes a look at a clock: only what may be a loyalty code asks, goods do not wait for it. */
export class WholeRead implements RawRead {
  readonly bytes: Uint8Array;
  readonly terminator: Uint8Array;
  readonly at: Instant;
  readonly silence = 'awaitQuiet';
  readonly quietMs: number;
  readonly #last: Instant | undefined;

  /** `last`: when the byte before it came; `undefined`: too shortly before. */
  constructor(bytes: Uint8Array, terminator: Uint8Array, at: Instant, quietMs: number, last: Instant | undefined) {
    this.bytes = bytes;
    this.terminator = terminator;
    this.at = at;
    this.quietMs = quietMs;
    this.#last = last;
  }

  get silentBefore(): boolean {
    return this.#last !== undefined && isSilence(this.#last, this.at, this.quietMs);
  }
}
