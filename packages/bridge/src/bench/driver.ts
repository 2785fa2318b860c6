import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from './child.js';

/** What the scanner sends, and what the cashier program must get because of it. */
export type Pair = readonly [read: string, wanted: string];

export interface BatchOptions {
  /** Before each, microseconds. */
  readonly gapUs: number;
  /** What has not come out by then is missing; default 2000. */
  readonly waitMs?: number;
  /** How many may be missing or wrong; default none. */
  readonly mayMiss?: number;
}

/** The program that is the scanner and the cashier program at once. */
export interface Driver {
  /** The scanner's tty. */
  readonly in: string;
  /** The far end's tty, where it was asked for. */
  readonly out: string | undefined;
  /** The cashier program opens its port. */
  open(path: string): Promise<void>;
  /** Sends scans one after another; nanoseconds from before the write to after the read of the last byte. @throws Error when one did not come out right */
  batch(scans: readonly Pair[], options: BatchOptions): Promise<number[]>;
  stop(): Promise<void>;
}

/** Starts a driver. `pair`: it makes the far end's tty too, for programs that can only write to one that exists. */
export type DriverFactory = (options?: { readonly pair?: boolean }) => Promise<Driver>;

const START_MS = 60_000;
const WAIT_MS = 2000;
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

/** Drivers made of `command`: one program serves every side that is compared, so its own cost is the same for all. */
export function drivers(command: readonly [string, ...string[]], folder: string): DriverFactory {
  let batches = 0;
  return async ({ pair = false } = {}) => {
    const [program, ...argv] = command;
    const child = start(program, pair ? [...argv, 'pair'] : argv);
    const lines = await child.until(/^done$/);
    return {
      in: /^in (.+)$/m.exec(lines)?.[1] ?? '',
      out: /^out (.+)$/m.exec(lines)?.[1],
      open: async (path) => {
        child.tell(`open ${path}`);
        await child.until(/^done$/);
      },
      batch: async (scans, { gapUs, waitMs = WAIT_MS, mayMiss = 0 }) => {
        const file = join(folder, `batch-${child.pid}-${(batches += 1)}`);
        writeFileSync(file, scans.map(([read, wanted]) => `${hex(read)} ${hex(wanted)}\n`).join(''));
        child.tell(`batch ${file} ${gapUs} ${waitMs}`);
        const answer = await child.until(/^done$/, START_MS + scans.length * (gapUs / 1000 + waitMs)).finally(() => rmSync(file, { force: true }));
        const times = answer.trim().split('\n').slice(0, -1).map(Number);
        const missed = times.filter((time) => time < 0).length;
        if (times.length !== scans.length || missed > mayMiss) throw new Error(`${missed} of ${scans.length} scans did not come out right (${times.length} answers)`);
        return times.filter((time) => time >= 0);
      },
      stop: () => child.stop(),
    };
  };
}

/** A file that is started as a process of its own, beside this one. */
const beside = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
const QUIET = '--disable-warning=ExperimentalWarning';

export const driverCommand = (): readonly [string, ...string[]] => [process.execPath, QUIET, beside('bench-driver')];
export const relayCommand = (): readonly [string, ...string[]] => [process.execPath, QUIET, beside('bench-relay')];
export const commitsCommand = (): readonly [string, ...string[]] => [process.execPath, QUIET, beside('bench-commits')];
