import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface Exit {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningChild {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly pid: number;
  /** Everything printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The first match in a whole line of stdout, printed before or after the call; rejects when it ends or `timeoutMs` (default 30000) pass. */
  waitForLine(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** The same for stderr. */
  waitForErrorLine(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Resolves when it has ended and its output is read to the end. */
  readonly exited: Promise<Exit>;
  /** SIGTERM, and SIGKILL after `graceMs` (default 6000). */
  stop(graceMs?: number): Promise<Exit>;
  /** SIGKILL. */
  kill(): Promise<Exit>;
}

export interface SpawnSettings {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

interface LineWaiter {
  readonly text: () => string;
  readonly wait: (pattern: RegExp, timeoutMs: number) => Promise<RegExpExecArray>;
  readonly end: (why: string) => void;
}

/** Collects a stream's text and lets callers wait for a line of it. */
function lineWaiter(stream: Readable): LineWaiter {
  let text = '';
  let ended: string | undefined;
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    wake();
  });
  const wait = (pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      let from = 0;
      const find = (): RegExpExecArray | null => {
        const end = ended === undefined ? text.lastIndexOf('\n') + 1 : text.length;
        const lines = text.slice(from, end).split('\n');
        from = end;
        return lines.map((line) => pattern.exec(line)).find((match) => match !== null) ?? null;
      };
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        watchers.delete(look);
        finish();
      };
      const look = (): void => {
        const match = find();
        if (match !== null) settle(() => resolve(match));
        else if (ended !== undefined) settle(() => reject(new Error(`${String(ended)} before a line matched ${String(pattern)}:\n${text}`)));
      };
      const late = (): void => settle(() => reject(new Error(`no line matched ${String(pattern)} in ${String(timeoutMs)} ms:\n${text}`)));
      const timer = setTimeout(late, timeoutMs);
      watchers.add(look);
      look();
    });
  return {
    text: () => text,
    wait,
    end: (why) => {
      ended = why;
      wake();
    },
  };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** Starts a program with pipes; ends it by its own pid only. */
export function startChild(command: string, argv: readonly string[], settings: SpawnSettings = {}): RunningChild {
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'pipe'], ...settings });
  const out = lineWaiter(child.stdout);
  const err = lineWaiter(child.stderr);
  // a program that ends before it has read its input is judged by its exit, not by the broken pipe
  child.stdin.on('error', () => undefined);
  const exited = exitOf(child);
  const note = (why: string): void => {
    out.end(why);
    err.end(why);
  };
  exited.then(
    (exit) => note(`it ended (code ${String(exit.code)}, signal ${String(exit.signal)}, stderr ${err.text()})`),
    (error: unknown) => note(`it did not start (${String(error)})`),
  );
  return {
    child,
    pid: child.pid ?? -1,
    stdout: out.text,
    stderr: err.text,
    waitForLine: (pattern, timeoutMs = 30_000) => out.wait(pattern, timeoutMs),
    waitForErrorLine: (pattern, timeoutMs = 30_000) => err.wait(pattern, timeoutMs),
    exited,
    stop: async (graceMs = 6000) => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      return exited.finally(() => clearTimeout(timer));
    },
    kill: async () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
}
