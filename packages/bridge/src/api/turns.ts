import type { Clock } from '@tillbridge/core';

/**
 * One request a turn of the event loop. Requests arrive in bunches; what the readers have to say is handed out between two of them, so that
 * goods wait for one request at the most and never for a crowd of them.
 */
export class Turns {
  readonly #clock: Pick<Clock, 'afterInput'>;
  readonly #waiting: (() => void)[] = [];
  #called = false;

  constructor(clock: Pick<Clock, 'afterInput'>) {
    this.#clock = clock;
  }

  /** Calls `go` when it is its turn. In the order of the calls. */
  next(go: () => void): void {
    this.#waiting.push(go);
    this.#call();
  }

  #call(): void {
    if (this.#called || this.#waiting.length === 0) return;
    this.#called = true;
    this.#clock.afterInput(() => {
      this.#called = false;
      const go = this.#waiting.shift();
      this.#call();
      go?.();
    });
  }
}
