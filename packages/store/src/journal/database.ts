import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isoTime } from '@tillbridge/core';
import { SQLITE, sqliteCode } from '../sqlite-error.js';
import { syncFolder } from '../state/atomic-file.js';
import { JournalFailure } from './failure.js';

/** Each step takes the schema from the version of its index to the next; `user_version` tells how far a file is. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE entries (
     seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, type TEXT NOT NULL, scan_id TEXT, delivery_id TEXT, reader TEXT, till TEXT, kind TEXT,
     code TEXT, code_hash TEXT, number TEXT, number_hash TEXT, outcome TEXT, reason TEXT, evidence TEXT,
     prev BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
   CREATE INDEX outcomes ON entries (time, outcome) WHERE type = 'outcome';
   CREATE INDEX segments ON entries (type) WHERE type = 'segment';
   CREATE TABLE checkpoints (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, previous INTEGER NOT NULL, open_from INTEGER NOT NULL, mac BLOB NOT NULL) STRICT;
   CREATE TABLE anchor (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL, mac BLOB NOT NULL) STRICT;`,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Opens the journal for writing and brings its schema up to date. Creates it (0600) where there is none. */
export function openForWriting(path: string): DatabaseSync {
  if (!existsSync(path)) {
    closeSync(openSync(path, 'a', 0o600));
    syncFolder(dirname(path));
  }
  const db = new DatabaseSync(path);
  try {
    // FULL is what survives a power cut in WAL mode. The log is copied back when there is time, not in the middle of a sale.
    db.exec(`PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
             PRAGMA cache_size = -1024; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`);
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens the journal for reading beside whoever writes it; `undefined` when there is none. */
export function openForReading(path: string): DatabaseSync | undefined {
  if (!existsSync(path)) return undefined;
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 2000; PRAGMA cache_size = -512; PRAGMA trusted_schema = OFF');
    refuseNewer(userVersion(db), path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** 0: created and not yet filled (its first process died at once, or the first transaction is not committed yet). */
export function userVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function refuseNewer(found: number, path: string): void {
  if (found > SCHEMA_VERSION) throw new JournalFailure('TB_JOURNAL_NEWER', { path, found, known: SCHEMA_VERSION });
}

function migrate(db: DatabaseSync, path: string): void {
  const found = userVersion(db);
  refuseNewer(found, path);
  if (found === SCHEMA_VERSION) return;
  db.exec('BEGIN IMMEDIATE');
  // read again: another process may have done it while this one waited for the lock
  for (const step of MIGRATIONS.slice(Math.max(0, userVersion(db)))) db.exec(step);
  db.exec(`PRAGMA user_version = ${String(SCHEMA_VERSION)}; COMMIT`);
}

/** Whether the file itself is bad, as against a disk that does not write or a lock that is held: retrying cannot mend it. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === SQLITE.corrupt || code === SQLITE.notADatabase || code === SQLITE.error || isNoNumber(error);
}

/** An integer that JavaScript has no number for: `node:sqlite` does not read the row. We never write one. */
function isNoNumber(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE';
}

/** What went wrong, without any content of the journal. */
export function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Puts an unreadable journal out of the way, with its log, under a name that tells when. Returns the new path. */
export function moveAside(path: string, wall: number): string {
  const stem = `${path}.damaged-${isoTime(wall).replace(/[-:]|\.\d+/g, '')}`;
  let target = stem;
  for (let copy = 2; existsSync(target); copy += 1) target = `${stem}-${String(copy)}`;
  for (const part of ['-shm', '-wal', '']) {
    if (existsSync(path + part)) renameSync(path + part, target + part);
  }
  syncFolder(dirname(path));
  return target;
}
