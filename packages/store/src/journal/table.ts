import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Anchor, Checkpoint } from './chain.js';
import { FIELDS, type EntryRow, type NewRow } from './row.js';
import type { ChainWalker } from './walker.js';

type Columns = Record<string, SQLOutputValue>;

const column = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Every field of an entry, for a SELECT. */
export const ENTRY_COLUMNS = ['seq', ...FIELDS, 'prev', 'hash'].map((field) => `${column(field)} AS ${field}`).join(', ');

const blob = (value: SQLOutputValue | undefined): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array(0));

/**
 * STRICT tables give the declared types, and the hash of an entry covers every field: what is stored is what was written. But for a damaged
 * page, whose records may hold anything: without its hashes an entry cannot even be compared, so they are nothing instead.
 */
const entryOf = (row: Columns): EntryRow => {
  const { prev, hash } = row;
  return (prev instanceof Uint8Array && hash instanceof Uint8Array ? row : { ...row, prev: blob(prev), hash: blob(hash) }) as unknown as EntryRow;
};

const checkpointOf = (row: Columns): Checkpoint => ({
  seq: Number(row['seq']),
  hash: blob(row['hash']),
  previous: Number(row['previous']),
  openFrom: Number(row['openFrom']),
  mac: blob(row['mac']),
});

const CHECKPOINT = 'SELECT seq, hash, previous, open_from AS openFrom, mac FROM checkpoints';

/** The journal's tables: one method per question, no decisions. Every method may throw what `node:sqlite` throws. */
export class JournalTable {
  readonly db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #lastSeq: StatementSync;
  readonly #range: StatementSync;
  readonly #checkpoints: StatementSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;

  constructor(db: DatabaseSync) {
    this.db = db;
    const names = ['seq', ...FIELDS, 'prev', 'hash'].map(column);
    this.#insert = db.prepare(`INSERT INTO entries (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
    this.#lastSeq = db.prepare('SELECT max(seq) AS seq FROM entries');
    this.#range = db.prepare(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`);
    this.#checkpoints = db.prepare(`${CHECKPOINT} WHERE seq > ? AND seq <= ? ORDER BY seq`);
  }

  insert(seq: number, row: NewRow, prev: Uint8Array, hash: Uint8Array): void {
    this.#insert.run(seq, ...FIELDS.map((field) => row[field]), prev, hash);
  }

  insertCheckpoint(c: Checkpoint): void {
    this.db
      .prepare('INSERT INTO checkpoints (seq, hash, previous, open_from, mac) VALUES (?, ?, ?, ?, ?)')
      .run(c.seq, c.hash, c.previous, c.openFrom, c.mac);
  }

  lastSeq(): number {
    return Number(this.#lastSeq.get()?.['seq'] ?? 0);
  }

  entry(seq: number): EntryRow | undefined {
    const row = this.#range.get(seq - 1, seq, 1);
    return row === undefined ? undefined : entryOf(row);
  }

  lastEntry(): EntryRow | undefined {
    return this.entry(this.lastSeq());
  }

  lastSegment(): EntryRow | undefined {
    const seq = Number(this.db.prepare("SELECT max(seq) AS seq FROM entries WHERE type = 'segment'").get()?.['seq'] ?? 0);
    return seq === 0 ? undefined : this.entry(seq);
  }

  lastCheckpoint(): Checkpoint | undefined {
    const row = this.db.prepare(`${CHECKPOINT} ORDER BY seq DESC LIMIT 1`).get();
    return row === undefined ? undefined : checkpointOf(row);
  }

  anchor(): Anchor | undefined {
    const row = this.db.prepare('SELECT seq, hash, mac FROM anchor').get();
    return row === undefined ? undefined : { seq: Number(row['seq']), hash: blob(row['hash']), mac: blob(row['mac']) };
  }

  /** Entries after `after` up to `upTo`, at most `limit`. */
  range(after: number, upTo: number, limit: number): EntryRow[] {
    return this.#range.all(after, upTo, limit).map(entryOf);
  }

  /**
   * Feeds a walker up to `limit` entries after `after` with their checkpoints.
   * @returns the last one fed, or `undefined` when there is none left up to `upTo`, or no way to get at it.
   */
  feed(walker: ChainWalker, after: number, upTo: number, limit: number): number | undefined {
    const entries = this.range(after, upTo, limit);
    const last = entries.at(-1)?.seq;
    // in a damaged tree entries may stand behind greater ones: whoever went on from there would come round for ever
    const isLast = entries.length < limit || last === undefined || last <= after;
    // checkpoints without an entry of their own belong to the last piece: nothing follows that they could be compared with
    const checkpoints = this.#checkpoints.all(after, isLast ? upTo : last).map(checkpointOf);
    let next = 0;
    const give = (seq: number): void => {
      for (let c = checkpoints[next]; c !== undefined && c.seq <= seq; c = checkpoints[next]) {
        walker.checkpoint(c);
        next += 1;
      }
    };
    for (const entry of entries) {
      give(entry.seq - 1);
      walker.entry(entry);
      give(entry.seq);
    }
    if (isLast) give(Number.MAX_SAFE_INTEGER);
    return isLast ? undefined : last;
  }

  /** Deletes what stands up to and including the anchor, and leaves the anchor. */
  cut(anchor: Anchor): void {
    this.db.prepare('INSERT OR REPLACE INTO anchor (id, seq, hash, mac) VALUES (1, ?, ?, ?)').run(anchor.seq, anchor.hash, anchor.mac);
    this.db.prepare('DELETE FROM entries WHERE seq <= ?').run(anchor.seq);
    this.db.prepare('DELETE FROM checkpoints WHERE seq <= ?').run(anchor.seq);
  }

  /** The first entry whose time lies in the given range, in milliseconds, both ends included. */
  firstWithin(from: number, to: number): number | undefined {
    const row = this.db.prepare('SELECT seq FROM entries WHERE time >= ? AND time <= ? ORDER BY seq LIMIT 1').get(from, to);
    return row === undefined ? undefined : Number(row['seq']);
  }

  /** Runs `work` in a transaction that is taken back. */
  rehearsal(work: () => void): void {
    this.#begin.run();
    try {
      work();
    } finally {
      this.#rollback.run();
    }
  }

  /** Runs `work` as one transaction: all of it is durable when this returns, none of it when it throws. */
  transaction<T>(work: () => T): T {
    this.#begin.run();
    try {
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      try {
        this.#rollback.run();
      } catch {
        // SQLite has rolled back on its own (a full disk)
      }
      throw error;
    }
  }
}
