import type { Clock, PartState, Reader, ReaderCapabilities, ReaderSink } from '@tillbridge/core';

/**
 * A cashier program that owns its scanner and hands us its reads through the API. There is nothing to open: the reads come in from above,
 * and goods stay with the program, which has them already.
 */
export class TillReader implements Reader {
  readonly id: string;
  readonly kind = 'till';
  readonly capabilities: ReaderCapabilities = { feedback: false };
  readonly #clock: Clock;
  #state: PartState;
  #sink: ReaderSink | undefined;

  constructor(id: string, clock: Clock) {
    this.id = id;
    this.#clock = clock;
    this.#state = { status: 'closed', since: clock.wall() };
  }

  get state(): PartState {
    return this.#state;
  }

  open(sink: ReaderSink): Promise<void> {
    this.#sink = sink;
    this.#set('ready');
    return Promise.resolve();
  }

  feedback(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#set('closed');
    return Promise.resolve();
  }

  #set(status: 'ready' | 'closed'): void {
    if (this.#state.status === status) return;
    this.#state = { status, since: this.#clock.wall() };
    this.#sink?.state(this.#state);
  }
}
