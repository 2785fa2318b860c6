import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TillbridgeError } from '@tillbridge/core';
import { tableError } from './sqlite-errors.js';

/** Format of cards.db, kept in `user_version`. Format 1 did not know where a row came from; a writer brings it up, a reader can do with it. */
const FORMAT = 2;

/** "Tbrc": tells cards.db from other SQLite files (sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x54627263;

/** A reader of the daemon's main thread may wait this long for a lock: goods stand behind it. */
const READER_BUSY_MS = 50;

/** Who keeps rows up to date: 0 is whoever imports and adds by hand, the others are feeds. `note`: what a feed wants to know next time. */
const SOURCES = 'CREATE TABLE sources(id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL, note TEXT NOT NULL) STRICT;';

// a constant default is not written to the rows: it takes no time, however many there are (sqlite.org/lang_altertable.html)
const FROM_1 = `ALTER TABLE cards ADD COLUMN source INTEGER NOT NULL DEFAULT 0; ${SOURCES} PRAGMA user_version = 2;`;

const SCHEMA = `
CREATE TABLE cards(
  code TEXT PRIMARY KEY NOT NULL,
  card TEXT NOT NULL,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  expires INTEGER,
  source INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE counts(state INTEGER PRIMARY KEY NOT NULL, n INTEGER NOT NULL) STRICT;
INSERT INTO counts VALUES (0, 0), (1, 0), (2, 0);
${SOURCES}
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT};`;

/** Opens the table for writing, creating it (0600, its folder 0700) when it is not there. Waits at most `busyMs` for another writer. */
export function openWriter(file: string, busyMs: number): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // made here and not by SQLite, so that it is never readable by others; -wal and -shm take its mode
    closeSync(openSync(file, 'a', 0o600));
    db = new DatabaseSync(file);
    db.exec(`PRAGMA busy_timeout = ${String(busyMs)}`);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304; PRAGMA mmap_size = 0');
    if (formatOf(db) === 0) create(db);
    checkFormat(db, file);
    if (formatOf(db) === 1) bringUp(db);
    return db;
  } catch (error) {
    db?.close();
    throw tableError(error, file);
  }
}

/** Opens an existing table for reading only; undefined while it is empty (an importer is just making it). */
export function openReader(file: string): DatabaseSync | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    db.exec(`PRAGMA busy_timeout = ${String(READER_BUSY_MS)}; PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -8192`);
    if (formatOf(db) === 0 && tables(db) === 0) {
      db.close();
      return undefined;
    }
    checkFormat(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw tableError(error, file);
  }
}

/** Runs `work` in one write transaction. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

function rollBack(db: DatabaseSync): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // SQLite rolls back by itself on a full disk or an I/O error; then there is no transaction left to end
  }
}

function create(db: DatabaseSync): void {
  inTransaction(db, () => {
    // another process may have made it while this one waited for the lock
    if (formatOf(db) === 0 && tables(db) === 0) db.exec(SCHEMA);
  });
}

function bringUp(db: DatabaseSync): void {
  inTransaction(db, () => {
    if (formatOf(db) === 1) db.exec(FROM_1);
  });
}

function checkFormat(db: DatabaseSync, file: string): void {
  const format = formatOf(db);
  if (format > FORMAT) throw new TillbridgeError('TB_TRANSLATE_TABLE_NEWER', { path: file, format });
  if (format < 1 || pragma(db, 'application_id') !== APPLICATION_ID) {
    throw new TillbridgeError('TB_TRANSLATE_TABLE_CORRUPT', { path: file, problem: 'it is an SQLite file, but not a card table' });
  }
}

const formatOf = (db: DatabaseSync): number => pragma(db, 'user_version');

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function tables(db: DatabaseSync): number {
  return Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']);
}
