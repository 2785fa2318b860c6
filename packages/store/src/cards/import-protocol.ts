import type { ErrorCode } from '@tillbridge/core';
import type { BadLine } from './parse/bad-line.js';
import type { CardFormat } from './parse/sniff.js';

/** What the import process is told, as its first and only message. */
export interface ImportJob {
  readonly file: string;
  readonly database: string;
  readonly mode: 'upsert' | 'replace';
  readonly strict: boolean;
  readonly format: 'auto' | CardFormat;
  /** How many bad lines are named; all are counted. */
  readonly keepBadLines: number;
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
  /** Rows in the table now. */
  readonly total: number;
  /** Largest resident set of the import process, in bytes. */
  readonly peakRssBytes: number;
}

export type ChildMessage =
  | { readonly type: 'progress'; readonly progress: ImportProgress }
  | { readonly type: 'done'; readonly result: ImportResult }
  | { readonly type: 'error'; readonly code: ErrorCode; readonly params: Readonly<Record<string, string | number>> };
