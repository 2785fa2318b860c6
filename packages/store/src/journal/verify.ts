import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { TillbridgeError } from '@tillbridge/core';
import type { StateFolder } from '../state/state-folder.js';
import { headHolds } from './chain.js';
import { isDamage, openForReading, problemOf, userVersion } from './database.js';
import { JournalFailure } from './failure.js';
import { readHead } from './head-file.js';
import { journalKeys, type JournalKeys } from './keys.js';
import type { BadEntry } from './problem.js';
import { JournalTable } from './table.js';
import { ChainWalker, type HeadState } from './walker.js';

export type VerifyResult = { readonly ok: true; readonly entries: number } | { readonly ok: false; readonly firstBad: BadEntry };

const PAGE = 1000;

/**
 * Proves the journal: every entry's hash, the chain, the keyed checkpoints, the anchor that pruning left, the head kept in
 * `keys/journal.head`, and SQLite's own consistency. Reads a snapshot, so a running daemon goes on writing. Synchronous; about 5 us an entry.
 *
 * It finds every entry that was changed, added, removed or moved. The one thing that it cannot see is that the tail after the last
 * checkpoint was cut off (checkpoints are signed every 512 entries, one second after the last scan, and at the end): whoever can write the
 * state folder can also put an older copy of all of it back.
 *
 * @throws {TillbridgeError} `TB_JOURNAL_NO_ACCESS` when it cannot be read, `TB_JOURNAL_NEWER`, `TB_JOURNAL_STATE_KEY`.
 */
export function verifyJournal(folder: StateFolder): VerifyResult {
  const path = folder.file('journal.db');
  // The head before the database: a daemon writes them in the other order, so the snapshot holds at least what the head names.
  const head = readHead(folder.keyFile('journal.head'));
  const master = folder.existingKey('journal.key');
  const keys = master === undefined ? undefined : journalKeys(master);
  if (!existsSync(path)) return withoutDatabase(head, keys);
  let db: DatabaseSync | undefined;
  try {
    db = openForReading(path);
    if (db === undefined || userVersion(db) === 0) return withoutDatabase(head, keys);
    if (keys === undefined) return bad({ seq: 1, problem: 'keyMissing' });
    return proveAll(db, head, keys);
  } catch (error) {
    if (error instanceof TillbridgeError) throw error;
    if (error instanceof JournalFailure) throw new TillbridgeError(error.code, error.params);
    if (isDamage(error)) return bad({ seq: 0, problem: 'damaged' });
    throw new TillbridgeError('TB_JOURNAL_NO_ACCESS', { path, problem: problemOf(error) }, { cause: error });
  } finally {
    db?.close();
  }
}

const bad = (firstBad: BadEntry): VerifyResult => ({ ok: false, firstBad });

function withoutDatabase(head: HeadState, keys: JournalKeys | undefined): VerifyResult {
  if (head === 'absent') return { ok: true, entries: 0 };
  if (keys === undefined) return bad({ seq: 1, problem: 'keyMissing' });
  if (head === 'damaged' || !headHolds(keys, head)) return bad({ seq: 1, problem: 'headDamaged' });
  return head.seq === 0 ? { ok: true, entries: 0 } : bad({ seq: 1, problem: 'missing' });
}

function proveAll(db: DatabaseSync, head: HeadState, keys: JournalKeys): VerifyResult {
  db.exec('BEGIN');
  const table = new JournalTable(db);
  const anchor = table.anchor();
  const walker = ChainWalker.fromAnchor(keys, head, anchor);
  try {
    for (let at: number | undefined = 0; at !== undefined; ) at = table.feed(walker, at, Number.MAX_SAFE_INTEGER, PAGE);
    const found = walker.end();
    if (found !== undefined) return bad(found);
    const check: unknown = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    return check === 'ok' ? { ok: true, entries: walker.entries } : bad({ seq: 0, problem: 'damaged' });
  } catch (error) {
    // a page that cannot be read ends the walk: what it held is the first that is bad, unless something before it was
    if (isDamage(error)) return bad(walker.bad ?? { seq: walker.last + 1, problem: 'damaged' });
    throw error;
  }
}
