import type { Classifier } from '../classify/classify.js';
import type { Code } from '../code.js';
import { decodeScan } from '../decode/decode.js';
import type { DecodeText } from '../decode/charset.js';
import type { NewId } from '../ids.js';
import type { KeyEvent } from '../key-event.js';
import type { Cancel, Clock, Instant } from '../ports/clock.js';
import type { PartState } from '../ports/part.js';
import type { DropReason, GuestHint, RawRead, ReaderSink } from '../ports/reader.js';
import { Scan } from '../scan.js';
import { byHand } from './injection.js';

/**
 * A held read's silence is nearly complete this long before its end, in ms: what is made ready earlier is cold again by then, and what is
 * begun later is not ready.
 */
const NEARLY_MS = 3;

/** What a device may say about a read of its own. */
export type Wish = Pick<RawRead, 'till' | 'taken'>;

/** Where a reader's classified reads go. */
export interface SessionTarget {
  goods(scan: Scan, wish?: Wish): void;
  /** Terminator bytes that came after their goods read. */
  goodsTail(reader: string, bytes: Uint8Array, at: Instant, keys?: readonly KeyEvent[]): void;
  loyalty(scan: Scan, code: Code, wish?: Wish): void;
  /** `loyalty` is likely to come for this scan within the next milliseconds; its terminator may still grow. */
  expected(scan: Scan, code: Code): void;
  /** A scan that may have been expected was goods. */
  unexpected(scan: Scan): void;
  dropped(reader: string, reason: DropReason, byteCount: number): void;
  state(reader: string, state: PartState): void;
  hint(reader: string, hint: GuestHint): void;
}

export interface SessionParts {
  readonly reader: string;
  readonly decodeText: DecodeText;
  readonly classifier: () => Classifier;
  readonly newId: NewId;
  readonly clock: Clock;
  readonly target: SessionTarget;
}

/**
 * The way in from one reader: makes scans of raw reads, lets goods through in the same turn, and holds a loyalty candidate back until
 * silence shows that it was not a line of something longer.
 */
export class ReaderSession implements ReaderSink {
  readonly #parts: SessionParts;
  #held: { scan: Scan; readonly code: Code; readonly stopWaiting: Cancel } | undefined;
  #last: 'goods' | 'loyalty' = 'goods';
  #lastAt: Instant = { mono: 0, wall: 0 };

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  read(read: RawRead): void {
    this.#releaseAsGoods();
    const { newId, reader, decodeText, target, classifier } = this.#parts;
    // first of all: it may look at the clock, and what is done before that look makes the silence behind the read longer
    const whole = read.overflow !== true && read.partial !== true && read.silentBefore;
    const scan = decodeScan(read, newId, reader, decodeText);
    this.#lastAt = read.at;
    const code = !whole ? undefined : read.kind === undefined ? classifier().classify(scan) : byHand(read.kind, scan);
    if (code === undefined) {
      this.#last = 'goods';
      target.goods(scan, read);
    } else if (read.silence === 'awaitQuiet') {
      this.#hold(scan, code, read.quietMs);
    } else {
      this.#accept(scan, code, read);
    }
  }

  tail(bytes: Uint8Array, keys?: readonly KeyEvent[]): void {
    if (this.#held !== undefined) {
      const { scan } = this.#held;
      this.#held.scan = withTerminator(scan, bytes);
    } else if (this.#last === 'goods') {
      this.#parts.target.goodsTail(this.#parts.reader, bytes, this.#lastAt, keys);
    }
  }

  quiet(): void {
    if (this.#held === undefined) return;
    const { scan, code, stopWaiting } = this.#held;
    stopWaiting();
    this.#held = undefined;
    this.#accept(scan, code);
  }

  resumed(): void {
    this.#releaseAsGoods();
  }

  dropped(reason: DropReason, byteCount: number): void {
    this.#parts.target.dropped(this.#parts.reader, reason, byteCount);
  }

  state(state: PartState): void {
    this.#parts.target.state(this.#parts.reader, state);
  }

  hint(hint: GuestHint): void {
    this.#parts.target.hint(this.#parts.reader, hint);
  }

  #hold(scan: Scan, code: Code, quietMs = 0): void {
    const { clock, target } = this.#parts;
    const nearly = (): void => target.expected(scan, code);
    const stopWaiting = quietMs > NEARLY_MS ? clock.timer(quietMs - NEARLY_MS, nearly, { ref: false }) : () => undefined;
    this.#held = { scan, code, stopWaiting };
  }

  #accept(scan: Scan, code: Code, wish?: Wish): void {
    this.#last = 'loyalty';
    this.#parts.target.loyalty(scan, code, wish);
  }

  #releaseAsGoods(): void {
    if (this.#held === undefined) return;
    const { scan, stopWaiting } = this.#held;
    stopWaiting();
    this.#held = undefined;
    this.#last = 'goods';
    this.#parts.target.goods(scan);
    this.#parts.target.unexpected(scan);
  }
}

function withTerminator(scan: Scan, tail: Uint8Array): Scan {
  const terminator = new Uint8Array(scan.terminator.length + tail.length);
  terminator.set(scan.terminator);
  terminator.set(tail, scan.terminator.length);
  const { id, reader, bytes, text, aim, symbology, gs1, at, partial, keys } = scan;
  return new Scan({ id, reader, bytes, terminator, text, aim, symbology, gs1, at, partial, keys });
}
