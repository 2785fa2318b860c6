import type { TillbridgeError } from '../errors/index.js';
import type { Inbound } from './adapter.js';
import type { Clock } from './clock.js';
import type { PartState, PartStatus } from './part.js';

/** The state of an adapter, told to the bridge each time that it changes. */
export class PartStatusKeeper {
  readonly #clock: Clock;
  #inbound: Inbound | undefined;
  #state: PartState;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#state = { status: 'closed', since: clock.wall() };
  }

  get state(): PartState {
    return this.#state;
  }

  attach(inbound: Inbound): void {
    this.#inbound = inbound;
  }

  set(status: PartStatus, reason?: TillbridgeError, detail?: string): void {
    if (this.#state.status === status && this.#state.reason?.code === reason?.code && this.#state.detail === detail) return;
    this.#state = { status, since: this.#clock.wall(), ...(reason === undefined ? {} : { reason }), ...(detail === undefined ? {} : { detail }) };
    this.#inbound?.state(this.#state);
  }

  dropped(reads: number, reason: string): void {
    if (reads > 0) this.#inbound?.goodsDropped(reads, reason);
  }
}
