import type { Instant, RawRead } from '@tillbridge/core';
import type { Framer, FrameSink } from '../../framing/index.js';
import type { CodePage } from '../decode/alt-code.js';
import type { KeyChange } from '../decode/key-change.js';
import { KeyDecoder, type GsKeys } from '../decode/key-decoder.js';
import { modifierBit } from '../decode/usages.js';
import { ByteRow } from './byte-row.js';
import { KeyRow } from './key-row.js';
import { CR, LF, ReadEnd, type KeySuffix } from './read-end.js';
import { TypingPace } from './typing-pace.js';

/** What a keyboard tells: keys, or that some were lost and which are down now. */
export type KeyNews = KeyChange | { readonly lost: true; readonly down: readonly number[] };

export interface CollectorOptions {
  readonly suffix: readonly KeySuffix[];
  /** The pause that ends a read without a terminator, milliseconds; `auto` learns it. */
  readonly gapMs: 'auto' | number;
  readonly gs: readonly GsKeys[];
  readonly codePage: CodePage;
  /** What comes is a scanner's for certain, whatever its pace: somebody has told it from a hand already. */
  readonly certain?: boolean;
  /** The longest read: bytes, at least 1. A longer one leaves in pieces. */
  readonly maxBytes: number;
}

const NONE = new Uint8Array(0);
/** While a modifier is held alone, or an Alt code is being typed, a pause ends nothing: by hand these take their time. */
const HELD_MS = 1000;

/** @throws RangeError for values outside their ranges. */
export function createKeyCollector(options: CollectorOptions): Framer<readonly KeyNews[]> {
  if (!(options.maxBytes >= 1)) throw new RangeError('maxBytes must be at least 1');
  return new KeyCollector(options);
}

/** Makes reads of keys: a terminator ends one at once, a pause otherwise. What comes at the pace of a hand passes key by key. */
class KeyCollector implements Framer<readonly KeyNews[]> {
  readonly #decoder: KeyDecoder;
  readonly #end: ReadEnd;
  readonly #pace: TypingPace;
  readonly #maxBytes: number;
  readonly #certain: boolean;
  readonly #bytes = new ByteRow();
  readonly #keys = new KeyRow();
  readonly #down = new Set<number>();
  #lastAt: Instant = { mono: 0, wall: 0 };
  /** The read was longer than `maxBytes`; what is there is its next piece. */
  #overflowing = false;
  /** Keys of this row were lost: what is left of it is no read. */
  #torn = false;
  #tornBytes = 0;
  /** When the CR came that ended the last read, on the device's clock. */
  #crAt: number | undefined;

  constructor(options: CollectorOptions) {
    this.#decoder = new KeyDecoder(options);
    this.#end = new ReadEnd(options.suffix);
    this.#pace = new TypingPace(options.gapMs);
    this.#maxBytes = options.maxBytes;
    this.#certain = options.certain === true;
  }

  push(news: readonly KeyNews[], now: Instant, emit: FrameSink): void {
    for (const one of news) {
      if ('lost' in one) this.#tear(one.down, now, emit);
      else this.#change(one, now, emit);
    }
  }

  deadline(): number | undefined {
    if (this.#keys.empty && !this.#torn) return undefined;
    const held = this.#decoder.composing || this.#keys.onlyModifiersHeld;
    return this.#lastAt.mono + (held ? Math.max(HELD_MS, this.#pace.gapMs) : this.#pace.gapMs);
  }

  tick(now: Instant, emit: FrameSink): void {
    const due = this.deadline();
    if (due === undefined || now.mono < due) return;
    if (this.#torn) this.#mend(emit);
    else this.#read(NONE, 0, emit);
  }

  end(emit: FrameSink): void {
    if (this.#torn) this.#mend(emit);
    const lost = this.#bytes.take().length;
    if (lost > 0) emit.dropped('unplugged', lost);
    this.#keys.take();
    this.#decoder.reset();
    this.#down.clear();
    this.#overflowing = false;
    this.#crAt = undefined;
  }

  #change(change: KeyChange, now: Instant, emit: FrameSink): void {
    const { usage, down } = change;
    // a key that is down already repeats itself, one that is up already came up before we looked
    if (this.#down.has(usage) === down) return;
    if (down) this.#down.add(usage);
    else this.#down.delete(usage);
    const byte = this.#decoder.change(change);
    if (this.#torn) {
      this.#lastAt = now;
      if (byte !== undefined) this.#tornByte(byte, emit);
      return;
    }
    if (down) this.#keys.press(change, this.#heldModifiers());
    else this.#keys.release(change);
    // a pause is counted from key to key; how long a finger stays on one says nothing
    if (down || byte !== undefined) this.#lastAt = now;
    if (byte !== undefined) this.#byte(byte, change.at, emit);
    if (this.#keys.full) this.#piece(emit);
  }

  *#heldModifiers(): Iterable<number> {
    for (const usage of this.#down) if (modifierBit(usage) !== 0) yield usage;
  }

  #byte(byte: number, at: number, emit: FrameSink): void {
    if (byte === LF && this.#bytes.length === 0 && this.#follows(at)) {
      this.#crAt = undefined;
      emit.tail(NONE, this.#keys.take());
      return;
    }
    const taken = this.#end.taken(byte, this.#bytes.last);
    if (taken !== undefined) {
      this.#read(taken === 1 ? Uint8Array.of(CR, byte) : Uint8Array.of(byte), taken, emit);
      this.#crAt = byte === CR ? at : undefined;
      return;
    }
    if (this.#bytes.length === this.#maxBytes) this.#piece(emit);
    this.#bytes.add(byte);
  }

  /** Whether a line feed now belongs to the carriage return that ended the last read. */
  #follows(at: number): boolean {
    return this.#crAt !== undefined && at - this.#crAt <= this.#pace.gapMs;
  }

  /** The row ends here, with this terminator or by a pause. */
  #read(terminator: Uint8Array, without: number, emit: FrameSink): void {
    const burst = this.#keys.burst(terminator.length > 0);
    const scan = this.#overflowing || this.#certain || this.#pace.isScan(burst);
    if (scan) this.#pace.learn(burst);
    this.#emit({ terminator, silentBefore: scan, ...(scan ? {} : { partial: true }), ...(this.#overflowing ? { overflow: true } : {}) }, without, emit);
    this.#overflowing = false;
  }

  /** The read is longer than it may be: this much of it leaves. */
  #piece(emit: FrameSink): void {
    this.#overflowing = true;
    this.#emit({ terminator: NONE, silentBefore: false, partial: true, overflow: true }, 0, emit);
  }

  #emit(how: Pick<RawRead, 'terminator' | 'silentBefore' | 'partial' | 'overflow'>, without: number, emit: FrameSink): void {
    emit.read({ bytes: this.#bytes.take(without), at: this.#lastAt, silence: 'settled', keys: this.#keys.take(), ...how });
  }

  #tear(down: readonly number[], now: Instant, emit: FrameSink): void {
    const lost = this.#bytes.take().length;
    if (lost > 0) emit.dropped('overflow', lost);
    this.#keys.take();
    this.#decoder.reset();
    this.#down.clear();
    for (const usage of down) {
      this.#down.add(usage);
      if (modifierBit(usage) !== 0) this.#decoder.change({ usage, down: true, at: 0 });
    }
    this.#overflowing = false;
    this.#crAt = undefined;
    this.#torn = true;
    this.#lastAt = now;
  }

  #tornByte(byte: number, emit: FrameSink): void {
    if (this.#end.taken(byte, undefined) === undefined) this.#tornBytes += 1;
    else this.#mend(emit);
  }

  /** The torn row is over; the next one is whole. */
  #mend(emit: FrameSink): void {
    if (this.#tornBytes > 0) emit.dropped('noise', this.#tornBytes);
    this.#torn = false;
    this.#tornBytes = 0;
  }
}
