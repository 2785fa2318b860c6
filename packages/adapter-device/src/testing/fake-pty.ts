import type { PtyLine } from '../virtual-com/pty-output.js';

/**
 * A PTY as the kernel behaves, without one: a queue that outlives its reader, bytes on their way to it that are moved when the kernel finds
 * time or when a call finds the queue empty, a till that opens, reads any number of bytes, closes.
 */
export class FakePty implements PtyLine {
  readonly path = '/dev/pts/fake';
  readonly #capacity: number;
  #queue: number[] = [];
  #onTheWay: number[] = [];
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
    this.#flushEmpty();
    const taken = this.#queue.splice(0, count);
    this.read.push(...taken);
    return taken;
  }

  /** Bytes written and not read. */
  get queued(): number {
    return this.#queue.length + this.#onTheWay.length;
  }

  /** The kernel finds time to move up to `count` bytes to the reader's queue. */
  move(count: number): void {
    this.#queue.push(...this.#onTheWay.splice(0, Math.min(count, 4095 - this.#queue.length)));
  }

  #flushEmpty(): void {
    if (this.#queue.length === 0) this.move(4095);
  }

  isOpen(): boolean {
    return this.#opened && !this.closed;
  }

  write(bytes: Uint8Array, offset = 0, end = bytes.length): number {
    const room = Math.max(0, this.#capacity - this.queued);
    const part = bytes.subarray(offset, Math.min(end, offset + room));
    this.#onTheWay.push(...part);
    return part.length;
  }

  unread(): number | undefined {
    this.#flushEmpty();
    return this.exclusive ? undefined : this.#queue.length;
  }

  takeBack(): Uint8Array | undefined {
    return this.exclusive ? undefined : Uint8Array.from([...this.#queue.splice(0), ...this.#onTheWay.splice(0)]);
  }

  unlock(): boolean {
    return !this.exclusive;
  }

  drainInput(): number {
    return 0;
  }

  close(): void {
    this.closed = true;
  }
}
