import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { syncFolder } from '../state/atomic-file.js';
import { SCAN_KEEP_MS, type OutboxRow, type PutResult, type RowMove, type ScanRow } from './outbox-row.js';
import { HELD_INDEX, migrateOutbox } from './schema.js';

/** Receipts are kept this long, in ms: as long as anybody may still ask whether we have them. Whatever waits stays. */
export const KEEP_MS = 30 * 86_400_000;
/** Of what a platform has, hash and ids stay longer, in ms: goods come back after months. */
export const KEEP_DONE_MS = 180 * 86_400_000;
/** And at most so many. */
const MAX_ROWS = 200_000;
/** Old ones are removed after this many new ones. */
const TIDY_EVERY = 1000;
/** So many guests are remembered, by keyed hashes of 32 bytes. */
const MAX_GUESTS = 1_000_000;

export interface OutboxTableOptions {
  readonly maxRows?: number;
}

/** A receipt does not stand where a step begins: nothing of the transaction holds. */
class NotThereError extends Error {}

interface Statements {
  readonly insert: StatementSync;
  readonly find: StatementSync;
  readonly move: StatementSync;
  readonly strip: StatementSync;
  readonly guest: StatementSync;
  readonly scan: StatementSync;
  readonly forget: StatementSync;
  readonly oldScans: StatementSync;
}

/** outbox.db, for the one thread that writes it. */
export class OutboxTable {
  readonly #db: DatabaseSync;
  readonly #sql: Statements;
  readonly #maxRows: number;
  #count: number;
  #guests: number;
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
      migrateOutbox(this.#db);
      this.#db.exec(HELD_INDEX);
      this.#sql = statements(this.#db);
      this.#count = this.#rows('receipts');
      this.#guests = this.#rows('guests');
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Stores what is new, in one transaction: when this returns, it would survive a power cut. Results stand in the order of the rows. */
  put(rows: readonly OutboxRow[]): PutResult[] {
    return this.#transaction(() => {
      this.#tidy(rows.at(-1)?.storedAt ?? 0);
      return rows.map((row) => this.#putOne(row));
    });
  }

  /** Takes every step or none, in one transaction; false where one of the receipts does not stand where it should. */
  move(moves: readonly RowMove[]): boolean {
    try {
      return this.#transaction(() => {
        for (const move of moves) if (!this.#moveOne(move)) throw new NotThereError();
        return true;
      });
    } catch (error) {
      if (error instanceof NotThereError) return false;
      throw error;
    }
  }

  /** Remembers who a scan was of; what is too old goes. */
  scan({ scanId, till, orderId, at, sealed }: ScanRow): boolean {
    return this.#transaction(() => {
      this.#sql.oldScans.run(at - SCAN_KEEP_MS);
      this.#sql.scan.run(scanId, till, orderId, at, sealed);
      return true;
    });
  }

  close(): void {
    this.#db.close();
  }

  #putOne(row: OutboxRow): PutResult {
    const known = this.#sql.find.get(row.receiptId)?.['digest'];
    if (known instanceof Uint8Array) return Buffer.compare(known, row.digest) === 0 ? 'known' : 'differs';
    if (this.#count >= this.#maxRows) return 'full';
    const isNew = row.guest === null ? false : this.#meet(row.guest, row.storedAt);
    const { receiptId, till, closedAt, storedAt, digest, body, personal, state, original, target, progress, reason } = row;
    this.#sql.insert.run(receiptId, till, closedAt, storedAt, digest, body, personal, state, original, target, progress, reason, isNew ? 1 : 0);
    for (const scan of row.scans ?? []) this.#sql.forget.run(scan);
    this.#count += 1;
    this.#sinceTidy += 1;
    return 'new';
  }

  /** Whether this guest was never here; then he is remembered. Where the table is full nobody is new any more. */
  #meet(digest: Uint8Array, now: number): boolean {
    if (this.#guests >= MAX_GUESTS) return false;
    const isNew = Number(this.#sql.guest.run(digest, now).changes) > 0;
    if (isNew) this.#guests += 1;
    return isNew;
  }

  #moveOne({ receiptId, from, to, attempts, nextAt, firstAt, endedAt, reason, progress, strip }: RowMove): boolean {
    const keep = (value: unknown): 0 | 1 => (value === undefined ? 0 : 1);
    const changed = this.#sql.move.run(
      to, attempts ?? null, nextAt ?? null, firstAt ?? null, endedAt ?? null,
      keep(reason), reason ?? null, keep(progress), progress ?? null, receiptId, from,
    ).changes;
    if (Number(changed) === 0) return false;
    if (strip === true) this.#sql.strip.run(receiptId);
    return true;
  }

  #tidy(now: number): void {
    if (this.#sinceTidy < TIDY_EVERY) return;
    this.#sinceTidy = 0;
    const gone = this.#db.prepare("DELETE FROM receipts WHERE state <> 'waiting' AND stored_at < CASE state WHEN 'done' THEN ? ELSE ? END").run(now - KEEP_DONE_MS, now - KEEP_MS);
    this.#count -= Number(gone.changes);
    const most = Math.floor(this.#maxRows * 0.9);
    // hashes of old receipts are worth less than the room for a new one
    if (this.#count > most) this.#count -= Number(this.#db.prepare("DELETE FROM receipts WHERE seq IN (SELECT seq FROM receipts WHERE state = 'done' ORDER BY seq LIMIT ?)").run(this.#count - most).changes);
  }

  #transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    const [count, guests] = [this.#count, this.#guests];
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      [this.#count, this.#guests] = [count, guests];
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // SQLite has done it already, as it does when the disk is full
    }
  }

  #rows(table: 'receipts' | 'guests'): number {
    return Number(this.#db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'] ?? 0);
  }
}

function statements(db: DatabaseSync): Statements {
  return {
    insert: db.prepare('INSERT INTO receipts(receipt_id, till, closed_at, stored_at, digest, body, personal, state, original, target, progress, reason, new_guest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    find: db.prepare('SELECT digest FROM receipts WHERE receipt_id = ?'),
    move: db.prepare(
      `UPDATE receipts SET state = ?, attempts = coalesce(?, attempts), next_at = coalesce(?, next_at), first_at = coalesce(?, first_at), ended_at = coalesce(?, ended_at),
         reason = CASE ? WHEN 1 THEN ? ELSE reason END, progress = CASE ? WHEN 1 THEN ? ELSE progress END
       WHERE receipt_id = ? AND state = ?`,
    ),
    strip: db.prepare("UPDATE receipts SET body = '{}', personal = x'' WHERE receipt_id = ?"),
    scan: db.prepare('INSERT OR REPLACE INTO scans(scan_id, till, order_id, at, sealed) VALUES (?, ?, ?, ?, ?)'),
    forget: db.prepare('DELETE FROM scans WHERE scan_id = ?'),
    oldScans: db.prepare('DELETE FROM scans WHERE at < ?'),
    guest: db.prepare('INSERT OR IGNORE INTO guests(digest, first_at) VALUES (?, ?)'),
  };
}
