import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { syncFolder } from '../state/atomic-file.js';
import type { OutboxRow, PutResult } from './outbox-row.js';

/** Format of outbox.db, kept in `user_version`. */
const FORMAT = 1;
const SCHEMA = `
CREATE TABLE receipts(
  seq INTEGER PRIMARY KEY,
  receipt_id TEXT UNIQUE NOT NULL,
  till TEXT NOT NULL,
  closed_at INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  digest BLOB NOT NULL,
  body TEXT NOT NULL,
  personal BLOB NOT NULL
) STRICT;
CREATE INDEX stored ON receipts(stored_at);
PRAGMA user_version = ${FORMAT};`;

/** Receipts are kept this long, in ms: as long as anybody may still report them, or ask whether we have them. */
export const KEEP_MS = 30 * 86_400_000;
/** And at most so many. */
const MAX_ROWS = 200_000;
/** Old ones are removed after this many new ones. */
const TIDY_EVERY = 1000;

export interface OutboxTableOptions {
  readonly maxRows?: number;
}

/** outbox.db, for the one thread that writes it. */
export class OutboxTable {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #maxRows: number;
  #count: number;
  #sinceTidy = TIDY_EVERY;

  /** Opens the file, and makes it (0600) where there is none. */
  constructor(path: string, { maxRows = MAX_ROWS }: OutboxTableOptions = {}) {
    if (!existsSync(path)) {
      closeSync(openSync(path, 'a', 0o600));
      syncFolder(dirname(path));
    }
    this.#db = new DatabaseSync(path);
    this.#maxRows = maxRows;
    try {
      // FULL is what survives a power cut in WAL mode
      this.#db.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -1024; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON');
      this.#migrate();
      this.#insert = this.#db.prepare('INSERT INTO receipts(receipt_id, till, closed_at, stored_at, digest, body, personal) VALUES (?, ?, ?, ?, ?, ?, ?)');
      this.#find = this.#db.prepare('SELECT digest FROM receipts WHERE receipt_id = ?');
      this.#count = Number(this.#db.prepare('SELECT count(*) AS n FROM receipts').get()?.['n'] ?? 0);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Stores what is new, in one transaction: when this returns, it would survive a power cut. Results stand in the order of the rows. */
  put(rows: readonly OutboxRow[]): PutResult[] {
    this.#db.exec('BEGIN IMMEDIATE');
    const before = this.#count;
    try {
      this.#tidy(rows.at(-1)?.storedAt ?? 0);
      const results = rows.map((row) => this.#putOne(row));
      this.#db.exec('COMMIT');
      return results;
    } catch (error) {
      this.#count = before;
      this.#rollBack();
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }

  #putOne(row: OutboxRow): PutResult {
    const known = this.#find.get(row.receiptId)?.['digest'];
    if (known instanceof Uint8Array) return Buffer.compare(known, row.digest) === 0 ? 'known' : 'differs';
    if (this.#count >= this.#maxRows) return 'full';
    this.#insert.run(row.receiptId, row.till, row.closedAt, row.storedAt, row.digest, row.body, row.personal);
    this.#count += 1;
    this.#sinceTidy += 1;
    return 'new';
  }

  #tidy(now: number): void {
    if (this.#sinceTidy < TIDY_EVERY) return;
    this.#sinceTidy = 0;
    this.#count -= Number(this.#db.prepare('DELETE FROM receipts WHERE stored_at < ?').run(now - KEEP_MS).changes);
  }

  #rollBack(): void {
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // SQLite has done it already, as it does when the disk is full
    }
  }

  #migrate(): void {
    const found = Number(this.#db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (found > FORMAT) throw new Error(`outbox.db has format ${String(found)}, this version knows ${String(FORMAT)}`);
    if (found === 0) this.#db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
  }
}
