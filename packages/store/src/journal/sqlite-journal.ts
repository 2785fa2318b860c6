import {
  Masked,
  TillbridgeError,
  type Cancel,
  type Clock,
  type Journal,
  type JournalEntry,
  type JournalRow,
  type Log,
  type OpenScan,
  type Outcome,
} from '@tillbridge/core';
import type { StateFolder } from '../state/state-folder.js';
import { AppendQueue } from './append-queue.js';
import { correlator, type Correlator } from './keys.js';
import type { Failure } from './failure.js';
import type { Answers, Reply } from './protocol.js';
import { openJournalReader, type JournalReader, type RowQuery } from './reader.js';
import { DAY_MS } from './retention.js';
import { rowOf } from './entry-row.js';
import { NO_MASKS, type Masks } from './row.js';
import { OwedOutcomes } from './owed-outcomes.js';
import { defaultProcessUrl, ProcessLink } from './process-link.js';

export interface JournalOptions {
  readonly folder: StateFolder;
  readonly clock: Clock;
  readonly log: Log;
  /** Days that entries are kept, 0 or more; `forever` keeps them all. Default 90. */
  readonly keepDays?: number | 'forever';
  /** A checkpoint is signed at the latest after this many entries. Default 512. */
  readonly checkpointEvery?: number;
  /** Silence in milliseconds after which a checkpoint is signed. Default 1000. */
  readonly idleMs?: number;
  /** Entries that may wait for the disk; more are refused. Default 10,000. */
  readonly maxPending?: number;
  /** Milliseconds that an entry may wait for the disk before it is refused. Default 5000. */
  readonly appendTimeoutMs?: number;
  /** The built process of this package, where it does not lie beside the package's own file (a single executable). */
  readonly processUrl?: URL;
  /** A number in [0, 1) for the jitter of restarts. Default Math.random. */
  readonly random?: () => number;
}

export interface JournalStats {
  /** `unavailable`: the last entry could not be written; the next one tries again. */
  readonly state: 'ready' | 'unavailable' | 'closed';
  readonly lastSeq: number;
  readonly appended: number;
  readonly refused: number;
  readonly pending: number;
  /** How often the process died and was started again. */
  readonly restarts: number;
}

type Asked = 'open' | 'checkpoint' | 'scrub' | 'prune' | 'close';

interface Waiter {
  readonly resolve: (value: Answers[keyof Answers]) => void;
  readonly reject: (error: TillbridgeError) => void;
}

const OPEN_BUDGET_MS = 10_000;
const CLOSE_BUDGET_MS = 3000;
/** Bytes before a process that does not read; beyond it nothing is rehearsed. */
const MAX_BACKLOG = 16 * 1024;
const SCRUB_PAUSE_MS = 50;
const FIRST_PRUNE_MS = 60_000;

/** An entry of nobody, made and thrown away. */
const REHEARSAL: JournalEntry = {
  type: 'delivering', scanId: '0', reader: '0', till: '0', kind: 'card', time: 0, code: new Masked('0'), deliveryId: '0', number: new Masked('0'),
};

const errorOf = (failure: Failure): TillbridgeError => new TillbridgeError(failure.code, failure.params);

/**
 * The journal on SQLite. Entries go to a process of their own, which makes all that came while its last transaction ran durable in the next
 * one; this one only reads.
 */
export class SqliteJournal implements Journal {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #idleMs: number;
  readonly #link: ProcessLink;
  readonly #queue: AppendQueue;
  readonly #owed: OwedOutcomes;
  readonly #reader: JournalReader;
  readonly #correlate: Correlator;
  readonly #asked = new Map<number, Waiter>();
  readonly #masks = new Map<string, Masks>();
  readonly #stop = new AbortController();
  #keepDays: number | 'forever';
  #nextId = 1;
  #idle: Cancel | undefined;
  #unsealed = false;
  #failing = false;
  #closing: Promise<void> | undefined;
  #started: Promise<Answers['open']> | undefined;

  /** Use {@link openJournal}. */
  constructor(options: JournalOptions) {
    const { folder, clock, log } = options;
    this.#clock = clock;
    this.#log = log;
    this.#keepDays = options.keepDays ?? 90;
    this.#idleMs = options.idleMs ?? 1000;
    this.#correlate = correlator(folder.key('correlation.key'));
    this.#reader = openJournalReader(folder);
    this.#link = new ProcessLink({
      url: options.processUrl ?? defaultProcessUrl(import.meta.url),
      setup: {
        path: folder.file('journal.db'),
        headPath: folder.keyFile('journal.head'),
        key: Buffer.from(folder.key('journal.key')).toString('base64'),
        checkpointEvery: options.checkpointEvery ?? 512,
      },
      clock,
      random: options.random ?? Math.random,
      onReply: (reply) => this.#replied(reply),
      onDown: (problem) => this.#down(problem),
    });
    this.#queue = new AppendQueue({
      clock,
      maxPending: options.maxPending ?? 10_000,
      timeoutMs: options.appendTimeoutMs ?? 5000,
      nextId: () => this.#nextId++,
      post: (request) => this.#link.post(request),
      busy: () => this.#busy(),
    });
    this.#owed = new OwedOutcomes({ clock, random: options.random ?? Math.random, append: (row) => this.#queue.append(row) });
  }

  /** Opens the file. Rejects only with what no waiting mends; a disk that does not write now is tried again with each entry. */
  async start(): Promise<void> {
    try {
      this.#started = this.#ask('open', OPEN_BUDGET_MS);
      await this.#started;
    } catch (error) {
      this.#started = undefined;
      if (!(error instanceof TillbridgeError) || !error.retryable) {
        await this.#link.terminate();
        throw error;
      }
      this.#trouble(error);
    }
    void this.#scrubAll();
    void this.#pruneDaily();
  }

  append(entry: JournalEntry): Promise<void> {
    const row = rowOf(entry, this.#correlate, this.#clock.wall());
    return this.#take(() => this.#owed.follow(row, this.#queue.append(row)));
  }

  expect(): void {
    // one that reads nothing (a disk that hangs) is told nothing of what is only likely
    if (this.#closing !== undefined || this.#queue.pending > 0 || this.#link.backlog >= MAX_BACKLOG) return;
    rowOf(REHEARSAL, this.#correlate, 0);
    this.#link.post({ type: 'rehearse' });
  }

  async open(): Promise<readonly OpenScan[]> {
    const rows = await (this.#started ?? this.#ask('open', OPEN_BUDGET_MS));
    this.#started = undefined;
    for (const { scan, masks } of rows) this.#masks.set(scan.scanId, masks);
    return rows.map(({ scan }) => scan);
  }

  async settle(open: OpenScan, outcome: Outcome): Promise<void> {
    if (this.#closing !== undefined) throw new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: 'it is closed' });
    const { scanId, deliveryId, reader, till, kind, time } = open;
    const entry: JournalEntry = { type: 'outcome', scanId, reader, till, kind, time, outcome, ...(deliveryId === undefined ? {} : { deliveryId }) };
    const row = rowOf(entry, this.#correlate, this.#clock.wall());
    await this.#queue.append({ ...row, ...(this.#masks.get(scanId) ?? NO_MASKS) });
    this.#masks.delete(scanId);
  }

  /** See {@link JournalReader.rows}. */
  rows(query?: RowQuery): readonly JournalRow[] {
    return this.#reader.rows(query);
  }

  get stats(): JournalStats {
    const { appended, refused, pending, lastSeq } = this.#queue;
    const state = this.#closing !== undefined ? 'closed' : this.#failing || !this.#link.up ? 'unavailable' : 'ready';
    return { state, lastSeq, appended, refused, pending, restarts: this.#link.restarts };
  }

  /**
   * Deletes what is older than `keepDays`, in small pieces between the entries that come in; an anchor keeps the rest provable. Scans
   * without an outcome stay. Also done by itself a minute after the start and once a day.
   * @returns how many entries were deleted.
   */
  async prune(keepDays: number | 'forever' = this.#keepDays): Promise<number> {
    this.#keepDays = keepDays;
    if (keepDays === 'forever') return 0;
    let deleted = 0;
    for (;;) {
      const piece = await this.#ask('prune', OPEN_BUDGET_MS, this.#clock.wall() - keepDays * DAY_MS);
      if (piece === 0) return deleted;
      deleted += piece;
    }
  }

  /** Signs a checkpoint now. */
  async checkpoint(): Promise<void> {
    await this.#ask('checkpoint', OPEN_BUDGET_MS);
  }

  /** Writes what is waiting, signs a last checkpoint and lets the file go, within 3 s. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stop.abort();
    this.#idle?.();
    this.#owed.close();
    this.#queue.flush();
    try {
      await this.#ask('close', CLOSE_BUDGET_MS);
      this.#link.expectExit();
    } catch (error) {
      this.#log.warn('the journal was closed without a last checkpoint', { error: error instanceof Error ? error : undefined });
    }
    this.#queue.failAll('it was closed');
    await this.#link.terminate();
    this.#reader.close();
  }

  #take(append: () => Promise<void>): Promise<void> {
    if (this.#closing !== undefined) return Promise.reject(unavailable('it is closed'));
    this.#idle?.();
    this.#idle = undefined;
    return append();
  }

  #ask<T extends Asked>(type: T, budgetMs: number, before = 0): Promise<Answers[T]> {
    const id = this.#nextId++;
    const wall = this.#clock.wall();
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.timer(budgetMs, () => this.#answer(id)?.reject(unavailable(`no answer from the disk within ${String(budgetMs)} ms`)));
      this.#asked.set(id, {
        resolve: (value) => {
          cancel();
          resolve(value as Answers[T]);
        },
        reject: (error) => {
          cancel();
          reject(error);
        },
      });
      this.#busy();
      const posted = this.#link.post(type === 'prune' ? { type, id, before, wall } : { type, id, wall });
      if (!posted) this.#answer(id)?.reject(unavailable('its process is being started again'));
    });
  }

  #answer(id: number): Waiter | undefined {
    const waiter = this.#asked.get(id);
    this.#asked.delete(id);
    this.#busy();
    return waiter;
  }

  #busy(): void {
    this.#link.busy(this.#queue.pending > 0 || this.#asked.size > 0);
  }

  #replied(reply: Reply): void {
    switch (reply.type) {
      case 'appended':
        if (this.#failing) this.#log.info('the journal is written again');
        this.#failing = false;
        this.#unsealed = true;
        this.#queue.confirm(reply.upTo, reply.seq);
        if (this.#queue.pending === 0) this.#sealWhenIdle();
        break;
      case 'refused':
        // where a file that somebody reads cannot be moved aside (Windows), ours must not be the hand that holds it
        this.#reader.close();
        this.#trouble(errorOf(reply.failure));
        this.#queue.refuse(reply.upTo, errorOf(reply.failure));
        break;
      case 'done':
        this.#answer(reply.id)?.resolve(reply.value);
        break;
      case 'failed':
        this.#answer(reply.id)?.reject(errorOf(reply.failure));
        break;
      case 'warning':
        // moved aside: what is read from now on is the new file
        this.#reader.close();
        this.#log.warn('the journal needs attention', { error: errorOf(reply.failure) });
        break;
    }
  }

  /** One line when trouble begins, not one an entry. */
  #trouble(error: TillbridgeError): void {
    if (!this.#failing) this.#log.error('the journal cannot be written', { error });
    this.#failing = true;
  }

  #down(problem: string): void {
    const error = unavailable(problem);
    if (this.#closing === undefined) this.#trouble(error);
    this.#queue.failAll(problem);
    for (const id of [...this.#asked.keys()]) this.#answer(id)?.reject(error);
  }

  #sealWhenIdle(): void {
    if (this.#closing !== undefined || !this.#unsealed) return;
    this.#idle?.();
    this.#idle = this.#clock.timer(
      this.#idleMs,
      () => {
        this.#idle = undefined;
        this.#unsealed = false;
        this.checkpoint().catch((error: unknown) => this.#trouble(error as TillbridgeError));
      },
      { ref: false },
    );
  }

  /** Proves the older part of the chain piece by piece, so that a break is reported though nobody asks. */
  async #scrubAll(): Promise<void> {
    try {
      while (!this.#stop.signal.aborted && (await this.#ask('scrub', OPEN_BUDGET_MS))) await this.#pause(SCRUB_PAUSE_MS);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#log.warn('the older part of the journal was not checked', { error: error as Error });
    }
  }

  /** A pause that does not keep the process alive; ends early at `close`. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#stop.signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.#clock.timer(ms, end, { ref: false });
      this.#stop.signal.addEventListener('abort', end, { once: true });
    });
  }

  async #pruneDaily(): Promise<void> {
    for (let wait = FIRST_PRUNE_MS; ; wait = DAY_MS) {
      await this.#pause(wait);
      if (this.#stop.signal.aborted) return;
      try {
        await this.prune();
      } catch (error) {
        this.#log.warn('old journal entries could not be deleted', { error: error as Error });
      }
    }
  }
}

function unavailable(problem: string): TillbridgeError {
  return new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem });
}

/**
 * Opens the journal of a state folder and creates it where there is none. A chain that is broken or a file that cannot be read never stops
 * it: it goes on in a new segment and warns once. A disk that cannot be written now does not stop it either: entries are refused until it can.
 *
 * @throws {TillbridgeError} `TB_JOURNAL_NEWER`, `TB_JOURNAL_STATE_KEY`, `TB_JOURNAL_STATE_FOLDER`.
 */
export async function openJournal(options: JournalOptions): Promise<SqliteJournal> {
  const journal = new SqliteJournal(options);
  await journal.start();
  return journal;
}
