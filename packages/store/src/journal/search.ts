import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { isoTime, TillbridgeError, type JournalRow, type OutcomeName } from '@tillbridge/core';
import type { StateFolder } from '../state/state-folder.js';
import { openForReading, problemOf, userVersion } from './database.js';
import { JournalFailure } from './failure.js';
import { rowFrom } from './reader.js';
import type { EntryType } from './row.js';

/** Entries that one search looks at, newest first; what is left is for the next one. About a second, on a slow till some. */
const MAX_EXAMINED = 300_000;
/** Entries that are read at a time: few at first, since the newest rows are what is mostly wanted. */
const FIRST_WINDOW = 500;
const MAX_WINDOW = 20_000;
/** The entries of one scan are looked for this far before its outcome and after it. */
const SCAN_REACH = 50_000;
const MAX_SCAN_ENTRIES = 200;

/** What to look for. Everything that is given must hold. */
export interface JournalSearch {
  /** Only scans read at or after this moment, Unix milliseconds. */
  readonly since?: number;
  /** Only scans read before this moment, Unix milliseconds. */
  readonly until?: number;
  readonly outcome?: OutcomeName;
  readonly reader?: string;
  readonly till?: string;
  /** Stands somewhere in the row as it is shown (masked), whatever its case. */
  readonly text?: string;
  /** Only rows before this `seq`: the next page. */
  readonly before?: number;
  /** At most this many rows, 1 to 500. */
  readonly limit: number;
}

export interface JournalPage {
  /** Newest first. */
  readonly rows: readonly JournalRow[];
  /** `before` of the next page; null where the journal has been searched to its beginning. Rows may be few although there is more: a search looks at 300,000 entries at most. */
  readonly next: number | null;
}

/** One entry of the way of a scan; masked, as the journal itself is. */
export interface ScanEntry {
  readonly seq: number;
  readonly time: string;
  readonly type: EntryType;
  readonly deliveryId?: string;
  readonly reader?: string;
  readonly till?: string;
  readonly kind?: string;
  readonly code?: string;
  readonly number?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly evidence?: string;
}

/**
 * Searches the journal backwards. Synchronous, up to a second: for a process of its own. No journal yet: no rows.
 *
 * @throws {TillbridgeError} `TB_JOURNAL_NO_ACCESS`, `TB_JOURNAL_NEWER`
 */
export function searchJournal(folder: StateFolder, search: JournalSearch): JournalPage {
  return reading(folder, { rows: [], next: null }, (db) => new Search(db, search).run());
}

/** All entries of the scan whose outcome stands at `seq`, oldest first; none where there is no such scan near. @throws {TillbridgeError} `TB_JOURNAL_NO_ACCESS`, `TB_JOURNAL_NEWER` */
export function scanEntries(folder: StateFolder, scanId: string, seq: number): readonly ScanEntry[] {
  return reading(folder, [], (db) =>
    db
      .prepare(
        `SELECT seq, time, type, delivery_id AS deliveryId, reader, till, kind, code, number, outcome, reason, evidence
         FROM entries WHERE seq BETWEEN ? AND ? AND scan_id = ? ORDER BY seq LIMIT ${MAX_SCAN_ENTRIES}`,
      )
      .all(seq - SCAN_REACH, seq + SCAN_REACH, scanId)
      .map(entryFrom),
  );
}

function reading<T>(folder: StateFolder, none: T, work: (db: DatabaseSync) => T): T {
  const path = folder.file('journal.db');
  let db: DatabaseSync | undefined;
  try {
    db = openForReading(path);
    return db === undefined || userVersion(db) === 0 ? none : work(db);
  } catch (error) {
    if (error instanceof TillbridgeError) throw error;
    if (error instanceof JournalFailure) throw new TillbridgeError(error.code, error.params);
    throw new TillbridgeError('TB_JOURNAL_NO_ACCESS', { path, problem: problemOf(error) }, { cause: error });
  } finally {
    db?.close();
  }
}

class Search {
  readonly #db: DatabaseSync;
  readonly #search: JournalSearch;
  readonly #needle: string;

  constructor(db: DatabaseSync, search: JournalSearch) {
    this.#db = db;
    this.#search = search;
    this.#needle = (search.text ?? '').trim().toLowerCase();
  }

  run(): JournalPage {
    const { limit, before } = this.#search;
    const { first, last } = this.#bounds();
    const rows: JournalRow[] = [];
    const statement = this.#statement();
    let to = Math.min(before ?? Number.MAX_SAFE_INTEGER, last + 1);
    let window = FIRST_WINDOW;
    for (let examined = 0; to > first && examined < MAX_EXAMINED; examined += window) {
      const from = Math.max(first, to - window);
      // iterate() loses its statement to the garbage collector in Node.js 22.13: a window is read whole
      for (const row of this.#db.prepare(statement.sql).all(from, to, ...statement.params)) {
        const found = rowFrom(row);
        if (!this.#has(found)) continue;
        rows.push(found);
        if (rows.length === limit) return { rows, next: found.seq > first ? found.seq : null };
      }
      to = from;
      window = Math.min(MAX_WINDOW, window * 4);
    }
    return { rows, next: to > first ? to : null };
  }

  /** The first and the last entry that can be meant, through the index over time; an empty range where there is none. */
  #bounds(): { readonly first: number; readonly last: number } {
    const { since, until } = this.#search;
    const all = this.#db.prepare('SELECT min(seq) AS first, max(seq) AS last FROM entries').get();
    const edge = (seq: 'min(seq)' | 'max(seq)', condition: 'time >= ?' | 'time < ?', time: number): unknown =>
      this.#db.prepare(`SELECT ${seq} AS seq FROM entries INDEXED BY outcomes WHERE type = 'outcome' AND ${condition}`).get(time)?.['seq'];
    const first = since === undefined ? all?.['first'] : edge('min(seq)', 'time >= ?', since);
    const last = until === undefined ? all?.['last'] : edge('max(seq)', 'time < ?', until);
    return typeof first === 'number' && typeof last === 'number' ? { first, last } : { first: 1, last: 0 };
  }

  #statement(): { readonly sql: string; readonly params: readonly SQLInputValue[] } {
    const { since, until, outcome, reader, till } = this.#search;
    const where = ["type = 'outcome'", 'seq >= ?', 'seq < ?'];
    const params: SQLInputValue[] = [];
    const also = (condition: string, value: SQLInputValue | undefined): void => {
      if (value === undefined) return;
      where.push(condition);
      params.push(value);
    };
    also('time >= ?', since);
    also('time < ?', until);
    also('outcome = ?', outcome);
    also('reader = ?', reader);
    also('till = ?', till);
    const sql = `SELECT seq, time, scan_id AS scanId, reader, till, kind, code, number, outcome, reason, evidence FROM entries NOT INDEXED WHERE ${where.join(' AND ')} ORDER BY seq DESC`;
    return { sql, params };
  }

  #has(row: JournalRow): boolean {
    if (this.#needle === '') return true;
    const { scanId, reader, till, kind, code, number, outcome, reason, evidence } = row;
    return [scanId, reader, till, kind, code, number, outcome, reason, evidence].some((value) => value?.toLowerCase().includes(this.#needle) === true);
  }
}

const text = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '');

function entryFrom({ seq, time, type, ...fields }: Record<string, SQLOutputValue>): ScanEntry {
  const said = Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === 'string');
  return { seq: Number(seq), time: isoTime(Number(time)), type: text(type) as EntryType, ...Object.fromEntries(said) };
}
