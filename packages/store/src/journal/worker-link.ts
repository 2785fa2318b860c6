import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Cancel, Clock } from '@tillbridge/core';
import type { Reply, Request, WorkerSetup } from './protocol.js';

export interface WorkerLinkOptions {
  readonly url: URL;
  readonly setup: WorkerSetup;
  readonly clock: Clock;
  /** A number in [0, 1): spreads the restarts. */
  readonly random: () => number;
  readonly onReply: (reply: Reply) => void;
  /** The thread died: nothing that was asked of it will be answered. */
  readonly onDown: (problem: string) => void;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;
// The thread holds a few hundred short rows at a time: it needs no more, and a defect must not take the till's memory.
const LIMITS = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 };

/** Where the built thread is: beside the built package, or, when that runs from its sources (tests), in its `dist`. */
export function defaultWorkerUrl(base: string): URL {
  const beside = new URL('./journal-worker.js', base);
  return existsSync(beside) ? beside : new URL('../../dist/journal-worker.js', base);
}

/**
 * Keeps one worker thread running: starts it, starts it again with a growing, jittered delay when it dies. Keeps the process alive only
 * while `busy(true)`.
 */
export class WorkerLink {
  readonly #options: WorkerLinkOptions;
  #worker: Worker | undefined;
  #delay = FIRST_DELAY_MS;
  #restart: Cancel | undefined;
  #busy = false;
  #ended = false;
  #restarts = 0;

  constructor(options: WorkerLinkOptions) {
    this.#options = options;
    this.#start();
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** The id of the thread, for diagnostics and tests; undefined while it is down. */
  get up(): boolean {
    return this.#worker !== undefined;
  }

  /** Hands a request to the thread; false when there is none just now. */
  post(request: Request): boolean {
    this.#worker?.postMessage(request);
    return this.#worker !== undefined;
  }

  busy(busy: boolean): void {
    if (busy === this.#busy) return;
    this.#busy = busy;
    if (busy) this.#worker?.ref();
    else this.#worker?.unref();
  }

  /** The thread was asked to end itself: its exit is no failure. */
  expectExit(): void {
    this.#ended = true;
    this.#restart?.();
  }

  /** Ends the thread at once, wherever it is. */
  async terminate(): Promise<void> {
    this.expectExit();
    await this.#worker?.terminate();
  }

  #start(): void {
    const { url, setup, onReply } = this.#options;
    const worker = new Worker(url, {
      name: 'tillbridge-journal',
      workerData: setup,
      resourceLimits: LIMITS,
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#worker = worker;
    if (!this.#busy) worker.unref();
    let problem = 'its thread ended';
    worker.on('message', (reply: Reply) => {
      this.#delay = FIRST_DELAY_MS;
      onReply(reply);
    });
    worker.on('error', (error: unknown) => {
      problem = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => this.#exited(worker, problem));
  }

  #exited(worker: Worker, problem: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    if (!this.#ended) {
      this.#restart = this.#options.clock.timer(
        this.#delay * (0.5 + this.#options.random() / 2),
        () => {
          this.#restarts += 1;
          this.#start();
        },
        { ref: false },
      );
      this.#delay = Math.min(LONGEST_DELAY_MS, this.#delay * 2);
    }
    this.#options.onDown(problem);
  }
}
