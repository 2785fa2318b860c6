import { isoTime, TillbridgeError, type JournalRow, type NumberKind, type OutcomeName } from '@tillbridge/core';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { StateFolder } from '../state/state-folder.js';
import { openForReading, problemOf, userVersion } from './database.js';
import { JournalFailure } from './failure.js';

/** Which rows of the journal. */
export interface RowQuery {
  /** Only scans read at or after this moment, Unix milliseconds. */
  readonly since?: number;
  readonly outcome?: OutcomeName;
  /** At most this many rows, 1 to 10,000; default 1000. */
  readonly limit?: number;
  /** Only rows after this `seq`: the first ones then, not the last. What a follower asks again and again; costs microseconds. */
  readonly afterSeq?: number;
}

export const DEFAULT_ROWS = 1000;
export const MAX_ROWS = 10_000;

const COLUMNS = 'seq, time, scan_id AS scanId, reader, till, kind, code, number, outcome, reason, evidence';

/** The statement for a query: pure, so that its plan can be tested. */
export function rowStatement(query: RowQuery): { readonly sql: string; readonly params: readonly SQLInputValue[] } {
  const limit = Math.min(MAX_ROWS, Math.max(1, Math.trunc(query.limit ?? DEFAULT_ROWS)));
  const where = ["type = 'outcome'"];
  const params: SQLInputValue[] = [];
  if (query.afterSeq !== undefined) {
    where.push('seq > ?');
    params.push(query.afterSeq);
  }
  if (query.afterSeq === undefined && (query.since !== undefined || query.outcome !== undefined)) {
    // through the index, which holds time and outcome: the table itself is read only for the rows that are wanted
    const inner = ["type = 'outcome'", 'time >= ?', ...(query.outcome === undefined ? [] : ['outcome = ?'])];
    where.push(`seq IN (SELECT seq FROM entries INDEXED BY outcomes WHERE ${inner.join(' AND ')})`);
    params.push(query.since ?? -Number.MAX_SAFE_INTEGER, ...(query.outcome === undefined ? [] : [query.outcome]));
  } else {
    if (query.since !== undefined) {
      where.push('time >= ?');
      params.push(query.since);
    }
    if (query.outcome !== undefined) {
      where.push('outcome = ?');
      params.push(query.outcome);
    }
  }
  const order = query.afterSeq === undefined ? 'DESC' : 'ASC';
  return { sql: `SELECT ${COLUMNS} FROM entries NOT INDEXED WHERE ${where.join(' AND ')} ORDER BY seq ${order} LIMIT ?`, params: [...params, limit] };
}

const text = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '');

export function rowFrom(row: Record<string, SQLOutputValue>): JournalRow {
  return {
    seq: Number(row['seq']),
    time: isoTime(Number(row['time'])),
    scanId: text(row['scanId']),
    reader: text(row['reader']),
    till: text(row['till']),
    kind: text(row['kind']) as NumberKind,
    code: text(row['code'] ?? '****'),
    number: typeof row['number'] === 'string' ? row['number'] : null,
    outcome: text(row['outcome']) as OutcomeName,
    ...(row['reason'] === null ? {} : { reason: text(row['reason']) }),
    ...(row['evidence'] === null ? {} : { evidence: text(row['evidence']) }),
  };
}

/** Reads the journal, with and without a running daemon. Synchronous. */
export interface JournalReader {
  /**
   * One row for each loyalty scan that has its outcome, in the order of `seq`. Without `afterSeq` the newest ones that fit the limit.
   * No journal yet: no rows.
   * @throws {TillbridgeError} `TB_JOURNAL_NO_ACCESS` when it cannot be read.
   */
  rows(query?: RowQuery): readonly JournalRow[];
  close(): void;
}

/** Opens the journal for reading; the file itself is opened at the first `rows` that finds one. */
export function openJournalReader(folder: StateFolder): JournalReader {
  const path = folder.file('journal.db');
  let db: DatabaseSync | undefined;
  let filled = false;
  // as many as there are shapes of a query
  const statements = new Map<string, StatementSync>();
  const close = (): void => {
    statements.clear();
    db?.close();
    db = undefined;
    filled = false;
  };
  const prepared = (from: DatabaseSync, sql: string): StatementSync => {
    const statement = statements.get(sql) ?? from.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    rows: (query = {}) => {
      try {
        db ??= openForReading(path);
        // created a moment ago by a daemon that has not filled it yet
        filled ||= db !== undefined && userVersion(db) !== 0;
        if (db === undefined || !filled) return [];
        const { sql, params } = rowStatement(query);
        const found = prepared(db, sql).all(...params).map(rowFrom);
        return query.afterSeq === undefined ? found.reverse() : found;
      } catch (error) {
        close();
        if (error instanceof TillbridgeError) throw error;
      if (error instanceof JournalFailure) throw new TillbridgeError(error.code, error.params);
        throw new TillbridgeError('TB_JOURNAL_NO_ACCESS', { path, problem: problemOf(error) }, { cause: error });
      }
    },
    close,
  };
}
