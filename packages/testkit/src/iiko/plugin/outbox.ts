import { elapsed, instant, sleep, type Clock, type Instant } from '@tillbridge/core';
import type { Done } from './wire.js';

/** Results that wait at a time, and for how long, in ms. */
const MAX_RESULTS = 64;
const KEEP_MS = 600_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

interface Waiting {
  readonly id: string;
  readonly done: Done;
  readonly since: Instant;
}

export interface OutboxOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** True: the daemon has it, or does not want it any more. */
  readonly send: (id: string, done: Done) => Promise<boolean>;
}

/** Sends results until the daemon has them: in order, with growing pauses, for ten minutes. */
export class ResultOutbox {
  readonly #options: OutboxOptions;
  readonly #waiting: Waiting[] = [];
  #running = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiting.length;
  }

  put(id: string, done: Done): void {
    this.#waiting.push({ id, done, since: instant(this.#options.clock) });
    if (this.#waiting.length > MAX_RESULTS) this.#waiting.shift();
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    const { clock, send, signal } = this.#options;
    this.#running = true;
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const next = this.#waiting[0];
      if (next === undefined) break;
      if (elapsed(clock, next.since) >= KEEP_MS || (await send(next.id, next.done))) {
        if (this.#waiting[0] === next) this.#waiting.shift();
        pause = FIRST_PAUSE_MS;
      } else {
        await sleep(clock, pause, signal);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      }
    }
    this.#running = false;
  }
}
