/** What can end a read. `CRLF` is one terminator; listing `CR` makes a lone CR one too. */
export const SUFFIXES = ['CR', 'LF', 'CRLF', 'TAB', 'ETX'] as const;

export type Suffix = (typeof SUFFIXES)[number];

/** How bytes become reads. */
export interface FramingOptions {
  readonly suffix: readonly Suffix[];
  /** A read without a terminator ends after this much silence: milliseconds; 0 = never. */
  readonly idleMs: number;
  /** Silence that has to surround a read for it to count as loyalty: milliseconds; 0 = off, every read is settled at once. */
  readonly quietMs: number;
  /** The longest read: bytes, at least 1. A longer one leaves in pieces. */
  readonly maxBytes: number;
}

/** The defaults: 120 ms bridges the pauses of USB-CDC and Bluetooth stacks; 8 KiB is more than a QR code holds (7089 digits). */
export const FRAMING_DEFAULTS: FramingOptions = {
  suffix: ['CR', 'LF', 'CRLF', 'TAB', 'ETX'],
  idleMs: 120,
  quietMs: 20,
  maxBytes: 8192,
};

/** For line-oriented devices: one delimiter, no idle flush. */
export interface ReadlineOptions {
  /** 1 to 8 bytes; default LF. */
  readonly delimiter: Uint8Array;
  /** As in {@link FramingOptions}. */
  readonly quietMs: number;
  /** As in {@link FramingOptions}. */
  readonly maxBytes: number;
}

export const READLINE_DEFAULTS: ReadlineOptions = { delimiter: Uint8Array.of(0x0a), quietMs: 20, maxBytes: 8192 };
