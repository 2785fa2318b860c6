import { access } from 'node:fs/promises';
import { asTillbridgeError, deadline, raceAbort, sleep, TillbridgeError, type Clock } from '@tillbridge/core';
import type { PortTillOptions } from './options.js';
import type { SerialLine, SerialOpener } from './serial-line.js';

/** Waits between two attempts to open the port, in milliseconds; each with up to a quarter more or less. */
const RETRY = [500, 1000, 2000, 5000, 10_000] as const;
/** Time budgets of opening and closing, in milliseconds. */
const OPEN_MS = 5000;
const CLOSE_MS = 1000;
/**
 * How often the port's path is looked for. serialport can miss that a tty hung up and then spins (serialport/bindings-cpp issue 162):
 * closing it as soon as its path is gone ends that.
 */
const PRESENCE_MS = 1000;

export interface ConnectionEvents {
  up(line: SerialLine): void;
  down(reason: TillbridgeError): void;
}

/** Keeps one serial port open: opens it, notices that it is gone, tries again with back-off and jitter until the signal aborts. */
export class SerialConnection {
  readonly #options: PortTillOptions;
  readonly #clock: Clock;
  readonly #opener: SerialOpener;
  readonly #random: () => number;
  #lost: (() => void) | undefined;

  constructor(options: PortTillOptions, clock: Clock, opener: SerialOpener, random: () => number = Math.random) {
    this.#options = options;
    this.#clock = clock;
    this.#opener = opener;
    this.#random = random;
  }

  /** Ends the present connection, for a port that hangs; a new one is made. */
  reset(): void {
    this.#lost?.();
  }

  /** Runs until `signal` aborts. `first` is called once, when the port is open or its first attempt failed in a way that retrying may mend. */
  async run(events: ConnectionEvents, signal: AbortSignal, first: (error?: TillbridgeError) => void): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        const line = await this.#open();
        attempt = -1;
        events.up(line);
        first();
        const reason = await this.#untilLost(line, signal);
        events.down(reason);
        await this.#closeLine(line);
      } catch (error) {
        const reason = asTillbridgeError(error, 'TB_TILL_PORT_FAILED', { path: this.#options.path });
        events.down(reason);
        if (reason.code === 'TB_NATIVE_MISSING') {
          first(reason);
          return;
        }
        first();
      }
      const wait = RETRY[Math.min(Math.max(attempt, 0), RETRY.length - 1)] ?? RETRY[0];
      await sleep(this.#clock, wait * (0.75 + this.#random() / 2), signal);
    }
  }

  async #open(): Promise<SerialLine> {
    const limit = deadline(this.#clock, OPEN_MS);
    const opening = this.#opener(this.#options);
    try {
      const line = await raceAbort(opening, limit.signal, () => undefined);
      if (line !== undefined) return line;
    } finally {
      limit.dispose();
    }
    // a late answer must not hold the port against the next attempt
    opening.then((line) => this.#closeLine(line)).catch(() => undefined);
    throw new TillbridgeError('TB_TILL_PORT_FAILED', { path: this.#options.path, problem: `not open within ${OPEN_MS} ms` });
  }

  #untilLost(line: SerialLine, signal: AbortSignal): Promise<TillbridgeError> {
    const { path } = this.#options;
    return new Promise((resolve) => {
      const lost = new AbortController();
      const done = (reason: TillbridgeError): void => {
        this.#lost = undefined;
        signal.removeEventListener('abort', closed);
        lost.abort();
        resolve(reason);
      };
      const closed = (): void => done(new TillbridgeError('TB_TILL_PORT_FAILED', { path, problem: 'closed' }));
      line.onDown((error) => done(new TillbridgeError('TB_TILL_PORT_FAILED', { path, problem: error?.message ?? 'disconnected' })));
      this.#lost = () => done(new TillbridgeError('TB_TILL_PORT_FAILED', { path, problem: 'a write did not end' }));
      signal.addEventListener('abort', closed, { once: true });
      if (signal.aborted) closed();
      if (path.startsWith('/')) {
        this.#watchPath(path, lost.signal).then(
          (gone) => {
            if (gone) done(new TillbridgeError('TB_TILL_PORT_NOT_FOUND', { path }));
          },
          () => undefined,
        );
      }
    });
  }

  async #watchPath(path: string, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      await sleep(this.#clock, PRESENCE_MS, signal);
      const there = await access(path).then(
        () => true,
        () => false,
      );
      if (!there) return !signal.aborted;
    }
    return false;
  }

  async #closeLine(line: SerialLine): Promise<void> {
    const limit = deadline(this.#clock, CLOSE_MS);
    // a port that is gone cannot be closed properly, and that is all the same
    await raceAbort(line.close(), limit.signal, () => undefined).catch(() => undefined);
    limit.dispose();
  }
}
