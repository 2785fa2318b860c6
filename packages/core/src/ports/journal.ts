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

export type JournalEntry = CapturedEntry | DeliveringEntry | OutcomeEntry;

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

/** Entries of which everything is done but making them durable. One of the two calls follows within milliseconds; the first one counts. */
export interface PreparedEntries {
  /**
   * As {@link Journal.append} of each of them, one after the other, at this moment: behind what was appended before, whatever came since they
   * were prepared. All of them or none. Resolves and rejects as `append` does.
   */
  commit(): Promise<void>;
  /** They will not be appended: nothing of them is kept. */
  discard(): void;
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
  /**
   * These entries are likely to be appended within the next milliseconds: does what can be done before that is certain. Until `commit` they
   * are in no journal, and a crash leaves nothing of them. `undefined`: not now, append them when it is time. Never throws.
   */
  prepare?(entries: readonly JournalEntry[]): PreparedEntries | undefined;
  /** Scans without an outcome, oldest first. Called once, at start. */
  open(): Promise<readonly OpenScan[]>;
  /** Ends a scan that an earlier process left open. */
  settle(open: OpenScan, outcome: Outcome): Promise<void>;
}
