import type { PtyLine } from '../virtual-com/pty-output.js';

/** A PTY as the kernel behaves, without one: a queue that outlives its reader, a till that opens, reads any number of bytes, closes. */
export class FakePty implements PtyLine {
  readonly path = '/dev/pts/fake';
  readonly #capacity: number;
  #queue: number[] = [];
  #opened = false;
  /** Everything that the till has read, over all of its openings, with a mark (-1) for each opening. */
  readonly read: number[] = [];
  exclusive = false;
  closed = false;

  constructor(capacity = 22_000) {
    this.#capacity = capacity;
  }

  openByTill(): void {
    if (!this.#opened) this.read.push(-1);
    this.#opened = true;
  }

  closeByTill(): void {
    this.#opened = false;
  }

  /** The till reads up to `count` bytes. */
  tillReads(count: number): number[] {
    if (!this.#opened) return [];
    const taken = this.#queue.splice(0, count);
    this.read.push(...taken);
    return taken;
  }

  get queued(): number {
    return this.#queue.length;
  }

  isOpen(): boolean {
    return this.#opened && !this.closed;
  }

  write(bytes: Uint8Array, offset = 0): number {
    const room = Math.max(0, this.#capacity - this.#queue.length);
    const part = bytes.subarray(offset, offset + room);
    this.#queue.push(...part);
    return part.length;
  }

  unread(): number | undefined {
    return this.exclusive ? undefined : Math.min(this.#queue.length, 4095);
  }

  takeBack(): Uint8Array | undefined {
    return this.exclusive ? undefined : Uint8Array.from(this.#queue.splice(0));
  }

  drainInput(): number {
    return 0;
  }

  close(): void {
    this.closed = true;
  }
}
