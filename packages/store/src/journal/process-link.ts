import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Cancel, Clock } from '@tillbridge/core';
import { LineSplitter } from './line-splitter.js';
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

  /** Bytes that the process has not taken yet. */
  get backlog(): number {
    return this.#process?.stdin?.writableLength ?? 0;
  }

  /** Hands a request to the process; false when there is none just now. */
  post(request: Request): boolean {
    const stdin = this.#process?.stdin;
    if (stdin?.writable !== true) return false;
    // one that does not arrive any more is told of by `onDown`; how much may wait is bounded by who asks
    stdin.write(lineOf(request), 'utf8');
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
    const { url, setup } = this.#options;
    // the key goes through the pipe, never in arguments or environment; the daemon's environment, with its secrets, stays here
    const child = spawn(process.execPath, [...FLAGS, fileURLToPath(url)], { env: environment(), stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    this.#process = child;
    hold(child, this.#busy);
    const lines = new LineSplitter();
    child.stdout.on('data', (chunk: Buffer) => this.#arrived(child, lines, chunk));
    // a pipe that breaks is a process that ends: its exit tells
    for (const pipe of [child.stdin, child.stdout]) pipe.on('error', () => undefined);
    // one that could not be started has no exit
    child.on('error', (error) => {
      if (child.pid === undefined) this.#exited(child, error.message);
    });
    child.on('exit', (code, signal) => this.#exited(child, `its process ended (${signal ?? `exit code ${String(code)}`})`));
    child.stdin.write(lineOf(setup), 'utf8');
  }

  #arrived(child: ChildProcess, lines: LineSplitter, chunk: Buffer): void {
    let replies: Reply[];
    try {
      replies = lines.push(chunk).map((line) => JSON.parse(line) as Reply);
    } catch {
      // not what our process writes: it is started anew
      child.kill('SIGKILL');
      return;
    }
    this.#delay = FIRST_DELAY_MS;
    for (const reply of replies) this.#options.onReply(reply);
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

const lineOf = (message: Request | WriterSetup): string => `${JSON.stringify(message)}\n`;

/** Whether this process stays alive for that one. */
function hold(child: ChildProcess, held: boolean): void {
  for (const part of [child, child.stdin, child.stdout]) {
    if (!(part instanceof Socket) && part !== child) continue;
    if (held) part.ref();
    else part.unref();
  }
}

/** Nothing of ours but what Windows needs to start a program at all, and what tells Electron to be Node.js. */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { ...(SystemRoot === undefined ? {} : { SystemRoot }), ...('electron' in process.versions ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
}
