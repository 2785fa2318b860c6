import { entryHash, GENESIS, sealAnchor, sealCheckpoint, sealHead, type Head } from './chain.js';
import { isDamage, moveAside, openForWriting, problemOf } from './database.js';
import { JournalFailure, type Failure } from './failure.js';
import { writeHead } from './head-file.js';
import { MAX_OPEN_SCANS, type OpenRow } from './open-scans.js';
import { problemText, type BadEntry } from './problem.js';
import { pruneBoundary, PRUNE_PIECE } from './retention.js';
import { ends, NO_MASKS, type NewRow } from './row.js';
import { highestKnown, inspect, scrubOf, type Scrub, type Session, type SessionFiles } from './session.js';

export interface WriterOptions extends SessionFiles {
  readonly path: string;
  /** A checkpoint is signed at the latest after this many entries. */
  readonly checkpointEvery: number;
  readonly warn: (failure: Failure) => void;
}

/** Rows of an open transaction, and what the session will know once it is committed. */
interface Written {
  readonly rows: readonly { readonly seq: number; readonly row: NewRow }[];
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly sealed: boolean;
}

/** A file that is too damaged to take an entry, and what the session on it knew. */
interface Spoilt {
  readonly problem: string;
  readonly known: Pick<Session, 'open' | 'seq'> | undefined;
}

/**
 * Entries after which the write-ahead log is copied back into the file and begun anew: overwriting a log costs half of growing one, where
 * every commit also has to make the new length durable (measured on ext4: 0.24 ms against 0.58).
 */
const LOG_ENTRIES = 256;
const SCRUB_PIECE = 500;
const REHEARSAL: NewRow = {
  ...NO_MASKS, time: 0, type: 'delivering', scanId: '0', deliveryId: '0', reader: '0', till: '0', kind: 'card', outcome: null, reason: null, evidence: null,
};

/**
 * Writes the journal: synchronous, one transaction a call, for a process of its own. What throws leaves no trace in the file; the file is then
 * closed and opened anew at the next call, so that a disk that recovers is used again.
 */
export class JournalWriter {
  readonly #options: WriterOptions;
  #session: Session | undefined;
  #head: Head | undefined;
  #scrubbed = false;
  #logged = 0;
  /** Set until the file was moved aside. */
  #spoilt: Spoilt | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Opens the journal if it is not open, and lists the scans without an outcome. */
  open(wall: number): OpenRow[] {
    return this.#insist(wall, (session) => session.open.list());
  }

  /** Makes `rows` durable, all or none, and returns the `seq` of the last. */
  append(rows: readonly NewRow[], wall: number): number {
    return this.#insist(wall, (session) => {
      if (session.open.size >= MAX_OPEN_SCANS && rows.some((row) => row.type === 'captured')) {
        throw new JournalFailure('TB_JOURNAL_UNAVAILABLE', { problem: 'too many scans have no outcome' });
      }
      const written = session.table.transaction(() => this.#write(session, rows));
      this.#written(session, written);
      return written.seq;
    });
  }

  /**
   * Goes the way of an entry and takes it back before anything reaches the disk: the real one that follows within milliseconds finds its
   * code and pages at hand instead of where an idle machine leaves them. Says nothing of what fails: the real one will.
   */
  rehearse(): void {
    const session = this.#session;
    if (session === undefined) return;
    const { seq, hash, table } = session;
    try {
      table.rehearsal(() => {
        table.lastSeq();
        table.insert(seq + 1, REHEARSAL, hash, entryHash(this.#options.keys, hash, seq + 1, REHEARSAL));
      });
    } catch {
      // the entry itself will meet it, and tell
    }
  }

  /** Signs a checkpoint if there is anything new, and copies a long write-ahead log back. */
  checkpoint(wall: number): void {
    this.#use(wall, (session) => {
      if (session.unsealed > 0) {
        const { seq, hash } = session;
        session.table.transaction(() => this.#seal(session, seq, hash, session.open.first() ?? seq + 1));
        this.#sealed(session, seq, hash);
      }
      this.flushHead();
      session.table.db.exec('PRAGMA wal_checkpoint(PASSIVE)');
      this.#logged = 0;
    });
  }

  /** What may wait until an append was answered: the head file and an overlong log. */
  tidy(wall: number): void {
    if (this.#logged >= LOG_ENTRIES) this.checkpoint(wall);
    else this.flushHead();
  }

  /** Writes the newest checkpoint beside the database. */
  flushHead(): void {
    if (this.#head === undefined) return;
    writeHead(this.#options.headPath, this.#head);
    this.#head = undefined;
  }

  /** Proves some more of what was written before the last checkpoint. Returns whether anything is left to prove. */
  scrub(wall: number): boolean {
    return this.#use(wall, (session) => {
      const { scrub } = session;
      if (scrub === undefined) return false;
      const { last, bad } = this.#provePiece(session, scrub);
      if (bad !== undefined) this.#beginSegment(session, bad, wall);
      if (bad === undefined && last !== undefined) {
        scrub.after = last;
        return true;
      }
      session.scrub = undefined;
      this.#scrubbed = true;
      return false;
    });
  }

  /** A page that cannot be read ends the proof: what it held is the first that is bad, unless something before it was. */
  #provePiece({ table }: Session, { walker, after, upTo }: Scrub): { readonly last: number | undefined; readonly bad: BadEntry | undefined } {
    try {
      const last = table.feed(walker, after, upTo, SCRUB_PIECE);
      return { last, bad: walker.bad };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return { last: undefined, bad: walker.bad ?? { seq: walker.last + 1, problem: 'damaged' } };
    }
  }

  /** Deletes one piece of what is older than `before`. Returns how many entries that was; call again until it is 0. */
  prune(before: number, wall: number): number {
    return this.#use(wall, (session) => {
      const { table } = session;
      const boundary = pruneBoundary(table, before, wall, session.open.first());
      const first = table.range(0, boundary, 1)[0];
      if (first === undefined) return 0;
      const piece = table.range(0, boundary, PRUNE_PIECE);
      const last = piece.at(-1) ?? first;
      table.transaction(() => table.cut(sealAnchor(this.#options.keys, last.seq, last.hash)));
      session.stored = table.lastSeq();
      // the anchor vouches for what it replaced: with nothing behind it there is nothing to sign
      if (session.stored === 0) session.unsealed = 0;
      if (session.scrub !== undefined) session.scrub = scrubOf(table, table.anchor(), session.scrub.upTo, this.#options.keys);
      return piece.length;
    });
  }

  /** Signs a last checkpoint and closes the file. */
  close(wall: number): void {
    try {
      if (this.#session !== undefined) this.checkpoint(wall);
    } finally {
      this.#drop();
    }
  }

  #use<T>(wall: number, work: (session: Session) => T): T {
    try {
      return work((this.#session ??= this.#openSession(wall)));
    } catch (error) {
      if (error instanceof JournalFailure) throw error;
      this.#drop();
      throw new JournalFailure('TB_JOURNAL_UNAVAILABLE', { problem: problemOf(error) }, error);
    }
  }

  /**
   * {@link #use} for what must not wait for a repair. A file that turns out damaged is opened anew, for it may only have been misread; should
   * it still take nothing, it is moved aside.
   */
  #insist<T>(wall: number, work: (session: Session) => T): T {
    let known: Spoilt['known'];
    const attempt = (): T =>
      this.#use(wall, (session) => {
        known = session;
        return work(session);
      });
    try {
      return attempt();
    } catch (error) {
      damageIn(error);
    }
    try {
      return attempt();
    } catch (error) {
      this.#spoilt = { problem: damageIn(error), known };
    }
    return attempt();
  }

  #drop(): void {
    const session = this.#session;
    this.#session = undefined;
    try {
      session?.table.db.close();
    } catch {
      // the file is given up anyway
    }
  }

  #openSession(wall: number): Session {
    const session = this.#openOrReplace(wall);
    if (this.#scrubbed) session.scrub = undefined;
    if (session.bad !== undefined) {
      try {
        this.#beginSegment(session, session.bad, wall);
      } catch (error) {
        session.table.db.close();
        throw error;
      }
    }
    return session;
  }

  #openOrReplace(wall: number): Session {
    if (this.#spoilt !== undefined) return this.#replace(this.#spoilt, wall);
    try {
      return this.#inspected();
    } catch (error) {
      if (!isDamage(error)) throw error;
      return this.#replace({ problem: problemOf(error), known: undefined }, wall);
    }
  }

  #replace({ problem, known }: Spoilt, wall: number): Session {
    const path = moveAside(this.#options.path, wall);
    this.#spoilt = undefined;
    this.#options.warn({ code: 'TB_JOURNAL_MOVED_ASIDE', params: { path, problem } });
    const { open, seq } = known ?? {};
    const fresh = this.#inspected();
    return { ...fresh, open: open ?? fresh.open, seq: seq ?? fresh.seq, bad: { seq: 1, problem: 'damaged' } };
  }

  #inspected(): Session {
    const db = openForWriting(this.#options.path);
    try {
      return inspect(db, this.#options);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Inserts the rows; the session learns of them when they are durable. */
  #write(session: Session, rows: readonly NewRow[]): Written {
    const { table } = session;
    const { keys, checkpointEvery } = this.#options;
    const written: { seq: number; row: NewRow }[] = [];
    this.#follow(session);
    let { seq, hash } = session;
    for (const row of rows) {
      if (row.owed === true && !isOwed(row, session, written)) continue;
      seq += 1;
      const own = entryHash(keys, hash, seq, row);
      table.insert(seq, row, hash, own);
      hash = own;
      written.push({ seq, row });
    }
    const sealed = session.unsealed + written.length >= checkpointEvery;
    // Reading starts at the oldest scan open before these entries: too early does no harm, too late would lose a scan.
    if (sealed) this.#seal(session, seq, hash, session.open.first() ?? session.seq + 1);
    return { rows: written, seq, hash, sealed };
  }

  #written(session: Session, { rows, seq, hash, sealed }: Written): void {
    for (const { seq: at, row } of rows) session.open.note(at, row);
    session.unsealed += rows.length;
    this.#logged += rows.length;
    Object.assign(session, { seq, hash, stored: seq });
    if (sealed) this.#sealed(session, seq, hash);
  }

  // One daemon writes a journal, the lock of the state folder sees to that. Should another process have appended all the same (an
  // in-process bridge beside a daemon), the chain goes on behind its entries instead of breaking.
  #follow(session: Session): void {
    const { table } = session;
    if (table.lastSeq() === session.stored) return;
    const last = table.lastEntry();
    if (last === undefined) return;
    session.open.noteAll(table.range(session.seq, last.seq, MAX_OPEN_SCANS));
    Object.assign(session, { seq: last.seq, hash: last.hash, stored: last.seq, checkpoint: table.lastCheckpoint()?.seq ?? 0 });
  }

  #seal(session: Session, seq: number, hash: Uint8Array, openFrom: number): void {
    // read anew: another process may have signed one
    const previous = session.table.lastCheckpoint()?.seq ?? session.checkpoint;
    session.table.insertCheckpoint(sealCheckpoint(this.#options.keys, { seq, hash, previous, openFrom }));
  }

  #sealed(session: Session, seq: number, hash: Uint8Array): void {
    session.checkpoint = seq;
    session.unsealed = 0;
    this.#head = sealHead(this.#options.keys, seq, hash);
  }

  #beginSegment(session: Session, bad: BadEntry, wall: number): void {
    const { keys } = this.#options;
    const seq = highestKnown(session, this.#options) + 1;
    const row: NewRow = {
      ...NO_MASKS,
      time: wall,
      type: 'segment',
      scanId: null,
      deliveryId: null,
      reader: null,
      till: null,
      kind: null,
      outcome: null,
      reason: bad.problem,
      evidence: String(bad.seq),
    };
    const hash = entryHash(keys, GENESIS, seq, row);
    session.table.transaction(() => {
      session.table.insert(seq, row, GENESIS, hash);
      this.#seal(session, seq, hash, session.open.first() ?? seq + 1);
    });
    Object.assign(session, { seq, hash, stored: seq });
    this.#sealed(session, seq, hash);
    this.flushHead();
    this.#options.warn({ code: 'TB_JOURNAL_BROKEN', params: { seq: bad.seq, problem: problemText(bad.problem) } });
  }
}

/** What is wrong with the file; anything but damage is thrown again. */
function damageIn(error: unknown): string {
  const cause = error instanceof JournalFailure ? error.cause : error;
  if (!isDamage(cause)) throw error;
  return problemOf(cause);
}

/** Whether an end that was refused before is still missing: the scan is open, and none of the rows before it in this transaction ends it. */
function isOwed({ scanId }: NewRow, { open }: Session, before: readonly { readonly row: NewRow }[]): boolean {
  return scanId !== null && open.has(scanId) && !before.some(({ row }) => ends(row.type) && row.scanId === scanId);
}
