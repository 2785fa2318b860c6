import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Cancel, Clock } from '@tillbridge/core';
import type { Reply, Request, WriterSetup } from './protocol.js';

export interface ProcessLinkOptions {
  readonly url: URL;
  readonly setup: WriterSetup;
  readonly clock: Clock;
  /** A number in [0, 1): spreads the restarts. */
  readonly random: () => number;
  readonly onReply: (reply: Reply) => void;
  /** The process died: nothing that was asked of it will be answered. */
  readonly onDown: (problem: string) => void;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;
// The process holds a few hundred short rows at a time: it needs no more, and a defect must not take the till's memory.
const FLAGS = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=48', '--max-semi-space-size=1', '--no-opt', '--no-maglev'];

/** Where the built process is: beside the built package, or, when that runs from its sources (tests), in its `dist`. */
export function defaultProcessUrl(base: string): URL {
  const beside = new URL('./journal-process.js', base);
  return existsSync(beside) ? beside : new URL('../../dist/journal-process.js', base);
}

/**
 * Keeps the journal's process running: starts it, starts it again with a growing, jittered delay when it dies. Keeps the process alive only
 * while `busy(true)`.
 */
export class ProcessLink {
  readonly #options: ProcessLinkOptions;
  #process: ChildProcess | undefined;
  #delay = FIRST_DELAY_MS;
  #restart: Cancel | undefined;
  #busy = false;
  #ended = false;
  #restarts = 0;

  constructor(options: ProcessLinkOptions) {
    this.#options = options;
    this.#start();
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Whether there is a process to post to. */
  get up(): boolean {
    return this.#process !== undefined;
  }

  /** Hands a request to the process; false when there is none just now. */
  post(request: Request): boolean {
    if (this.#process?.connected !== true) return false;
    // one that cannot be sent any more is told of by `onDown`
    this.#process.send(request, () => undefined);
    return true;
  }

  busy(busy: boolean): void {
    if (busy === this.#busy) return;
    this.#busy = busy;
    if (this.#process !== undefined) hold(this.#process, busy);
  }

  /** The process was asked to end: its exit is no failure. */
  expectExit(): void {
    this.#ended = true;
    this.#restart?.();
  }

  /** Ends the process at once, wherever it is. */
  async terminate(): Promise<void> {
    this.expectExit();
    const child = this.#process;
    if (child === undefined) return;
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    hold(child, true);
    child.kill('SIGKILL');
    await exited;
  }

  #start(): void {
    const { url, setup, onReply } = this.#options;
    // the key goes through the pipe, never in arguments or environment; the daemon's environment, with its secrets, stays here
    const child = fork(url, [], { env: environment(), execArgv: FLAGS, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' });
    this.#process = child;
    hold(child, this.#busy);
    child.on('message', (reply) => {
      this.#delay = FIRST_DELAY_MS;
      onReply(reply as Reply);
    });
    // one that could not be started has no exit
    child.on('error', (error) => {
      if (child.pid === undefined) this.#exited(child, error.message);
    });
    child.on('exit', (code, signal) => this.#exited(child, `its process ended (${signal ?? `exit code ${String(code)}`})`));
    child.send(setup, () => undefined);
  }

  #exited(child: ChildProcess, problem: string): void {
    if (this.#process !== child) return;
    this.#process = undefined;
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

/** Whether this process stays alive for that one. */
function hold(child: ChildProcess, held: boolean): void {
  if (held) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

/** Nothing of ours but what Windows needs to start a program at all. */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
