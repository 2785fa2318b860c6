import type { TillbridgeError } from '@tillbridge/core';

/** What one run of a job came to. */
export interface SyncDone {
  /** The other side has nothing new. */
  readonly unchanged?: true;
  /** Rows that the job keeps in the table now, or keys. */
  readonly rows?: number;
  /** Bad lines or passes that were left out. */
  readonly skipped?: number;
  /** Rows that somebody else keeps; they were left alone. */
  readonly foreign?: number;
  /** For the log: the first bad lines with their reasons, never a piece of them. */
  readonly bad?: readonly string[];
}

/** Something that is fetched again and again. */
export interface SyncWork {
  readonly id: string;
  readonly type: string;
  /** Hosts that it contacts. */
  readonly hosts: readonly string[];
  /**
   * One run. `full`: take everything anew, whatever the other side says has changed. Rejects with a {@link TillbridgeError}; what there was
   * is unchanged then.
   */
  run(full: boolean, signal: AbortSignal): Promise<SyncDone>;
  close?(): Promise<void>;
}

/** How a job is doing. Times are Unix time in ms. */
export interface SyncStatus {
  readonly id: string;
  readonly type: string;
  readonly state: 'waiting' | 'running' | 'closed';
  /** Its last success, with or without anything new. */
  readonly lastSuccess?: number;
  readonly lastFull?: number;
  readonly rows?: number;
  readonly skipped?: number;
  readonly error?: TillbridgeError;
  /** Failures since the last success. */
  readonly failures: number;
  readonly next?: number;
  /** How long it usually waits between two runs, in ms. */
  readonly everyMs: number;
}
