import type { ErrorCode } from '@tillbridge/core';
import type { BadLine } from './parse/bad-line.js';
import type { JsonMapping } from './parse/json-document.js';
import type { CardFormat } from './parse/sniff.js';

/** What the import process is told, as its first and only message. */
export interface ImportJob {
  readonly file: string;
  readonly database: string;
  readonly mode: 'upsert' | 'replace';
  readonly strict: boolean;
  readonly format: 'auto' | CardFormat;
  /** The file is of a feed: it touches that feed's rows alone. Default: an import by hand. */
  readonly source?: ImportSource;
  /** Of a JSON document: where its rows are. */
  readonly mapping?: JsonMapping;
  /** How many bad lines are named; all are counted. */
  readonly keepBadLines: number;
}

/** A feed and what it may do. */
export interface ImportSource {
  /** 1 to 64 characters. */
  readonly name: string;
  /** With `replace`: fewer rows than this share of those that the feed had before refuse the file (0 to 1; 0 allows everything). */
  readonly keepShare: number;
  /** Kept with the rows, in the same step: an ETag and the like. At most 4000 characters. */
  readonly note: string;
}

/** Progress, for a bar. */
export type ImportProgress =
  /** The file is read: `bytes` of `totalBytes` (0 when the size cannot be known), `rows` good ones so far. */
  | { readonly phase: 'read'; readonly bytes: number; readonly totalBytes: number; readonly rows: number }
  /** Sorted and merged into the table, in one transaction: `rows` of about `totalRows`. */
  | { readonly phase: 'merge'; readonly rows: number; readonly totalRows: number }
  /** Committed; the write-ahead log is folded into the file. */
  | { readonly phase: 'checkpoint'; readonly rows: number };

export interface ImportResult {
  /** Codes that the table did not have (with `replace`: all codes of the file). */
  readonly imported: number;
  /** Codes that the table had. */
  readonly updated: number;
  /** Bad lines. */
  readonly skipped: number;
  /** Rows whose code came again later in the file: the last one counts. */
  readonly repeated: number;
  /** The first 1000 bad lines, in order. */
  readonly badLines: readonly BadLine[];
  /** Of a feed: codes that somebody else keeps (an import by hand, another feed); they were left alone. */
  readonly foreign: number;
  /** Of a feed: its rows in the table now. */
  readonly own: number;
  /** Rows in the table now. */
  readonly total: number;
  /** Largest resident set of the import process, in bytes. */
  readonly peakRssBytes: number;
}

export type ChildMessage =
  | { readonly type: 'progress'; readonly progress: ImportProgress }
  | { readonly type: 'done'; readonly result: ImportResult }
  | { readonly type: 'error'; readonly code: ErrorCode; readonly params: Readonly<Record<string, string | number>> };
