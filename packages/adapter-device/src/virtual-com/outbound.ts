import type { Instant } from '@tillbridge/core';

/** One whole read or number with its terminator: never merged with another, never cut short by us. */
export interface Piece {
  readonly kind: 'goods' | 'number';
  readonly bytes: Uint8Array;
  /** When it was read; what its age counts from. */
  readonly at: Instant;
}

/** A piece of which everything before `offset` has left us for good. */
export interface Rest {
  readonly piece: Piece;
  readonly offset: number;
}

/** How much of a number the till has taken. */
export type Taken = 'none' | 'part' | 'all';

/** Bounds of what waits for a port: more than a shop scans in `backlogMs`, little enough to never matter. */
export const BACKLOG_LIMITS = { bytes: 1_048_576, pieces: 4096 } as const;

/** What waits to be written, oldest first. Only the head can be written in part. */
export class Backlog {
  #rests: Rest[] = [];
  #bytes = 0;
  readonly #limits: { readonly bytes: number; readonly pieces: number };

  constructor(limits: { readonly bytes: number; readonly pieces: number } = BACKLOG_LIMITS) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#rests.length;
  }

  get head(): Rest | undefined {
    return this.#rests[0];
  }

  /** Puts a piece at the end. Returns how many goods reads had to go to keep within the bounds: the oldest whole ones. */
  push(piece: Piece, offset = 0): number {
    this.#rests.push({ piece, offset });
    this.#bytes += piece.bytes.length;
    let dropped = 0;
    while (this.#bytes > this.#limits.bytes || this.#rests.length > this.#limits.pieces) {
      const oldest = this.#rests.findIndex((rest) => rest.offset === 0);
      if (oldest < 0) break;
      dropped += this.#remove(oldest);
    }
    return dropped;
  }

  /** Notes that `count` more bytes of the head were written; a finished head leaves. */
  advance(count: number): void {
    const head = this.#rests[0];
    if (head === undefined) return;
    const offset = head.offset + count;
    if (offset >= head.piece.bytes.length) this.#remove(0);
    else this.#rests[0] = { piece: head.piece, offset };
  }

  /** Puts what was taken back from the port in front, in its order; the rest of a half written head joins its head. */
  putBack(rests: readonly Rest[]): void {
    const last = rests.at(-1);
    const joined = last !== undefined && last.piece === this.#rests[0]?.piece;
    if (joined) this.#rests[0] = last;
    const front = joined ? rests.slice(0, -1) : rests;
    for (const rest of front) this.#bytes += rest.piece.bytes.length;
    this.#rests.unshift(...front);
  }

  /** Drops the pieces that `stale` names. Returns how many of them were goods. */
  drop(stale: (rest: Rest) => boolean): number {
    let dropped = 0;
    for (let index = this.#rests.length - 1; index >= 0; index -= 1) {
      const rest = this.#rests[index];
      if (rest !== undefined && stale(rest)) dropped += this.#remove(index);
    }
    return dropped;
  }

  #remove(index: number): number {
    const [rest] = this.#rests.splice(index, 1);
    if (rest === undefined) return 0;
    this.#bytes -= rest.piece.bytes.length;
    return rest.piece.kind === 'goods' ? 1 : 0;
  }
}

/** More than a PTY's queues ever hold (about 22 kB on Linux 6): whatever is older has been read. */
const TRAIL_BYTES = 65_536;

interface Span {
  readonly piece: Piece;
  /** Offset in the piece of the span's first byte. */
  readonly from: number;
  /** Position in the stream of the span's first byte, and behind its last. */
  readonly start: number;
  end: number;
}

/**
 * What was written and may not have been read yet, as positions in the stream of all bytes: read <= moved <= written. A look at the port
 * counts the bytes between `read` and `moved`, where `moved` is how far the kernel has carried them to the reader's queue; neither can be
 * seen alone, so both are kept as "at least this far". It counts, it does not compare: a till may let the terminal translate what it reads.
 */
export class Trail {
  #spans: Span[] = [];
  #written = 0;
  #moved = 0;
  #read = 0;

  /** Whether everything is known to have been read. */
  get empty(): boolean {
    return this.#spans.length === 0;
  }

  /** Whether everything is known to lie in the reader's queue or to have been read. */
  get settled(): boolean {
    return this.#moved === this.#written;
  }

  /** Notes that `count` bytes of `piece`, from `from` on, were written. */
  wrote(piece: Piece, from: number, count: number): void {
    const last = this.#spans.at(-1);
    const start = this.#written;
    this.#written += count;
    if (last?.piece === piece) last.end = this.#written;
    else this.#spans.push({ piece, from, start, end: this.#written });
    if (this.#written - this.#read > TRAIL_BYTES) this.#readUpTo(this.#written - TRAIL_BYTES);
  }

  /** A look at the port: `unread` bytes lie in the reader's queue; 0 means that nothing is on its way either. */
  look(unread: number): void {
    const read = unread === 0 ? this.#written : Math.max(this.#read, this.#moved - unread);
    this.#moved = Math.min(this.#written, Math.max(this.#moved, read + unread));
    this.#readUpTo(read);
  }

  /** Bytes written since the first byte of `piece`; 0 when it is not in the trail. */
  since(piece: Piece): number {
    const span = this.#spans.find((candidate) => candidate.piece === piece);
    return span === undefined ? 0 : this.#written - span.start;
  }

  /** How much of `piece` has been read, after a look that saw `unread` bytes; `unclear` while bytes may be on their way. */
  taken(piece: Piece, unread: number): Taken | 'unclear' {
    const span = this.#spans.find((candidate) => candidate.piece === piece);
    if (span === undefined) return 'all';
    const readAtMost = this.#written - unread;
    if (span.from > 0 || (this.#read > span.start && readAtMost < span.end)) return 'part';
    return readAtMost <= span.start ? 'none' : 'unclear';
  }

  /** The last `count` bytes were taken back, and nothing is left: forgets everything and returns what they were, in order. */
  takeBack(count: number): Rest[] {
    const read = this.#written - count;
    const rests: Rest[] = [];
    for (const span of this.#spans) {
      if (span.end > read) rests.push({ piece: span.piece, offset: span.from + Math.max(0, read - span.start) });
    }
    this.#spans = [];
    this.#written = 0;
    this.#moved = 0;
    this.#read = 0;
    return rests;
  }

  #readUpTo(read: number): void {
    this.#read = read;
    const first = this.#spans.findIndex((span) => span.end > read);
    if (first !== 0) this.#spans = first < 0 ? [] : this.#spans.slice(first);
  }
}
