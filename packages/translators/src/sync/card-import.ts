/** What the card table does with a file of a feed; `@tillbridge/store` has one that fits (`importCards`). */
export interface FeedImport {
  readonly file: string;
  readonly format: 'auto' | 'csv' | 'jsonl' | 'json';
  readonly mode: 'upsert' | 'replace';
  readonly mapping?: FeedMapping;
  readonly source: { readonly name: string; readonly keepShare: number; readonly note: string };
  readonly signal: AbortSignal;
}

/** Where the rows of a JSON document are, and their columns: dotted paths. */
export interface FeedMapping {
  readonly rows: string;
  readonly code: string;
  readonly card: string;
  readonly kind?: string;
  readonly state?: string;
  readonly expires?: string;
}

export interface FeedImported {
  /** Rows of the feed in the table now. */
  readonly own: number;
  readonly foreign: number;
  readonly skipped: number;
  readonly badLines: readonly { readonly line: number; readonly reason: string }[];
}

/** The card table, as far as a feed needs it. */
export interface FeedTable {
  /** Nothing half-imported is ever visible. @throws {TillbridgeError} area TRANSLATE; nothing is changed then */
  import(job: FeedImport): Promise<FeedImported>;
  /** What this feed noted beside its rows; empty where there is nothing, or where its rows were replaced by hand. @throws {TillbridgeError} area TRANSLATE */
  note(source: string): string;
  /** A file beside the table for this feed, readable by nobody else; it may be left over from a run that was cut off. */
  temporary(source: string): string;
}

/** How many bad lines are told. */
const TOLD = 20;

export function doneOf({ own, foreign, skipped, badLines }: FeedImported): { readonly rows: number; readonly skipped: number; readonly foreign: number; readonly bad: readonly string[] } {
  return { rows: own, skipped, foreign, bad: badLines.slice(0, TOLD).map(({ line, reason }) => `${String(line)}: ${reason}`) };
}
