import { spawn } from 'node:child_process';
import { systemClock } from '@tillbridge/core';

/** A program that is measured or measures. */
export interface Child {
  readonly pid: number;
  /** Takes everything up to and with the first whole line that matches. @throws Error when the program ends before, or after `timeoutMs` (30000). */
  until(pattern: RegExp, timeoutMs?: number): Promise<string>;
  tell(line: string): void;
  errors(): string;
  /** Ends it by its own pid. Resolves when it is gone. */
  stop(): Promise<void>;
}

const UNTIL_MS = 30_000;
/** A daemon finishes what is in flight within 5 s. */
const STOP_MS = 8000;
const KEPT_ERRORS = 4000;

/** Starts a program with pipes. */
export function start(command: string, argv: readonly string[], { env }: { readonly env?: NodeJS.ProcessEnv } = {}): Child {
  const child = spawn(command, [...argv], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
  const lines = new Lines(command);
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors = (errors + chunk).slice(-KEPT_ERRORS)));
  child.stdin.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => {
    const end = (why: string): void => {
      lines.end(`${why} ${errors}`.trim());
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('close', () => end(errors));
  });
  return {
    pid: child.pid ?? -1,
    until: (pattern, timeoutMs = UNTIL_MS) => lines.until(pattern, timeoutMs),
    tell: (line) => void child.stdin.write(`${line}\n`),
    errors: () => errors,
    stop: async () => {
      child.stdin.end();
      child.kill('SIGTERM');
      const cancel = systemClock.timer(STOP_MS, () => child.kill('SIGKILL'));
      await gone;
      cancel();
    },
  };
}

/** What a program says, line by line, for one who waits for a certain line. */
class Lines {
  readonly #command: string;
  readonly #wakes = new Set<() => void>();
  #text = '';
  #ended: string | undefined;

  constructor(command: string) {
    this.#command = command;
  }

  push(chunk: string): void {
    this.#text += chunk;
    this.#wake();
  }

  end(why: string): void {
    this.#ended = why;
    this.#wake();
  }

  until(pattern: RegExp, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      let from = 0;
      const settle = (finish: () => void): void => {
        cancel();
        this.#wakes.delete(look);
        finish();
      };
      const look = (): void => {
        for (let end = this.#text.indexOf('\n', from); end >= 0; end = this.#text.indexOf('\n', from)) {
          const line = this.#text.slice(from, end);
          from = end + 1;
          if (!pattern.test(line)) continue;
          const before = this.#text.slice(0, from);
          this.#text = this.#text.slice(from);
          settle(() => resolve(before));
          return;
        }
        const why = this.#ended;
        if (why !== undefined) settle(() => reject(new Error(`${this.#command} ended before ${String(pattern)}: ${why}`)));
      };
      const cancel = systemClock.timer(timeoutMs, () => settle(() => reject(new Error(`${this.#command}: no ${String(pattern)} in ${timeoutMs} ms`))));
      this.#wakes.add(look);
      look();
    });
  }

  #wake(): void {
    for (const look of [...this.#wakes]) look();
  }
}
