import type { Failure } from './failure.js';
import type { OpenRow } from './open-scans.js';
import type { NewRow } from './row.js';

// Between the daemon and the journal's process: one JSON text a line, requests into its standard input, replies out of its standard output.

/** What the journal's process is started with: the first line. */
export interface WriterSetup {
  readonly path: string;
  readonly headPath: string;
  /** Base64. */
  readonly key: string;
  readonly checkpointEvery: number;
}

/** Requests, answered in their order. `wall` is Unix milliseconds: the process reads no clock. */
export type Request =
  | { readonly type: 'append'; readonly id: number; readonly rows: readonly NewRow[]; readonly wall: number }
  | { readonly type: 'open' | 'checkpoint' | 'scrub' | 'close'; readonly id: number; readonly wall: number }
  | { readonly type: 'prune'; readonly id: number; readonly before: number; readonly wall: number }
  /** Not answered. */
  | { readonly type: 'rehearse' };

/** What each request is answered with. */
export interface Answers {
  readonly append: number;
  readonly open: readonly OpenRow[];
  readonly checkpoint: null;
  readonly scrub: boolean;
  readonly prune: number;
  readonly close: null;
}

export type Reply =
  /** Every append up to this id is durable; `seq` is that of the last entry. */
  | { readonly type: 'appended'; readonly upTo: number; readonly seq: number }
  /** None of the appends that are not answered yet, up to this id, was written. */
  | { readonly type: 'refused'; readonly upTo: number; readonly failure: Failure }
  | { readonly type: 'done'; readonly id: number; readonly value: Answers[keyof Answers] }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'warning'; readonly failure: Failure };
