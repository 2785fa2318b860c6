import type { Instant, ReaderSink } from '@tillbridge/core';
import { FRAMING_DEFAULTS, type FramingOptions, type Suffix } from './options.js';
import { QuietGuard } from './quiet-guard.js';
import { WholeRead } from './whole-read.js';

/** The part of a reader's sink that a framer writes to. */
export type FrameSink = Omit<ReaderSink, 'state'>;

/**
 * Bytes and time in, reads out; no I/O, no timers. What `tick` has not declared has not happened: a byte that comes before the silence was
 * declared belongs to what was there, whatever the clock says, because a busy process sees bytes later than they came.
 */
export interface Framer<Chunk = Uint8Array> {
  /** Takes bytes (or what else the device sends) as they came. Complete reads are emitted before it returns. */
  push(chunk: Chunk, now: Instant, emit: FrameSink): void;
  /** When `tick` is due: monotonic milliseconds; `undefined` when nothing is. */
  deadline(): number | undefined;
  /** Declares what is due: silence, or a read that ended without a terminator. */
  tick(now: Instant, emit: FrameSink): void;
  /** The device is gone: half a read is dropped and reported, a whole one that awaits silence gets it. Afterwards as new. */
  end(emit: FrameSink): void;
}

const CR = 0x0d;
const LF = 0x0a;
const ENDS: Readonly<Record<Suffix, Uint8Array>> = {
  CR: Uint8Array.of(CR),
  LF: Uint8Array.of(LF),
  CRLF: Uint8Array.of(CR, LF),
  TAB: Uint8Array.of(0x09),
  ETX: Uint8Array.of(0x03),
};
const NONE = new Uint8Array(0);
const FIRST_BUFFER = 256;

/** @throws RangeError for a `maxBytes` below 1. */
export function createFramer(options: FramingOptions = FRAMING_DEFAULTS): Framer {
  if (!(options.maxBytes >= 1)) throw new RangeError('maxBytes must be at least 1');
  return new ScannerFramer(options);
}

/** Which bytes end a read. With `CRLF` alone the byte looked for is the LF, and it ends a read only behind a CR. */
function endTable(suffix: readonly Suffix[]): readonly (Uint8Array | undefined)[] {
  const table = new Array<Uint8Array | undefined>(256).fill(undefined);
  for (const name of suffix) if (name !== 'CRLF') table[ENDS[name][0] ?? 0] = ENDS[name];
  return table;
}

class ScannerFramer implements Framer {
  readonly #ends: readonly (Uint8Array | undefined)[];
  /** CR LF ends a read and a lone CR does not: the CR waits in the buffer for its LF. */
  readonly #lfEndsAfterCr: boolean;
  readonly #options: FramingOptions;
  readonly #quiet: QuietGuard;
  #buffer = new Uint8Array(FIRST_BUFFER);
  #length = 0;
  #silentBefore = true;
  /** The read was longer than `maxBytes`; what is in the buffer is its next piece. */
  #overflowing = false;
  /** The last byte was a CR that ended a read: an LF that comes next is part of that terminator. */
  #lfIsTail = false;

  constructor(options: FramingOptions) {
    this.#options = options;
    this.#ends = endTable(options.suffix);
    this.#lfEndsAfterCr = options.suffix.includes('CRLF') && !options.suffix.includes('CR');
    this.#quiet = new QuietGuard(options.quietMs);
  }

  push(chunk: Uint8Array, now: Instant, emit: FrameSink): void {
    let start = 0;
    if (this.#lfIsTail && chunk[0] === LF) {
      emit.tail(ENDS.LF);
      this.#quiet.tail(now);
      start = 1;
    }
    if (start >= chunk.length) {
      if (start > 0) this.#lfIsTail = false;
      return;
    }
    this.#lfIsTail = false;
    for (let at = start; at < chunk.length; at += 1) {
      const end = this.#endAt(chunk, at);
      if (end === undefined) continue;
      const crlf = end === ENDS.CR && chunk[at + 1] === LF;
      this.#lfIsTail = end === ENDS.CR && at + 1 === chunk.length;
      this.#read(chunk, start, at, crlf ? ENDS.CRLF : end, now, emit);
      if (crlf) at += 1;
      start = at + 1;
    }
    if (start < chunk.length) this.#take(chunk, start, chunk.length, now, emit);
  }

  deadline(): number | undefined {
    const idle = this.#length > 0 && this.#options.idleMs > 0 ? this.#quiet.lastMono + this.#options.idleMs : undefined;
    return this.#quiet.deadline() ?? idle;
  }

  tick(now: Instant, emit: FrameSink): void {
    this.#quiet.tick(now, emit);
    const { idleMs, quietMs } = this.#options;
    if (this.#length === 0 || idleMs <= 0 || now.mono < this.#quiet.lastMono + idleMs) return;
    const bytes = this.#buffer.slice(0, this.#length);
    this.#emit(bytes, NONE, this.#overflowing || idleMs >= quietMs, emit);
    this.#reset();
  }

  end(emit: FrameSink): void {
    this.#quiet.end(emit);
    if (this.#length > 0) emit.dropped('unplugged', this.#length);
    this.#reset();
    this.#lfIsTail = false;
  }

  #endAt(chunk: Uint8Array, at: number): Uint8Array | undefined {
    const byte = chunk[at] ?? 0;
    if (byte === LF && this.#lfEndsAfterCr && this.#before(chunk, at) === CR) return ENDS.CRLF;
    return this.#ends[byte];
  }

  /** The byte before `at`, as long as it belongs to the same read. */
  #before(chunk: Uint8Array, at: number): number | undefined {
    return at > 0 ? chunk[at - 1] : this.#buffer[this.#length - 1];
  }

  /** Appends chunk[from..to) to the read; emits pieces when it grows beyond `maxBytes`. */
  #take(chunk: Uint8Array, from: number, to: number, now: Instant, emit: FrameSink): void {
    if (this.#length === 0) this.#silentBefore = this.#quiet.firstByte(now, emit);
    this.#quiet.byte(now);
    const { maxBytes } = this.#options;
    while (from < to) {
      if (this.#length === maxBytes) {
        this.#overflowing = true;
        this.#emit(this.#buffer.slice(0, this.#length), NONE, true, emit);
        this.#length = 0;
      }
      const count = Math.min(to - from, maxBytes - this.#length);
      this.#reserve(this.#length + count);
      this.#buffer.set(chunk.subarray(from, from + count), this.#length);
      this.#length += count;
      from += count;
    }
  }

  /** A read that ends behind chunk[from..to). */
  #read(chunk: Uint8Array, from: number, to: number, end: Uint8Array, now: Instant, emit: FrameSink): void {
    const heldCr = end === ENDS.CRLF && this.#lfEndsAfterCr ? 1 : 0;
    const { maxBytes, quietMs } = this.#options;
    if (this.#length === 0 && quietMs > 0 && to - from <= maxBytes) {
      // came in one piece, as nearly every read does: straight out of the chunk
      const last = this.#quiet.lastByte(emit);
      this.#quiet.byte(now);
      emit.read(new WholeRead(copyOf(chunk, from, to - heldCr), end, now, quietMs, last));
      this.#quiet.await();
      return;
    }
    this.#take(chunk, from, to, now, emit);
    const bytes = this.#buffer.slice(0, this.#length - heldCr);
    this.#emit(bytes, end, this.#overflowing || quietMs <= 0, emit);
    this.#reset();
  }

  #emit(bytes: Uint8Array, terminator: Uint8Array, settled: boolean, emit: FrameSink): void {
    const at = this.#quiet.lastAt;
    const silentBefore = this.#silentBefore;
    if (settled) emit.read({ bytes, terminator, at, silence: 'settled', silentBefore, ...(this.#overflowing ? { overflow: true } : {}) });
    else emit.read({ bytes, terminator, at, silence: 'awaitQuiet', quietMs: this.#options.quietMs, silentBefore });
    if (!settled) this.#quiet.await();
  }

  #reset(): void {
    this.#length = 0;
    this.#overflowing = false;
    // one long read must not keep its buffer for ever
    if (this.#buffer.length > FIRST_BUFFER * 8) this.#buffer = new Uint8Array(FIRST_BUFFER);
  }

  #reserve(size: number): void {
    if (size <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.min(Math.max(size, this.#buffer.length * 2), Math.max(this.#options.maxBytes, size)));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}

/** A Buffer's own `slice` would be a view of memory that its stream uses again. */
function copyOf(chunk: Uint8Array, from: number, to: number): Uint8Array {
  const copy = new Uint8Array(to - from);
  for (let i = 0; i < copy.length; i += 1) copy[i] = chunk[from + i] ?? 0;
  return copy;
}
