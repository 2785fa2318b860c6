import type { Clock, PartState, PartStatus, TillbridgeError } from '@tillbridge/core';

/** The state of a reader, and who is told when it changes. */
export class StateCell {
  readonly #clock: Clock;
  #state: PartState;
  #listener: ((state: PartState) => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#state = { status: 'closed', since: clock.wall() };
  }

  get value(): PartState {
    return this.#state;
  }

  listen(listener: (state: PartState) => void): void {
    this.#listener = listener;
  }

  /** The same status with the same error code again is no change: `since` keeps telling how long it has lasted. */
  set(status: PartStatus, reason?: TillbridgeError): void {
    const now = this.#state;
    if (now.status === status && now.reason?.code === reason?.code) return;
    this.#state = { status, since: this.#clock.wall(), ...(reason === undefined ? {} : { reason }) };
    this.#listener?.(this.#state);
  }
}
