import { type Clock, type PartState, type Reader, type ReaderSink } from '@tillbridge/core';
import { createFramer } from '../../packages/readers/src/framing/framer.js';
import { createFramingDriver, type FramingDriver } from '../../packages/readers/src/framing/driver.js';

/** A scanner whose bytes go through the framer of the product, on the clock that it is given. */
export class FramedReader implements Reader {
  readonly kind = 'serial';
  readonly capabilities = { feedback: false };
  state: PartState;
  readonly id: string;
  readonly #clock: Clock;
  #sink: ReaderSink | undefined;
  #driver: FramingDriver | undefined;

  constructor(id: string, clock: Clock) {
    this.id = id;
    this.#clock = clock;
    this.state = { status: 'closed', since: clock.wall() };
  }

  open(sink: ReaderSink): Promise<void> {
    this.#sink = sink;
    this.plugIn();
    return Promise.resolve();
  }

  feedback(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.unplug();
    return Promise.resolve();
  }

  /** A connection of its own, as each plugging in gives. */
  plugIn(): void {
    if (this.#sink === undefined || this.#driver !== undefined) return;
    this.#driver = createFramingDriver(createFramer(), this.#clock, this.#sink);
    this.#become('ready');
  }

  unplug(): void {
    this.#driver?.end();
    this.#driver = undefined;
    this.#become('retrying');
  }

  bytes(text: string): void {
    this.#driver?.push(Buffer.from(text, 'latin1'));
  }

  #become(status: PartState['status']): void {
    this.state = { status, since: this.#clock.wall() };
    this.#sink?.state(this.state);
  }
}
