import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { TillbridgeError } from '@tillbridge/core';
import { sqliteCode, SQLITE } from '../sqlite-error.js';
import { errorCode } from './atomic-file.js';
import type { StateFolder } from './state-folder.js';

/** Who runs on a state folder. */
export interface LockHolder {
  readonly pid: number;
  /** Unix time in milliseconds at which it took the folder. */
  readonly started: number;
}

/** A row of the lock file: the nonce tells two attempts of one process apart. */
interface Claim extends LockHolder {
  readonly nonce: string;
}

/** The right to be the one daemon of a state folder. */
export interface StateLock {
  /** Gives the folder back. Idempotent. The kernel does the same when the process dies, however it dies. */
  release(): void;
}

// Two daemons that start at the same moment settle it within a few rounds; the bound only keeps a defect from spinning for ever.
const ROUNDS = 50;
const PATIENCE_MS = 250;

/**
 * Node offers no file lock, but SQLite takes one that the kernel ties to the process: an open write transaction on `daemon.lock`. Others can
 * still read the committed row and learn whose it is. (https://sqlite.org/lockingv3.html, RESERVED)
 *
 * @throws {TillbridgeError} `TB_API_DAEMON_RUNNING` {state, pid} when another process has it, `TB_JOURNAL_STATE_FOLDER` when the
 * lock file cannot be opened.
 */
export function lockState(folder: StateFolder, holder: LockHolder): StateLock {
  const db = openLockFile(folder);
  try {
    takeLock(db, folder, holder);
  } catch (error) {
    db.close();
    if (error instanceof TillbridgeError) throw error;
    throw new TillbridgeError('TB_JOURNAL_STATE_FOLDER', { path: folder.file('daemon.lock'), problem: problemOf(error) }, { cause: error });
  }
  // The listener is also what keeps the open file from the garbage collector, which would let the lock go with it: whoever takes the lock
  // need not keep the answer.
  let held = true;
  const release = (): void => {
    if (held) db.close();
    held = false;
    process.removeListener('exit', release);
  };
  process.once('exit', release);
  return { release };
}

/**
 * Who holds the state folder now; `undefined` when nobody does, or when this user may not look. Takes the lock for an instant, never longer:
 * a daemon that starts in that instant waits for it.
 */
export function lockHolder(folder: StateFolder): LockHolder | undefined {
  const path = folder.file('daemon.lock');
  if (!existsSync(path)) return undefined;
  try {
    const db = openDatabase(path);
    try {
      return begin(db) ? undefined : readClaim(db);
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}

function openLockFile(folder: StateFolder): DatabaseSync {
  const path = folder.file('daemon.lock');
  try {
    closeSync(openSync(path, 'a', 0o600));
    return openDatabase(path);
  } catch (error) {
    throw new TillbridgeError('TB_JOURNAL_STATE_FOLDER', { path, problem: problemOf(error) }, { cause: error });
  }
}

function takeLock(db: DatabaseSync, folder: StateFolder, holder: LockHolder): void {
  const mine: Claim = { ...holder, nonce: randomUUID() };
  db.exec(`PRAGMA busy_timeout = ${String(PATIENCE_MS)}`);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!begin(db)) {
      const other = readClaim(db);
      if (other?.nonce !== mine.nonce) throw running(folder, other);
      continue;
    }
    if (readClaim(db)?.nonce === mine.nonce) return;
    // The row must be committed to be readable by others, and committing lets the lock go: take it again, and look whether the row
    // is still ours, because another daemon may have slipped in between.
    if (!announce(db, mine)) db.exec('ROLLBACK');
  }
  throw running(folder, readClaim(db));
}

function announce(db: DatabaseSync, claim: Claim): boolean {
  db.exec('CREATE TABLE IF NOT EXISTS daemon (id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, started INTEGER NOT NULL, nonce TEXT NOT NULL) STRICT');
  db.prepare('INSERT OR REPLACE INTO daemon (id, pid, started, nonce) VALUES (1, ?, ?, ?)').run(claim.pid, claim.started, claim.nonce);
  try {
    db.exec('COMMIT');
    return true;
  } catch (error) {
    if (sqliteCode(error) === SQLITE.busy) return false;
    throw error;
  }
}

function begin(db: DatabaseSync): boolean {
  try {
    db.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (sqliteCode(error) === SQLITE.busy) return false;
    throw error;
  }
}

function readClaim(db: DatabaseSync): Claim | undefined {
  try {
    const row = db.prepare('SELECT pid, started, nonce FROM daemon WHERE id = 1').get();
    return row === undefined ? undefined : { pid: Number(row['pid']), started: Number(row['started']), nonce: String(row['nonce']) };
  } catch {
    // no table yet, or just being written
    return undefined;
  }
}

function running(folder: StateFolder, holder: LockHolder | undefined): TillbridgeError {
  return new TillbridgeError('TB_API_DAEMON_RUNNING', { state: folder.path, pid: holder?.pid ?? 'unknown' });
}

function problemOf(error: unknown): string {
  const sqlite = sqliteCode(error);
  if (sqlite === SQLITE.notADatabase || sqlite === SQLITE.corrupt) return 'daemon.lock is damaged; delete it when no daemon runs';
  const code = errorCode(error);
  if (code !== '' && sqlite === undefined) return code;
  return error instanceof Error ? error.message : 'unknown';
}

/** Loaded when a lock is looked at: no command and no agent that looks at none shall hold its 2 MiB. */
function openDatabase(path: string): DatabaseSync {
  return new (process.getBuiltinModule('node:sqlite').DatabaseSync)(path);
}
