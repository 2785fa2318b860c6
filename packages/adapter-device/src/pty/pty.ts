import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { asTillbridgeError } from '@tillbridge/core';
import { giveAccess, type PtyAccess } from './access.js';
import { loadPtyBinding, POLLHUP, POLLIN, type PtyBinding } from './binding.js';
import { placeLink, removeLink } from './stable-link.js';

export interface PtyOptions extends PtyAccess {
  /** A name that stays the same over restarts: a symbolic link to the slave. */
  readonly link?: string;
}

/** Open the slave for a moment: without becoming its session's terminal, without waiting. */
const SLAVE_FLAGS = constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK;
/** Upper bound of what one `drainInput` reads, and of the takes of one `takeBack`. */
const MAX_CHUNKS = 64;

/**
 * A pseudo terminal in raw mode: we hold the master, any program opens the slave as if it were a serial port.
 * Every call is synchronous and takes microseconds; after `close` all of them do nothing.
 */
export class Pty {
  /** The slave's device path, `/dev/pts/N`. */
  readonly path: string;
  readonly link: string | undefined;
  readonly #binding: PtyBinding;
  #fd: number;

  constructor(binding: PtyBinding, fd: number, path: string, link?: string) {
    this.#binding = binding;
    this.#fd = fd;
    this.path = path;
    this.link = link;
  }

  /** Whether any program has the slave open. */
  isOpen(): boolean {
    return this.#fd >= 0 && (this.#binding.poll(this.#fd, POLLIN) & POLLHUP) === 0;
  }

  /** Writes `bytes` from `offset` to `end` and returns how many of them the kernel took: fewer, or 0, when its queue is full. */
  write(bytes: Uint8Array, offset = 0, end = bytes.length): number {
    if (this.#fd < 0) return 0;
    try {
      return writeSync(this.#fd, bytes, offset, end - offset);
    } catch (error) {
      if (isErrno(error, 'EAGAIN')) return 0;
      throw error;
    }
  }

  /**
   * Bytes that nobody has read from the slave yet. 0 is certain; of anything else it is the least: bytes written a moment ago, and what
   * lies behind a full queue of 4095, are not seen. `undefined` while a program holds the slave exclusively.
   */
  unread(): number | undefined {
    return this.#withSlave((slave) => this.#count(slave));
  }

  /**
   * Takes back everything that nobody has read from the slave yet; `undefined` while a program holds it exclusively. What could only be
   * dropped, because a reader held the queue, stands as zero bytes: the length is always right.
   */
  takeBack(): Uint8Array | undefined {
    return this.#withSlave((slave) => {
      const chunks: Uint8Array[] = [];
      for (let round = 0; round < MAX_CHUNKS; round += 1) {
        const chunk = readChunk(slave);
        if (chunk.length > 0) chunks.push(chunk);
        else if (this.#count(slave) === 0) return Buffer.concat(chunks);
      }
      // A reader that sleeps inside read(2) holds the queue's lock: what is left can be dropped, not read. Its length is what counts.
      const left = this.#count(slave);
      this.#binding.discard(slave);
      return Buffer.concat([...chunks, Buffer.alloc(left)]);
    });
  }

  /**
   * Makes the slave free for every program again: TIOCEXCL, as Java serial libraries set it, outlives the program that set it.
   * False when this user is locked out as well, which only a new PTY mends.
   */
  unlock(): boolean {
    const done = this.#withSlave((slave) => {
      this.#binding.unlock(slave);
      return true;
    });
    return done ?? this.#fd < 0;
  }

  /** What programs wrote into the slave, at most 4 KiB a call; empty when there is nothing. */
  read(): Uint8Array {
    if (this.#fd < 0 || (this.#binding.poll(this.#fd, POLLIN) & POLLIN) === 0) return new Uint8Array(0);
    return readChunk(this.#fd);
  }

  /** Throws away what programs wrote into the slave, so that they never block on it. Returns the bytes dropped (at most 256 KiB a call). */
  drainInput(): number {
    let dropped = 0;
    for (let round = 0; round < MAX_CHUNKS; round += 1) {
      const chunk = this.read();
      if (chunk.length === 0) break;
      dropped += chunk.length;
    }
    return dropped;
  }

  /** Closes the PTY: a program that has the slave open sees a hang-up. Removes the link if it is still ours. Idempotent. */
  close(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    if (this.link !== undefined) removeLink(this.link, this.path);
    closeSync(fd);
  }

  /**
   * The kernel moves written bytes to the reader's queue in the background, and FIONREAD sees only that queue: right after a write it
   * showed 0 in most tries. poll(2) waits for that move (n_tty_poll calls tty_buffer_flush_work), but only when the queue is empty. So 0 is
   * certain, and anything else is what has been moved so far.
   */
  #count(slave: number): number {
    for (let round = 0; round < MAX_CHUNKS; round += 1) {
      const readable = (this.#binding.poll(slave, POLLIN) & POLLIN) !== 0;
      const count = this.#binding.unread(slave);
      // readable a moment ago and empty now: a reader was faster than us, and more may be on its way
      if (count > 0 || !readable) return count;
    }
    return 1;
  }

  #withSlave<T>(use: (slave: number) => T): T | undefined {
    if (this.#fd < 0) return undefined;
    let slave: number;
    try {
      slave = openSync(this.path, SLAVE_FLAGS);
    } catch (error) {
      // TIOCEXCL, as Java serial libraries set it
      if (isErrno(error, 'EBUSY')) return undefined;
      throw error;
    }
    try {
      return use(slave);
    } finally {
      closeSync(slave);
    }
  }
}

/** Bytes that can be had at once; none on an empty queue or a hang-up. */
function readChunk(fd: number): Uint8Array {
  const buffer = Buffer.allocUnsafe(4096);
  try {
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, null));
  } catch (error) {
    if (isErrno(error, 'EAGAIN') || isErrno(error, 'EIO')) return buffer.subarray(0, 0);
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}

/** Makes a PTY with a binding at hand; see {@link openPty}. */
export function createPty(binding: PtyBinding, options: PtyOptions = {}): Pty {
  let pty: Pty | undefined;
  try {
    const { fd, slave } = binding.openMaster();
    pty = new Pty(binding, fd, slave, options.link);
    // Raw settings belong to the slave and outlive this descriptor. It is closed again, or we could not see whether a program opens it.
    const once = openSync(slave, SLAVE_FLAGS);
    try {
      binding.makeRaw(once);
    } finally {
      closeSync(once);
    }
    giveAccess(slave, options);
    if (options.link !== undefined) placeLink(options.link, slave);
    return pty;
  } catch (error) {
    pty?.close();
    throw asTillbridgeError(error, 'TB_TILL_PTY_FAILED');
  }
}

/**
 * Opens a new PTY in raw mode and, with `link`, gives it a stable name. Linux only.
 *
 * @throws {TillbridgeError} `TB_NATIVE_UNSUPPORTED`, `TB_NATIVE_MISSING`, `TB_TILL_PTY_FAILED`, `TB_TILL_PORT_ACCESS`,
 * `TB_TILL_LINK_TAKEN`, `TB_TILL_LINK_FAILED`
 */
export async function openPty(options: PtyOptions = {}): Promise<Pty> {
  return createPty(await loadPtyBinding(), options);
}
