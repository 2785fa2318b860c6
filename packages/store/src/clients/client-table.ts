import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { changeList, readList, type ListFormat } from '../lists/list-file.js';
import type { ClientChange, ClientRecord } from './client-record.js';

const FORMAT: ListFormat = {
  version: 1,
  // "Tbrl"
  applicationId: 0x5462726c,
  what: 'list of clients',
  unreadable: 'TB_API_CLIENTS_UNREADABLE',
  schema: `
CREATE TABLE clients(
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  token_hash BLOB NOT NULL,
  created INTEGER NOT NULL,
  last_seen INTEGER
) STRICT, WITHOUT ROWID;`,
};

/** Every paired client; none where there is no file. @throws {TillbridgeError} `TB_API_CLIENTS_UNREADABLE` */
export function readClients(file: string): readonly ClientRecord[] {
  return readList(file, FORMAT, [], (db) => db.prepare('SELECT id, name, scopes, token_hash, created, last_seen FROM clients ORDER BY created, id').all().map(decode));
}

/**
 * Makes one change, durably, creating the file (0600) where it is missing. Synchronous: the daemon does it on another thread.
 *
 * @returns whether anything was changed
 * @throws {TillbridgeError} `TB_API_CLIENTS_UNREADABLE`
 */
export function changeClients(file: string, change: ClientChange): boolean {
  if (change.do !== 'add' && !existsSync(file)) return false;
  return changeList(file, FORMAT, (db) => apply(db, change) > 0);
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
