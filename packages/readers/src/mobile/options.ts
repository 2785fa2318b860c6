import type { Clock, CodeKind, Log, Symbology, Taken } from '@tillbridge/core';
import type { Link } from '../connection/keep-connected.js';

/** What a phone read, or somebody typed on it. */
export interface PhoneScan {
  /** The code as bytes (UTF-8 text, or what stands in it); at most {@link MAX_SCAN_BYTES}, never empty. Owned by the reader from here on. */
  readonly bytes: Uint8Array;
  readonly symbology?: Symbology;
  /** Typed in by hand: what it is. */
  readonly kind?: CodeKind;
  /** How long ago it was read, in ms: a message may have been on its way for seconds, and what is perishable counts from the read. Default 0. */
  readonly ageMs?: number;
  /** The till that it is for; default the reader's route. */
  readonly till?: string;
}

/** Longest code, in bytes: the largest QR code holds 2,953 (ISO/IEC 18004, version 40-L). */
export const MAX_SCAN_BYTES = 3072;

/** What serves the phones. */
export interface PhoneHost {
  /**
   * Starts serving; resolves when phones can connect. Each scan is handed to `take`, which answers in the same turn: what became of it, or
   * `undefined` while the reader is not reading.
   * @throws {TillbridgeError} while it cannot; it is tried again
   */
  connect(take: (scan: PhoneScan) => Taken | undefined, signal: AbortSignal): Promise<Link>;
  /** Resolves when another try is worth while (an address came); with `signal` at the latest. Absent: only time tells. */
  arrival?(signal: AbortSignal): Promise<void>;
}

export interface MobileReaderOptions {
  readonly id: string;
  /** Where phones connect to, as configured: for error texts. */
  readonly place: string;
}

export interface MobileReaderContext {
  readonly host: PhoneHost;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1; for the jitter of the back-off. */
  readonly random?: () => number;
}
