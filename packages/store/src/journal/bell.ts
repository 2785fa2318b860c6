import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/**
 * How many requests were posted, in memory that two processes share: the journal's process sees that one has come without sleeping, and so
 * without being woken (0.2 ms on an idle machine). It only says that there is something to read; what is read comes through the pipe.
 *
 * A file of a file system that has no disk, so that no write of it can get into the way of the journal's; without a name, so that nothing of
 * it is left.
 */
export interface Bell {
  /** For the process: it becomes {@link BELL_FD} there. */
  readonly fd: number;
  ring(): void;
  close(): void;
}

/** The bell's descriptor in the journal's process. */
export const BELL_FD = 3;

/** POSIX shared memory of glibc and musl (shm_overview(7)): a tmpfs. */
const FOLDER = '/dev/shm';
const BYTES = 4;

/** `undefined` where there is none to be had, and with one processor: who waits there without sleeping keeps everybody else from working. */
export function openBell(folder: string = FOLDER, processors: number = availableParallelism()): Bell | undefined {
  if (process.platform !== 'linux' || processors < 2) return undefined;
  try {
    const path = join(folder, `tillbridge-${randomBytes(8).toString('hex')}`);
    const fd = openSync(path, 'wx+', 0o600);
    try {
      unlinkSync(path);
      return countingBell(fd);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  } catch {
    // no such folder, or nobody may write there: the process is woken instead
    return undefined;
  }
}

function countingBell(fd: number): Bell {
  const count = new Int32Array(1);
  const bytes = new Uint8Array(count.buffer);
  let open = true;
  const ring = (): void => {
    if (!open) return;
    count[0] = ((count[0] ?? 0) + 1) | 0;
    try {
      writeSync(fd, bytes, 0, BYTES, 0);
    } catch {
      // the memory of the machine is full: the process finds what came when it has waited long enough
    }
  };
  const close = (): void => {
    if (open) closeSync(fd);
    open = false;
  };
  return { fd, ring, close };
}

/** The bell as the journal's process hears it. */
export class BellEar {
  readonly #fd: number;
  readonly #count = new Int32Array(1);
  readonly #bytes = new Uint8Array(this.#count.buffer);

  constructor(fd: number = BELL_FD) {
    this.#fd = fd;
  }

  /** Whether more requests were posted than these. Beyond 2^31 the difference of two counts is what it was. */
  beyond(received: number): boolean {
    if (readSync(this.#fd, this.#bytes, 0, BYTES, 0) < BYTES) return false;
    return (((this.#count[0] ?? 0) - received) | 0) > 0;
  }
}
