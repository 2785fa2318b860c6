import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isTillbridgeError, TillbridgeError, type ErrorCode } from '@tillbridge/core';

const BUSY_MS = 2000;

/** What a short list is kept as: one SQLite file with one format. */
export interface ListFormat {
  /** Format of the file, kept in `user_version`. */
  readonly version: number;
  /** Tells the file from other SQLite files (sqlite.org/pragma.html#pragma_application_id). */
  readonly applicationId: number;
  /** Makes the tables. */
  readonly schema: string;
  /** What the file holds, for an error: `list of clients`. */
  readonly what: string;
  readonly unreadable: ErrorCode;
}

/** Reads a list; `absent` where there is no file yet, and none is made. @throws {TillbridgeError} `format.unreadable` */
export function readList<T>(file: string, format: ListFormat, absent: T, read: (db: DatabaseSync) => T): T {
  if (!existsSync(file)) return absent;
  return withDatabase(file, format, true, (db) => (formatOf(db) === 0 ? absent : read(db)));
}

/**
 * Makes one change, durably, creating the file (0600) where it is missing. Synchronous: the daemon does it on another thread.
 *
 * @throws {TillbridgeError} `format.unreadable`
 */
export function changeList<T>(file: string, format: ListFormat, change: (db: DatabaseSync) => T): T {
  return withDatabase(file, format, false, (db) => {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    // the transaction ends with the connection where this throws
    if (formatOf(db) === 0) db.exec(`${format.schema}\nPRAGMA application_id = ${format.applicationId}; PRAGMA user_version = ${format.version};`);
    const changed = change(db);
    db.exec('COMMIT');
    return changed;
  });
}

function withDatabase<T>(file: string, format: ListFormat, readOnly: boolean, work: (db: DatabaseSync) => T): T {
  let db: DatabaseSync | undefined;
  try {
    if (!readOnly) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      // made here and not by SQLite, so that it is never readable by others; -wal and -shm take its mode
      closeSync(openSync(file, 'a', 0o600));
    }
    db = new DatabaseSync(file, { readOnly });
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    checkFormat(db, format);
    return work(db);
  } catch (error) {
    if (isTillbridgeError(error)) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    throw new TillbridgeError(format.unreadable, { path: file, problem }, { cause: error });
  } finally {
    db?.close();
  }
}

function checkFormat(db: DatabaseSync, { version, applicationId, what }: ListFormat): void {
  const format = formatOf(db);
  if (format > version) throw new Error('it was written by a newer version');
  const tables = Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']);
  const id = Number(db.prepare('PRAGMA application_id').get()?.['application_id']);
  if (format === 0 ? tables > 0 : id !== applicationId) throw new Error(`it is an SQLite file, but not a ${what}`);
}

function formatOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
