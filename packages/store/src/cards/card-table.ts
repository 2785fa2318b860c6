import { statSync, type Stats } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Masked, TillbridgeError } from '@tillbridge/core';
import {
  cardProblem, codeProblem, kindNumber, kindOf, stateNumber, stateOf,
  type CardEntry, type CardRow, type CardState, type NewCard,
} from './card-row.js';
import { inTransaction, openReader, openWriter } from './database.js';
import { tableError } from './sqlite-errors.js';

const WRITER_BUSY_MS = 5_000;

const STAT_OPTIONS = { throwIfNoEntry: false } as const;

export interface CardTableOptions {
  /** Path of `cards.db`; it need not exist. */
  readonly file: string;
  /** How long `add` and `remove` wait for a running import, in milliseconds. Default 5000. */
  readonly busyMs?: number;
}

export interface CardStats {
  readonly total: number;
  readonly active: number;
  readonly inactive: number;
  readonly blocked: number;
}

/**
 * The local card table. Reading never creates, changes or locks the file: a missing one is an empty table, and one that is made or swapped
 * later is noticed at the next look-up. Every method is synchronous and throws `TB_TRANSLATE_TABLE_*` (`UNREADABLE`, `CORRUPT`, `NEWER`,
 * `BUSY`) or `TB_TRANSLATE_DISK_FULL`.
 */
export interface CardTable {
  /** What stands for exactly this text; nothing is trimmed, folded or padded. Microseconds; waits at most 50 ms for a lock. */
  lookup(code: string): CardRow | undefined;
  /** {@link lookup} with the code in the answer. */
  get(code: string): CardEntry | undefined;
  /** Adds or rewrites one row, durably. Throws `TB_TRANSLATE_BAD_ROW`; waits at most `busyMs` for a running import. */
  add(card: NewCard): 'added' | 'updated';
  /** Removes one row, durably; false when there was none. */
  remove(code: string): boolean;
  /** Counted when the table changes, not when asked. `active` counts by state, whatever `expires` says. */
  stats(): CardStats;
  /** Every row as of the first step, in the order of the codes' UTF-8 bytes, streamed. */
  export(): IterableIterator<CardEntry>;
  /** Up to `limit` rows after this code, in the order of {@link CardTable.export}: for who reads in pieces and may not hold a snapshot that long. */
  page(after: string, limit: number): readonly CardEntry[];
  /** Releases the file. Idempotent; a later call opens it again. */
  close(): void;
}

/** Opens nothing yet: the file is opened by the first call that needs it. */
export function openCards(options: CardTableOptions): CardTable {
  return new SqliteCardTable(options);
}

interface ReaderConnection {
  readonly db: DatabaseSync;
  readonly lookup: StatementSync;
  /** Device and inode of the open file: a table that was deleted or restored from a backup is another file under the same name. */
  readonly dev: number;
  readonly ino: number;
}

interface SqlRow {
  readonly [column: string]: unknown;
  readonly card?: unknown;
  readonly expires?: unknown;
}

class SqliteCardTable implements CardTable {
  readonly #file: string;
  readonly #busyMs: number;
  #reader: ReaderConnection | undefined;
  #writer: DatabaseSync | undefined;

  constructor(options: CardTableOptions) {
    this.#file = options.file;
    this.#busyMs = options.busyMs ?? WRITER_BUSY_MS;
  }

  lookup(code: string): CardRow | undefined {
    // what cannot be in the table must not be asked for: SQLite would see other bytes
    if (codeProblem(code) !== undefined) return undefined;
    try {
      const row = this.#current()?.lookup.get(code);
      return row === undefined ? undefined : this.#decode(row);
    } catch (error) {
      throw this.#broken(error);
    }
  }

  get(code: string): CardEntry | undefined {
    const row = this.lookup(code);
    return row === undefined ? undefined : { code: new Masked(code), ...row };
  }

  add(card: NewCard): 'added' | 'updated' {
    const problem = codeProblem(card.code) ?? cardProblem(card.card);
    if (problem !== undefined) throw new TillbridgeError('TB_TRANSLATE_BAD_ROW', { problem });
    return this.#write((db) => {
      const old = db.prepare('SELECT state FROM cards WHERE code = ?').get(card.code);
      const state = stateNumber(card.state ?? 'active');
      db.prepare('INSERT OR REPLACE INTO cards(code, card, kind, state, expires) VALUES (?, ?, ?, ?, ?)').run(
        card.code, card.card, kindNumber(card.kind ?? 'card'), state, card.expires ?? null,
      );
      if (old !== undefined) count(db, Number(old['state']), -1);
      count(db, state, 1);
      return old === undefined ? 'added' : 'updated';
    });
  }

  remove(code: string): boolean {
    if (codeProblem(code) !== undefined || !this.#exists()) return false;
    return this.#write((db) => {
      const old = db.prepare('DELETE FROM cards WHERE code = ? RETURNING state').get(code);
      if (old === undefined) return false;
      count(db, Number(old['state']), -1);
      return true;
    });
  }

  stats(): CardStats {
    const counts: Record<CardState, number> = { active: 0, inactive: 0, blocked: 0 };
    try {
      for (const row of this.#current()?.db.prepare('SELECT state, n FROM counts').all() ?? []) {
        const state = stateOf(row['state']);
        if (state !== undefined) counts[state] = Number(row['n']);
      }
    } catch (error) {
      throw this.#broken(error);
    }
    return { total: counts.active + counts.inactive + counts.blocked, ...counts };
  }

  *export(): IterableIterator<CardEntry> {
    if (!this.#exists()) return;
    // its own connection: a long read must not hold the snapshot of the look-ups
    const db = openReader(this.#file);
    if (db === undefined) return;
    try {
      // pages inside one transaction and not `iterate()`: in Node 22.13 that loses its statement to the garbage collector
      db.exec('BEGIN');
      const page = db.prepare('SELECT code, card, kind, state, expires FROM cards WHERE code > ? ORDER BY code LIMIT 500');
      for (let last = '', rows = page.all(last); rows.length > 0; rows = page.all(last)) {
        for (const row of rows) {
          last = String(row['code']);
          yield { code: new Masked(last), ...this.#decode(row) };
        }
      }
    } catch (error) {
      throw tableError(error, this.#file);
    } finally {
      db.close();
    }
  }

  page(after: string, limit: number): readonly CardEntry[] {
    try {
      const page = this.#current()?.db.prepare('SELECT code, card, kind, state, expires FROM cards WHERE code > ? ORDER BY code LIMIT ?').all(after, limit) ?? [];
      return page.map((row) => ({ code: new Masked(String(row['code'])), ...this.#decode(row) }));
    } catch (error) {
      throw this.#broken(error);
    }
  }

  close(): void {
    this.#closeReader();
    this.#writer?.close();
    this.#writer = undefined;
  }

  /** A broken connection is not used again: the next look-up starts from the file. */
  #broken(error: unknown): TillbridgeError {
    this.#closeReader();
    return tableError(error, this.#file);
  }

  #current(): ReaderConnection | undefined {
    const file = this.#stat();
    if (this.#reader !== undefined) {
      if (this.#reader.ino === file?.ino && this.#reader.dev === file.dev) return this.#reader;
      this.#closeReader();
    }
    if (file === undefined) return undefined;
    const db = openReader(this.#file);
    if (db === undefined) return undefined;
    const lookup = db.prepare('SELECT card, kind, state, expires FROM cards WHERE code = ?');
    this.#reader = { db, dev: file.dev, ino: file.ino, lookup };
    return this.#reader;
  }

  #write<T>(work: (db: DatabaseSync) => T): T {
    try {
      this.#writer ??= openWriter(this.#file, this.#busyMs);
      const db = this.#writer;
      return inTransaction(db, () => work(db));
    } catch (error) {
      throw tableError(error, this.#file);
    }
  }

  #exists(): boolean {
    return this.#stat() !== undefined;
  }

  #stat(): Stats | undefined {
    return statSync(this.#file, STAT_OPTIONS);
  }

  #closeReader(): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.db.close();
  }

  #decode(row: SqlRow): CardRow {
    const kind = kindOf(row['kind']);
    const state = stateOf(row['state']);
    const { card, expires } = row;
    if (kind === undefined || state === undefined || typeof card !== 'string') {
      throw new TillbridgeError('TB_TRANSLATE_TABLE_CORRUPT', { path: this.#file, problem: 'a row has an unknown kind or state' });
    }
    return typeof expires === 'number' ? { card: new Masked(card), kind, state, expires } : { card: new Masked(card), kind, state };
  }
}

function count(db: DatabaseSync, state: number, by: number): void {
  db.prepare('UPDATE counts SET n = n + ? WHERE state = ?').run(by, state);
}
