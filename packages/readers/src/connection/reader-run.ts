import type { Clock, PartState, ReaderSink, TillbridgeError } from '@tillbridge/core';
import { StateCell } from './state-cell.js';

/** Keeps a reader going until its signal aborts. `settled` is called once, when the device is up or is being waited for; with an error when waiting cannot mend it. */
export type Keep = (signal: AbortSignal, settled: (fatal?: TillbridgeError) => void) => Promise<void>;

/** From a reader's opening to its closing: one run at a time, its state, and the signal that ends it. */
export class ReaderRun {
  readonly state: StateCell;
  #stop: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(clock: Clock) {
    this.state = new StateCell(clock);
  }

  get value(): PartState {
    return this.state.value;
  }

  /** Aborted when the reader is closed, or was never opened. */
  get signal(): AbortSignal {
    return this.#stop?.signal ?? AbortSignal.abort();
  }

  /** Ends the run before, if there was one. Rejects with what `keep` cannot mend. */
  async open(sink: ReaderSink, signal: AbortSignal, keep: Keep): Promise<void> {
    await this.close();
    const stop = new AbortController();
    this.#stop = stop;
    if (signal.aborted) stop.abort();
    signal.addEventListener('abort', () => stop.abort(), { once: true, signal: stop.signal });
    this.state.listen((state) => sink.state(state));
    const fatal = await new Promise<TillbridgeError | undefined>((resolve) => {
      this.#running = keep(stop.signal, resolve)
        .then(() => {
          if (stop.signal.aborted) this.state.set('closed');
        })
        .finally(() => resolve(undefined));
    });
    if (fatal !== undefined) throw fatal;
  }

  async close(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
    this.state.set('closed');
  }
}
