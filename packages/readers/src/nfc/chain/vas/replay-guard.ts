import { createHash } from 'node:crypto';

/** More taps than a till sees in any window that makes sense. */
export const MAX_REMEMBERED = 4096;

/**
 * Remembers the cryptograms that were accepted, by hash, so that none counts twice. A phone makes a new one (with a new ephemeral key) at
 * every tap; nothing of the reader goes into it, so an overheard one could otherwise be played back. In memory only: after a restart the
 * time window is what is left.
 */
export class ReplayGuard {
  readonly #keepMs: number;
  /** Hash of the cryptogram to the wall time at which it can be forgotten; oldest first. */
  readonly #seen = new Map<string, number>();

  /** @param windowMs the time window of accepted messages, in ms; `undefined`: none, then only the bound forgets */
  constructor(windowMs: number | undefined) {
    // accepted at the early edge of the window, a message stays acceptable until its late edge
    this.#keepMs = windowMs === undefined ? Number.POSITIVE_INFINITY : 2 * windowMs;
  }

  get size(): number {
    return this.#seen.size;
  }

  /** True the first time, false for a repetition. `now` is wall time in ms. */
  accept(cryptogram: Uint8Array, now: number): boolean {
    for (const [key, until] of this.#seen) {
      if (until >= now) break;
      this.#seen.delete(key);
    }
    const key = createHash('sha256').update(cryptogram).digest('base64');
    if (this.#seen.has(key)) return false;
    if (this.#seen.size >= MAX_REMEMBERED) {
      const [oldest] = this.#seen.keys();
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    this.#seen.set(key, now + this.#keepMs);
    return true;
  }
}
