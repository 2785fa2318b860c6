import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { TillbridgeError, type Cancel, type Clock, type Language } from '@tillbridge/core';
import { RefusedConfigError } from '../daemon/refused-config.js';
import type { DeskAnswer, DeskJob, DeskJobs, DeskPlace, DeskRequest } from './jobs.js';

/**
 * So long without work, and the process is let go, in ms. Starting one holds the main thread, and goods, up by 4 to 25 ms (measured at a load of
 * 3.5 for each core): once for as long as somebody sits at the console, not each time that he has read a page.
 */
const IDLE_MS = 600_000;
/** Jobs that may wait for their turn. */
const MAX_WAITING = 32;
/** A job that waits or works longer than this is given up and its process killed, in ms. */
const BUDGET_MS = 15_000;

export interface DeskOptions {
  /** Absolute path of the state folder. */
  readonly state: string;
  /** Path of the configuration file. */
  readonly config: string;
  readonly clock: Clock;
  /** The built process, for callers that do not stand beside it (tests that run from the sources). */
  readonly child?: URL;
}

export interface DeskRun {
  /** Language of what is said about mistakes. */
  readonly language: Language;
  /** In ms; default 15 s. */
  readonly budgetMs?: number;
}

interface Waiting {
  readonly request: DeskRequest;
  readonly settle: (answer: DeskAnswer) => void;
  readonly fail: (problem: string) => void;
  readonly expire: () => void;
  readonly budgetMs: number;
  cancel: Cancel;
}

/**
 * Does what an administrator asks for in a process of its own, one job after the other: searching, proving, checking, writing to disk. The
 * daemon's main thread, where goods pass, only hands jobs over. The process is there while there is work, and ten minutes after.
 */
export class Desk {
  readonly #options: DeskOptions;
  readonly #queue: Waiting[] = [];
  #child: ChildProcess | undefined;
  #working: Waiting | undefined;
  #idle: Cancel = () => undefined;
  #nextId = 1;
  #closed = false;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** @throws {TillbridgeError} what the job throws, `TB_API_DESK`, `TB_API_TIMEOUT` */
  run<J extends DeskJob>(job: J, input: DeskJobs[J]['in'], { language, budgetMs = BUDGET_MS }: DeskRun): Promise<DeskJobs[J]['out']> {
    if (this.#closed || this.#queue.length >= MAX_WAITING) {
      return Promise.reject(new TillbridgeError('TB_API_DESK', { problem: this.#closed ? 'the daemon is stopping' : 'too much is asked for at once' }));
    }
    return new Promise((resolve, reject) => {
      const { state, config } = this.#options;
      const place: DeskPlace = { state, config, language };
      const waiting: Waiting = {
        request: { id: this.#nextId++, job, place, input },
        settle: (answer) => {
          if ('result' in answer) resolve(answer.result as DeskJobs[J]['out']);
          else reject(errorOf(answer.error, config));
        },
        fail: (problem) => reject(new TillbridgeError('TB_API_DESK', { problem })),
        expire: () => reject(new TillbridgeError('TB_API_TIMEOUT', { ms: budgetMs })),
        budgetMs,
        cancel: () => undefined,
      };
      this.#queue.push(waiting);
      this.#next();
    });
  }

  /** Ends the process; what was asked for fails. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#idle();
    this.#child?.kill('SIGKILL');
    for (const waiting of this.#queue.splice(0)) waiting.fail('the daemon is stopping');
  }

  #next(): void {
    if (this.#working !== undefined) return;
    const waiting = this.#queue.shift();
    if (waiting === undefined) {
      this.#idle();
      this.#idle = this.#options.clock.timer(IDLE_MS, () => this.#letGo(), { ref: false });
      return;
    }
    this.#idle();
    this.#working = waiting;
    waiting.cancel = this.#options.clock.timer(waiting.budgetMs, () => {
      waiting.expire();
      // whatever it does, it does it no longer
      this.#child?.kill('SIGKILL');
    });
    this.#child ??= this.#start();
    // one that is gone already is told of by its end
    this.#child.send(waiting.request, () => undefined);
  }

  #start(): ChildProcess {
    // with the daemon's environment: a configuration that is checked refers to it
    const child = fork(this.#options.child ?? builtChild(import.meta.url), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=256'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    child.on('message', (message) => this.#heard(child, message as DeskAnswer));
    child.on('error', (error) => {
      // one that could not be started has no exit
      if (child.pid === undefined) this.#gone(child, error.message);
    });
    child.on('exit', (code, signal) => this.#gone(child, signal ?? `exit code ${String(code)}`));
    return child;
  }

  #heard(child: ChildProcess, answer: DeskAnswer): void {
    const working = this.#working;
    if (child !== this.#child || working?.request.id !== answer.id) return;
    working.cancel();
    this.#working = undefined;
    working.settle(answer);
    this.#next();
  }

  #gone(child: ChildProcess, problem: string): void {
    if (child !== this.#child) return;
    this.#child = undefined;
    const working = this.#working;
    this.#working = undefined;
    working?.cancel();
    // after an answer, or a time-out, this changes nothing
    working?.fail(problem);
    if (!this.#closed) this.#next();
  }

  #letGo(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.disconnect();
  }
}

function errorOf({ code, params, problems }: Extract<DeskAnswer, { error: unknown }>['error'], path: string): TillbridgeError {
  return problems === undefined ? new TillbridgeError(code, params) : new RefusedConfigError(path, problems);
}

/** Beside this file where both are built; tests run this from the sources and need the built one all the same. */
function builtChild(base: string): URL {
  const beside = new URL('./desk-child.js', base);
  return existsSync(beside) ? beside : new URL('../../dist/desk-child.js', base);
}
