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
 * What was written and may not have been read yet. Told how many bytes at the end of the stream are unread, it knows which pieces they
 * belong to. It counts, it does not compare: a till may let the terminal translate what it reads.
 */
export class Trail {
  #spans: Span[] = [];
  #written = 0;

  /** Whether anything may be unread. */
  get empty(): boolean {
    return this.#spans.length === 0;
  }

  /** Bytes from the first piece that may be unread to the end of the stream. */
  get length(): number {
    return this.#written - (this.#spans[0]?.start ?? this.#written);
  }

  /** Notes that `count` bytes of `piece`, from `from` on, were written. */
  wrote(piece: Piece, from: number, count: number): void {
    const last = this.#spans.at(-1);
    const start = this.#written;
    this.#written += count;
    if (last?.piece === piece) last.end = this.#written;
    else this.#spans.push({ piece, from, start, end: this.#written });
    if (this.length > TRAIL_BYTES) this.seen(TRAIL_BYTES);
  }

  /** The last `unread` bytes are unread: forgets the pieces before them. */
  seen(unread: number): void {
    const read = this.#written - unread;
    const first = this.#spans.findIndex((span) => span.end > read);
    if (first !== 0) this.#spans = first < 0 ? [] : this.#spans.slice(first);
  }

  /** Bytes written since the first byte of `piece`; 0 when it is not in the trail. */
  since(piece: Piece): number {
    const span = this.#spans.find((candidate) => candidate.piece === piece);
    return span === undefined ? 0 : this.#written - span.start;
  }

  /** How much of `piece` has been read when the last `unread` bytes have not. */
  taken(piece: Piece, unread: number): Taken {
    const span = this.#spans.find((candidate) => candidate.piece === piece);
    const read = this.#written - unread;
    if (span === undefined || span.end <= read) return 'all';
    return span.start < read || span.from > 0 ? 'part' : 'none';
  }

  /** The last `count` bytes were taken back: forgets everything and returns what they were, in order. */
  takeBack(count: number): Rest[] {
    const read = this.#written - count;
    const rests: Rest[] = [];
    for (const span of this.#spans) {
      if (span.end > read) rests.push({ piece: span.piece, offset: span.from + Math.max(0, read - span.start) });
    }
    this.#spans = [];
    this.#written = 0;
    return rests;
  }
}
