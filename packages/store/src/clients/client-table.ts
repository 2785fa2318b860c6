import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isTillbridgeError, TillbridgeError } from '@tillbridge/core';
import type { ClientChange, ClientRecord } from './client-record.js';

/** Format of clients.db, kept in `user_version`. */
const FORMAT = 1;
/** "Tbrl": tells clients.db from other SQLite files (sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x5462726c;
const BUSY_MS = 2000;

const SCHEMA = `
CREATE TABLE clients(
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  token_hash BLOB NOT NULL,
  created INTEGER NOT NULL,
  last_seen INTEGER
) STRICT, WITHOUT ROWID;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT};`;

/** Every paired client; none where there is no file. @throws {TillbridgeError} `TB_API_CLIENTS_UNREADABLE` */
export function readClients(file: string): readonly ClientRecord[] {
  if (!existsSync(file)) return [];
  return withDatabase(file, true, (db) =>
    formatOf(db) === 0 ? [] : db.prepare('SELECT id, name, scopes, token_hash, created, last_seen FROM clients ORDER BY created, id').all().map(decode),
  );
}

/**
 * Makes one change, durably, creating the file (0600) where it is missing. Synchronous: the daemon does it on another thread.
 *
 * @returns whether anything was changed
 * @throws {TillbridgeError} `TB_API_CLIENTS_UNREADABLE`
 */
export function changeClients(file: string, change: ClientChange): boolean {
  if (change.do !== 'add' && !existsSync(file)) return false;
  return withDatabase(file, false, (db) => {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    // the transaction ends with the connection where this throws
    if (formatOf(db) === 0) db.exec(SCHEMA);
    const changed = apply(db, change);
    db.exec('COMMIT');
    return changed > 0;
  });
}

function apply(db: DatabaseSync, change: ClientChange): number {
  switch (change.do) {
    case 'add': {
      const { id, name, scopes, tokenHash, created, lastSeen } = change.client;
      const insert = db.prepare('INSERT INTO clients(id, name, scopes, token_hash, created, last_seen) VALUES (?, ?, ?, ?, ?, ?)');
      return Number(insert.run(id, name, scopes.join(' '), tokenHash, created, lastSeen ?? null).changes);
    }
    case 'remove':
      return Number(db.prepare('DELETE FROM clients WHERE id = ?').run(change.id).changes);
    case 'seen': {
      const update = db.prepare('UPDATE clients SET last_seen = ? WHERE id = ?');
      return change.seen.reduce((sum, [id, time]) => sum + Number(update.run(time, id).changes), 0);
    }
  }
}

function decode(row: Record<string, unknown>): ClientRecord {
  const { id, name, scopes, token_hash: tokenHash, created, last_seen: lastSeen } = row;
  const sound = typeof id === 'string' && typeof name === 'string' && typeof scopes === 'string' && typeof created === 'number';
  if (!sound || !(tokenHash instanceof Uint8Array) || tokenHash.length !== 32) throw new Error('a row is damaged');
  const known = { id, name, scopes: scopes === '' ? [] : scopes.split(' '), tokenHash, created };
  return typeof lastSeen === 'number' ? { ...known, lastSeen } : known;
}

function withDatabase<T>(file: string, readOnly: boolean, work: (db: DatabaseSync) => T): T {
  let db: DatabaseSync | undefined;
  try {
    if (!readOnly) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      // made here and not by SQLite, so that it is never readable by others; -wal and -shm take its mode
      closeSync(openSync(file, 'a', 0o600));
    }
    db = new DatabaseSync(file, { readOnly });
    db.exec(`PRAGMA busy_timeout = ${String(BUSY_MS)}`);
    checkFormat(db);
    return work(db);
  } catch (error) {
    if (isTillbridgeError(error)) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    throw new TillbridgeError('TB_API_CLIENTS_UNREADABLE', { path: file, problem }, { cause: error });
  } finally {
    db?.close();
  }
}

function checkFormat(db: DatabaseSync): void {
  const format = formatOf(db);
  if (format > FORMAT) throw new Error('it was written by a newer version');
  const tables = Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']);
  const id = Number(db.prepare('PRAGMA application_id').get()?.['application_id']);
  if (format === 0 ? tables > 0 : id !== APPLICATION_ID) throw new Error('it is an SQLite file, but not a list of clients');
}

function formatOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
