import type { DatabaseSync } from 'node:sqlite';
import { SALE_NOT_HERE } from './outbox-row.js';

/** Format of outbox.db, kept in `user_version`. */
export const OUTBOX_FORMAT = 2;

/** Format 1 held receipts and nothing about what became of them: nobody was told, and nobody is to be told of those now. */
const FORMAT_1 = `
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
CREATE INDEX stored ON receipts(stored_at);`;

const FORMAT_2 = `
ALTER TABLE receipts ADD COLUMN state TEXT NOT NULL DEFAULT 'kept';
ALTER TABLE receipts ADD COLUMN original TEXT;
ALTER TABLE receipts ADD COLUMN target TEXT;
ALTER TABLE receipts ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipts ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipts ADD COLUMN first_at INTEGER;
ALTER TABLE receipts ADD COLUMN ended_at INTEGER;
ALTER TABLE receipts ADD COLUMN reason TEXT;
ALTER TABLE receipts ADD COLUMN progress BLOB;
ALTER TABLE receipts ADD COLUMN new_guest INTEGER NOT NULL DEFAULT 0;
CREATE INDEX waiting ON receipts(till, seq) WHERE state = 'waiting';
CREATE INDEX dead ON receipts(seq) WHERE state = 'dead';
CREATE INDEX origin ON receipts(original) WHERE original IS NOT NULL;
CREATE TABLE scans(scan_id TEXT PRIMARY KEY, till TEXT NOT NULL, order_id TEXT, at INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX scanned ON scans(at);
CREATE TABLE guests(digest BLOB PRIMARY KEY, first_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`;

/** For the look at the heads of lines. An index changes no format: older versions keep it up without knowing it. */
export const HELD_INDEX = `CREATE INDEX IF NOT EXISTS held ON receipts(seq) WHERE state = 'waiting' AND reason = '${SALE_NOT_HERE}'`;

/** Format of a file that may be of any version; 0 where nothing is in it yet. */
export function outboxFormat(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/** Brings a file to this version's format in one transaction: a power cut leaves the old one or the new one. @throws {Error} of a later one */
export function migrateOutbox(db: DatabaseSync): void {
  const found = outboxFormat(db);
  if (found > OUTBOX_FORMAT) throw new Error(`outbox.db has format ${String(found)}, this version knows ${String(OUTBOX_FORMAT)}`);
  if (found === OUTBOX_FORMAT) return;
  db.exec(`BEGIN IMMEDIATE; ${found === 0 ? FORMAT_1 : ''} ${FORMAT_2} PRAGMA user_version = ${String(OUTBOX_FORMAT)}; COMMIT`);
}
