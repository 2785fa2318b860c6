import type { Masked } from '../masked.js';
import type { NumberKind } from '../native-number.js';
import type { Outcome } from '../outcome.js';

interface EntryBase {
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  /** Unix time in milliseconds of the scan. */
  readonly time: number;
  /** The code as read; the journal keeps its mask and a keyed hash. `undefined` for one-time codes: nothing of them is kept. */
  readonly code?: Masked;
}

/** A loyalty scan was accepted: from here on it has exactly one outcome, whatever happens to this process. */
export interface CapturedEntry extends EntryBase {
  readonly type: 'captured';
}

/** The intent: durable before the first byte of the number leaves. */
export interface DeliveringEntry extends EntryBase {
  readonly type: 'delivering';
  readonly deliveryId: string;
  readonly number: Masked;
}

export interface OutcomeEntry extends EntryBase {
  readonly type: 'outcome';
  readonly deliveryId?: string;
  readonly number?: Masked;
  readonly outcome: Outcome;
}

/**
 * What `captured` and `delivering` told of before the scan was certain was none, or goes another way: nothing of that delivery was handed to
 * a till. It is no outcome; entries of the same scan may follow.
 */
export interface DiscardedEntry extends EntryBase {
  readonly type: 'discarded';
  readonly deliveryId: string;
}

export type JournalEntry = CapturedEntry | DeliveringEntry | OutcomeEntry | DiscardedEntry;

/** A row as `journal` prints it: masked. */
export interface JournalRow {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  readonly code: string;
  readonly number: string | null;
  readonly outcome: Outcome['outcome'];
  readonly reason?: string;
  readonly evidence?: string;
}

/** A scan that the last process left without an outcome. */
export interface OpenScan {
  readonly scanId: string;
  readonly deliveryId?: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  readonly time: number;
  /** `captured`: no byte left. `delivering`: it may or may not have arrived. */
  readonly last: 'captured' | 'delivering';
}

/** The durable record of what happened to each loyalty scan. */
export interface Journal {
  /**
   * Resolves when the entry would survive a power cut; entries are kept in the order of the calls.
   * Rejects with `TB_JOURNAL_UNAVAILABLE` when it cannot be written: the pipeline then delivers nothing.
   */
  append(entry: JournalEntry): Promise<void>;
  /** An entry is likely within the next milliseconds: whatever makes it faster may be done now. Never throws. */
  expect?(): void;
  /** Scans that have entries, neither discarded nor with an outcome, oldest first. Called once, at start. */
  open(): Promise<readonly OpenScan[]>;
  /** Ends a scan that an earlier process left open. */
  settle(open: OpenScan, outcome: Outcome): Promise<void>;
}
