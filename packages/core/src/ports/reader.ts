import type { Instant } from './clock.js';
import type { PartState } from './part.js';
import type { CodeKind } from '../code.js';
import type { Symbology } from '../decode/symbology.js';
import type { KeyEvent } from '../key-event.js';
import type { NumberKind } from '../native-number.js';
import type { Outcome } from '../outcome.js';

export type ReaderKind = 'serial' | 'hid' | 'keyboard' | 'nfc' | 'mobile' | 'tcp' | 'till' | 'plugin';

/** What a reader tells the cashier and the guest about a scan, where the device can. */
export type FeedbackKind = 'good' | 'bad' | 'none';

/** One physical read as a reader hands it over; core makes the {@link Scan} out of it. */
export interface RawRead {
  /** The bytes of the read, without the terminator. Owned by the receiver from here on. */
  readonly bytes: Uint8Array;
  /** The terminator bytes as they were read; empty after an idle flush and for reads that have none. */
  readonly terminator: Uint8Array;
  /** When the last byte arrived. */
  readonly at: Instant;
  /** `settled`: nothing can follow (HID, NFC, an idle flush). `awaitQuiet`: `quiet()` or `resumed()` will be called for it. */
  readonly silence: 'settled' | 'awaitQuiet';
  /** `awaitQuiet`: how long that silence takes from `at`, in ms, where the reader knows. */
  readonly quietMs?: number;
  /** False when other bytes arrived less than `quietMs` before the first byte of this read: it cannot be a loyalty code. May look at the clock when it is asked for. */
  readonly silentBefore: boolean;
  /** True for a piece of a read longer than `maxBytes`: goods, whatever it looks like. */
  readonly overflow?: boolean;
  /**
   * True for bytes that are no whole read: typed by hand on the scanner's keyboard, or a piece of a read without an end. They leave with
   * `terminator` as it is, never with the till's suffix.
   */
  readonly partial?: boolean;
  /**
   * Set by readers of keyboards: the keys that the read came as. Complete in itself: each key that goes down in it comes up in it, so that
   * it can be typed again as it was. At most 65,536.
   */
  readonly keys?: readonly KeyEvent[];
  /** Set by readers whose device reports it apart from the data (HID POS, phones). */
  readonly symbology?: Symbology;
  /** The AIM id, where the device reports it apart from the data (HID POS): it is then no part of `bytes`, and goods leave without it. */
  readonly aim?: string;
  /** Set where whoever read it said what it is (typed in on a phone): of this kind, whatever the rules say. Only of a settled read. */
  readonly kind?: CodeKind;
  /** The till that it is for, where the device lets its user choose; default the reader's route. Only of a settled read. */
  readonly till?: string;
  /** Told at once, in the same turn, what becomes of the read: for devices whose user waits for the till's answer. Only of a settled read. */
  readonly taken?: (taken: Taken) => void;
}

/** What became of a read. `handled`: goods that a till took. `outcome` resolves once it is durable; never rejects. */
export type Taken =
  | { readonly scanId: string; readonly kind: NumberKind; readonly duplicate: boolean; readonly outcome: Promise<Outcome> }
  | { readonly scanId: string; readonly kind: 'goods'; readonly handled: boolean };

/** What the guest can do so that the next try works. */
export type GuestHint = 'unlockPhone' | 'choosePass' | 'openApp' | 'holdLonger' | 'unknownCard';

/** Why bytes were not handed over as a read; each is counted. `copy`: another interface of the same scanner had the same read: nothing is lost. */
export type DropReason = 'unplugged' | 'noise' | 'overflow' | 'copy';

/**
 * Where a reader puts what it reads. Calls are synchronous and in the order of the device, because goods must leave in the same turn of
 * the event loop in which their last byte arrived.
 */
export interface ReaderSink {
  read(read: RawRead): void;
  /** Bytes, or keys of a keyboard, that belong to the previous read's terminator but came later (the LF of a split CR LF). */
  tail(bytes: Uint8Array, keys?: readonly KeyEvent[]): void;
  /** `quietMs` passed without a byte since the last read that awaited it. */
  quiet(): void;
  /** A byte arrived before `quietMs` had passed. Called before the read that it belongs to. */
  resumed(): void;
  /** Bytes were lost to nobody's till: counted and shown. */
  dropped(reason: DropReason, byteCount: number): void;
  state(state: PartState): void;
  /** There was no read, because the guest has to do something first. */
  hint?(hint: GuestHint): void;
}

export interface ReaderCapabilities {
  /** Whether `feedback` reaches the device. */
  readonly feedback: boolean;
}

/** A configured input. */
export interface Reader {
  readonly id: string;
  readonly kind: ReaderKind;
  readonly capabilities: ReaderCapabilities;
  readonly state: PartState;
  /**
   * Starts reading. Resolves when the device is open or the reader is retrying on its own; rejects only with a
   * TillbridgeError that retrying cannot mend. Reconnects with back-off until `signal` aborts or `close` is called.
   */
  open(sink: ReaderSink, signal: AbortSignal): Promise<void>;
  /** Best effort, never rejects, bounded to 300 ms, never queued for a later connection. */
  feedback(kind: FeedbackKind): Promise<void>;
  /** Releases the device. Idempotent; resolves within 2 s whatever the device does. */
  close(): Promise<void>;
}
