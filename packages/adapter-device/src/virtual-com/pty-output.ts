import { elapsed, type Clock, type Instant } from '@tillbridge/core';
import { joined } from './bytes.js';
import { Backlog, Trail, type Piece, type Taken } from './outbound.js';

/** What this file needs of a PTY; the model test puts a queue in its place. */
export interface PtyLine {
  readonly path: string;
  isOpen(): boolean;
  write(bytes: Uint8Array, offset?: number, end?: number): number;
  unread(): number | undefined;
  takeBack(): Uint8Array | undefined;
  unlock(): boolean;
  drainInput(): number;
  close(): void;
}

export interface PtyOutputOptions {
  readonly clock: Clock;
  /** Makes the PTY; called again when a program left it locked. */
  readonly makeLine: () => PtyLine;
  readonly gapMs: number;
  readonly backlogMs: number;
  readonly events: {
    dropped(reads: number, reason: 'portNotOpen' | 'queueFull' | 'tooMany' | 'cut' | 'shutdown'): void;
    listening(open: boolean): void;
  };
}

/** Where a written number is. `unclear`: the kernel is still moving bytes, look again. `gone`: the port was closed meanwhile. `uncounted`: the till holds the port exclusively, nobody can tell. */
export interface NumberState {
  readonly taken: Taken | 'unclear' | 'uncounted';
  readonly gone: boolean;
}

/** Whether a number may be written now; otherwise how long to wait, as far as that is known. */
export type Readiness = { readonly ready: true; readonly countable: boolean } | { readonly ready: false; readonly waitMs?: number };

/**
 * The reader's queue of a Linux terminal (N_TTY_BUF_SIZE is 4096, one byte stays free). While a number lies unread, no more than this is
 * written in all, so that one read(2) takes everything back at once and the till cannot read from the middle of it.
 */
const TTY_QUEUE = 4095;

/**
 * How long a look that saw an empty queue stands, in ms, as long as nothing was written: only we fill that queue. Longer than a durable commit takes
 * between the look ahead and the number; short, so that a program that has locked the port meanwhile is the rare case.
 */
const FORESEEN_MS = 25;

/** Goods of up to so many bytes leave from one piece of memory that is there already: nearly all. */
const IMAGE_BYTES = 512;

/** Looks, of about 10 us each, that a number to be taken back waits for the kernel to have moved the goods behind it. */
const SETTLE_LOOKS = 200;

/** Milliseconds between two looks at the port: nothing is pending, something may be unread, something waits to be written. */
const LOOK = { idle: 250, unread: 25, waiting: 10 } as const;

/**
 * Goods and numbers on their way into one PTY: what waits, what was written, what of it has been read. Synchronous, sets no timers; the
 * adapter calls `tick` when the returned time has passed.
 */
export class PtyOutput {
  readonly #options: PtyOutputOptions;
  readonly #clock: Clock;
  readonly #backlog = new Backlog();
  readonly #trail = new Trail();
  readonly #image = new Uint8Array(IMAGE_BYTES);
  #line: PtyLine;
  #open = false;
  /** The number that was written and not accounted for yet. */
  #number: Piece | undefined;
  /** What the last closing of the port did to `#number`. */
  #fate: Taken | 'uncounted' | undefined;
  /** When the reader's queue was last seen empty, with nothing written since. */
  #emptyAt = -Infinity;
  #lastWrite = -Infinity;
  #lastNumber = -Infinity;

  constructor(options: PtyOutputOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#line = options.makeLine();
  }

  get path(): string {
    return this.#line.path;
  }

  /** Whether goods wait to be written or may lie unread. */
  get busy(): boolean {
    return this.#backlog.length > 0 || !this.#trail.empty;
  }

  /** Whether the till has the port open, as it is now. When it has just closed it, what it did not read is taken back first. */
  isOpen(): boolean {
    const open = this.#line.isOpen();
    if (open !== this.#open) {
      this.#open = open;
      if (!open) this.#closed();
      this.#options.events.listening(open);
    }
    return open;
  }

  /** Writes goods with what ends them, at once; where that cannot be, they wait in order. */
  goods(bytes: Uint8Array, end: Uint8Array, at: Instant): void {
    const length = bytes.length + end.length;
    if (length === 0) return;
    // What was open at the last look gets them before the next look: goods do not wait for it, and where it shows that the port was closed
    // meanwhile, it takes them back.
    const open = this.#open || this.isOpen();
    if (open && this.#backlog.length === 0 && !this.#mustWait(length)) {
      const count = this.#line.write(this.#imageOf(bytes, end), 0, length);
      // what may have to be taken back is made behind the write
      const piece: Piece = { kind: 'goods', bytes: joined(bytes, end), at };
      if (count > 0) this.#wrote(piece, 0, count);
      if (count < length) this.#keep(piece, count);
      this.isOpen();
      return;
    }
    this.#keep({ kind: 'goods', bytes: joined(bytes, end), at }, 0);
    if (open) this.pump();
  }

  /** Writes what waits, as far as the port takes it. */
  pump(): void {
    for (let head = this.#backlog.head; head !== undefined; head = this.#backlog.head) {
      const { piece, offset } = head;
      if ((offset === 0 && piece.kind === 'goods' && this.#mustWait(piece.bytes.length)) || !this.isOpen()) return;
      // isOpen may have put pieces in front
      if (this.#backlog.head !== head) continue;
      const count = this.#line.write(piece.bytes, offset);
      if (count > 0) this.#wrote(piece, offset, count);
      this.#backlog.advance(count);
      if (offset + count < piece.bytes.length) return;
    }
  }

  /** Looks at the port while there is time, so that {@link readiness} need not when the number is there. Call while the port is open. */
  foresee(): void {
    this.#emptyAt = -Infinity;
    this.readiness();
  }

  /**
   * A number goes into an empty queue only, `gapMs` after its predecessor. Call while the port is open. After {@link foresee} a program may have
   * locked the port for itself: the number then goes out as countable, and its state says that it is not.
   */
  readiness(): Readiness {
    this.pump();
    if (this.#backlog.length > 0) return { ready: false };
    const gap = this.#lastWrite + this.#options.gapMs - this.#clock.mono();
    if (gap > 0) return { ready: false, waitMs: gap };
    const now = this.#clock.mono();
    if (now - this.#emptyAt <= FORESEEN_MS) return { ready: true, countable: true };
    const unread = this.#line.unread();
    if (unread === undefined) return { ready: true, countable: false };
    this.#trail.look(unread);
    if (unread > 0) return { ready: false };
    this.#emptyAt = now;
    return { ready: true, countable: true };
  }

  /** Writes a number; call right after `readiness` said so. Returns how much of it the port took. */
  writeNumber(piece: Piece, countable: boolean): Taken {
    const count = this.#line.write(piece.bytes);
    if (count === 0) return 'none';
    this.#wrote(piece, 0, count);
    if (count < piece.bytes.length) {
      this.#keep(piece, count);
      return 'part';
    }
    this.#number = countable ? piece : undefined;
    this.#fate = undefined;
    return 'all';
  }

  /** How much of the number that was written last has been read. */
  numberState(piece: Piece): NumberState {
    if (this.#number === piece) this.isOpen();
    if (this.#fate !== undefined) return { taken: this.#fate, gone: true };
    const unread = this.#line.unread();
    if (unread === undefined) return { taken: 'uncounted', gone: false };
    this.#trail.look(unread);
    return { taken: this.#trail.taken(piece, unread), gone: false };
  }

  /** Takes the number back if the till has read nothing of it; goods behind it go on. Returns how much of it the till has. */
  withdrawNumber(piece: Piece): NumberState {
    let state = this.numberState(piece);
    // what is still on its way would be taken in a second step, between which the till could read
    for (let look = 0; look < SETTLE_LOOKS && !state.gone && !this.#trail.settled; look += 1) state = this.numberState(piece);
    if (state.gone || (state.taken !== 'none' && state.taken !== 'unclear')) return state;
    const bytes = this.#line.takeBack();
    if (bytes === undefined) return { taken: 'uncounted', gone: false };
    const rests = this.#trail.takeBack(bytes.length);
    const rest = rests.find((candidate) => candidate.piece === piece);
    const taken: Taken = rest === undefined ? 'all' : rest.offset > 0 ? 'part' : 'none';
    this.#backlog.putBack(taken === 'none' ? rests.filter((candidate) => candidate !== rest) : rests);
    if (taken === 'none') this.#lastNumber = -Infinity;
    this.pump();
    return { taken, gone: false };
  }

  /** The delivery of the number is over: goods need not make room for it any more. */
  numberDone(): void {
    this.#number = undefined;
    this.#fate = undefined;
    this.pump();
  }

  /** Looks at the port, drops what waited too long, writes what can be written. Returns milliseconds until the next look. */
  tick(): number {
    const open = this.isOpen();
    this.#line.drainInput();
    const stale = this.#backlog.drop((rest) => rest.offset === 0 && elapsed(this.#clock, rest.piece.at) > this.#options.backlogMs);
    this.#options.events.dropped(stale, open ? 'queueFull' : 'portNotOpen');
    if (open) {
      this.pump();
      const unread = this.#trail.empty ? undefined : this.#line.unread();
      if (unread !== undefined) this.#trail.look(unread);
    } else this.#keepFree();
    if (this.#backlog.length > 0) return LOOK.waiting;
    return this.#trail.empty ? LOOK.idle : LOOK.unread;
  }

  /** Milliseconds within which the next `tick` is due. */
  get nextLook(): number {
    if (this.#backlog.length > 0) return LOOK.waiting;
    return this.#trail.empty ? LOOK.idle : LOOK.unread;
  }

  close(): void {
    this.#line.close();
    this.#options.events.dropped(this.#backlog.drop(() => true), 'shutdown');
  }

  #keep(piece: Piece, offset: number): void {
    this.#options.events.dropped(this.#backlog.push(piece, offset), 'tooMany');
  }

  #wrote(piece: Piece, from: number, count: number): void {
    this.#trail.wrote(piece, from, count);
    this.#emptyAt = -Infinity;
    this.#lastWrite = this.#clock.mono();
    if (piece.kind === 'number') this.#lastNumber = this.#lastWrite;
  }

  /** Both as they leave; behind them lies what left before. */
  #imageOf(bytes: Uint8Array, end: Uint8Array): Uint8Array {
    const image = this.#image;
    if (bytes.length + end.length > image.length) return joined(bytes, end);
    // loops: for some twenty bytes a call out of the engine costs more than they do
    for (let i = 0; i < bytes.length; i += 1) image[i] = bytes[i] ?? 0;
    for (let i = 0; i < end.length; i += 1) image[bytes.length + i] = end[i] ?? 0;
    return image;
  }

  #mustWait(length: number): boolean {
    if (this.#options.gapMs > 0 && this.#clock.mono() - this.#lastNumber < this.#options.gapMs) return true;
    return this.#number !== undefined && this.#trail.since(this.#number) + length > TTY_QUEUE;
  }

  /**
   * The till closed the port. What it did not read would be read by the next program that opens it, long after: it is taken back. Goods
   * wait their `backlogMs` for a program to come back; a piece that was read in part has no second half any more.
   */
  #closed(): void {
    const bytes = this.#line.takeBack();
    const rests = this.#trail.takeBack(bytes?.length ?? 0);
    if (this.#number !== undefined) {
      const rest = rests.find((candidate) => candidate.piece === this.#number);
      const taken = rest === undefined ? 'all' : rest.offset > 0 ? 'part' : 'none';
      this.#fate = bytes === undefined ? 'uncounted' : taken;
      this.#number = undefined;
    }
    this.#backlog.putBack(rests);
    this.#options.events.dropped(
      this.#backlog.drop((rest) => rest.offset > 0 || rest.piece.kind === 'number'),
      'cut',
    );
  }

  /** TIOCEXCL outlives the program that set it. Where we are locked out as well (not root), only a new PTY can be opened again. */
  #keepFree(): void {
    // a program that has opened it this very moment may lock it
    if (this.#line.unlock() || this.#line.isOpen()) return;
    const old = this.#line;
    this.#line = this.#options.makeLine();
    old.close();
  }
}
