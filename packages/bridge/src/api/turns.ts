import type { Cancel } from '@tillbridge/core';

/**
 * One request a turn of the event loop. Requests arrive in bunches; what the readers have to say is handed out between two of them, so that
 * goods wait for one request at the most and never for a crowd of them.
 */
export class Turns {
  readonly #after: (go: () => void) => Cancel;
  readonly #waiting: (() => void)[] = [];
  #called = false;

  /** `after` calls what it is given after the input that has already arrived was handled, and what goes first. */
  constructor(after: (go: () => void) => Cancel) {
    this.#after = after;
  }

  /** Calls `go` when it is its turn. In the order of the calls. */
  next(go: () => void): void {
    this.#waiting.push(go);
    this.#call();
  }

  #call(): void {
    if (this.#called || this.#waiting.length === 0) return;
    this.#called = true;
    this.#after(() => {
      this.#called = false;
      const go = this.#waiting.shift();
      this.#call();
      go?.();
    });
  }
}
