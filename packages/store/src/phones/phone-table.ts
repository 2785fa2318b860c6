import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { TillbridgeError } from '@tillbridge/core';
import { changeList, readList, type ListFormat } from '../lists/list-file.js';
import { seal, unseal } from '../outbox/seal.js';
import type { KeptPhone, PhoneListChange } from './phone-record.js';

const FORMAT: ListFormat = {
  version: 1,
  // "Tbrp"
  applicationId: 0x54627270,
  what: 'list of phones',
  unreadable: 'TB_READER_MOBILE_PHONES',
  // whose phone it is, and which, is a person's: sealed like everything of people
  schema: `
CREATE TABLE phones(
  id TEXT PRIMARY KEY NOT NULL,
  sealed BLOB NOT NULL,
  created INTEGER NOT NULL,
  last_seen INTEGER
) STRICT, WITHOUT ROWID;`,
};

/** What a row is sealed under: it opens in no other place. */
function rowName(id: string): string {
  return `phone\u0000${id}`;
}

/**
 * Every paired phone; none where there is no file. `key`: 32 bytes of `keys/`.
 * @throws {TillbridgeError} `TB_READER_MOBILE_PHONES` also where the key is another than the one that it was written with
 */
export function readPhones(file: string, key: Uint8Array): readonly KeptPhone[] {
  return readList(file, FORMAT, [], (db) => db.prepare('SELECT id, sealed, created, last_seen FROM phones ORDER BY created, id').all().map((row) => decode(row, key)));
}

/**
 * Makes one change, durably, creating the file (0600) where it is missing. Synchronous: the daemon does it on another thread.
 *
 * @returns whether anything was changed
 * @throws {TillbridgeError} `TB_READER_MOBILE_PHONES`
 */
export function changePhones(file: string, key: Uint8Array, change: PhoneListChange): boolean {
  if (change.do !== 'put' && !existsSync(file)) return false;
  return changeList(file, FORMAT, (db) => apply(db, key, change) > 0);
}

function apply(db: DatabaseSync, key: Uint8Array, change: PhoneListChange): number {
  switch (change.do) {
    case 'put': {
      const { id, created, lastSeen, key: phoneKey, name, model, till } = change.phone;
      const sealed = seal(key, rowName(id), JSON.stringify({ key: Buffer.from(phoneKey).toString('base64'), name, model, till }));
      const upsert = db.prepare(
        'INSERT INTO phones(id, sealed, created, last_seen) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET sealed = excluded.sealed, created = excluded.created, last_seen = excluded.last_seen',
      );
      return Number(upsert.run(id, sealed, created, lastSeen ?? null).changes);
    }
    case 'remove':
      return Number(db.prepare('DELETE FROM phones WHERE id = ?').run(change.id).changes);
    case 'seen': {
      const update = db.prepare('UPDATE phones SET last_seen = ? WHERE id = ?');
      return change.seen.reduce((sum, [id, time]) => sum + Number(update.run(time, id).changes), 0);
    }
  }
}

function decode(row: Record<string, unknown>, key: Uint8Array): KeptPhone {
  const { id, sealed, created, last_seen: lastSeen } = row;
  if (typeof id !== 'string' || !(sealed instanceof Uint8Array) || typeof created !== 'number') throw new Error('a row is damaged');
  const text = unseal(key, rowName(id), sealed);
  if (text === undefined) throw new Error('a row is damaged, or its key was replaced');
  const fields: unknown = JSON.parse(text);
  const { key: phoneKey, name, model, till }: Readonly<Record<string, unknown>> = typeof fields === 'object' && fields !== null ? { ...fields } : {};
  if (typeof phoneKey !== 'string' || typeof name !== 'string' || typeof model !== 'string') throw new Error('a row is damaged');
  const bytes = new Uint8Array(Buffer.from(phoneKey, 'base64'));
  if (bytes.length !== 32) throw new Error('a row is damaged');
  return { id, key: bytes, name, model, created, ...(typeof till === 'string' ? { till } : {}), ...(typeof lastSeen === 'number' ? { lastSeen } : {}) };
}

/** The list cannot be read while its key is gone: it says so, and nothing is made anew silently. */
export function lostKey(file: string): TillbridgeError {
  return new TillbridgeError('TB_READER_MOBILE_PHONES', { path: file, problem: 'its key is gone' });
}
