import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { TillbridgeError, type Cancel, type Clock } from '@tillbridge/core';
import type { StateFolder } from '../state/state-folder.js';
import { canonicalJson } from './canonical.js';
import type { OutboxRow, PutResult, RowMove, ScanRow } from './outbox-row.js';
import { outboxKeys, progressName, scanName, seal, type OutboxKeys } from './seal.js';
import type { OutboxReply, OutboxRequest } from './worker.js';

/** A receipt may wait this long for the disk, in ms. */
const BUDGET_MS = 5000;
/** And this long when the daemon stops: who was not answered gives it again. */
const CLOSE_MS = 1000;
/** Receipts that may wait for the disk; more are refused. */
const MAX_PENDING = 256;
/** A thread that has nothing to do for this long ends, in ms: sales come in waves, memory is scarce on tills. */
const IDLE_MS = 60_000;
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 };

/** A closed sale, taken apart by who may see what. */
export interface OutboxReceipt {
  readonly receiptId: string;
  readonly till: string;
  /** Unix time in milliseconds. */
  readonly closedAt: number;
  /** What is nobody's in particular. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What belongs to a person; kept encrypted. */
  readonly personal: Readonly<Record<string, unknown>>;
}

/** What is to become of a receipt. Beside the receipt: the same receipt given again is the same, whatever is known by then. */
export interface ReportPlan {
  readonly state: 'kept' | 'waiting' | 'skipped';
  /** The platform that is to be told. */
  readonly target?: string;
  /** The receipt that this one returns or cancels. */
  readonly original?: string;
  /** What is known for the report beside the receipt; kept encrypted. */
  readonly progress?: Readonly<Record<string, unknown>>;
  /** A word: why nothing is reported. */
  readonly reason?: string;
  /** The guest's number in clear; only its keyed hash is kept, to know who is here for the first time. */
  readonly guest?: string;
  /** The loyalty scans of the sale; they are forgotten with it. */
  readonly scans?: readonly string[];
}

/** Who a loyalty scan was of. */
export interface OutboxScan {
  readonly scanId: string;
  readonly till: string;
  readonly orderId?: string;
  /** Kept encrypted. */
  readonly guest: Readonly<Record<string, unknown>>;
}

/** One step of a receipt; see {@link RowMove}. */
export interface ReceiptMove extends Omit<RowMove, 'progress'> {
  /** Kept encrypted. */
  readonly progress?: Readonly<Record<string, unknown>> | null;
}

export interface ReceiptOutboxOptions {
  readonly folder: StateFolder;
  readonly clock: Clock;
  /** The built thread of this package, where it does not lie beside the package's own file (a single executable). */
  readonly workerUrl?: URL;
}

interface Waiter {
  readonly worker: Worker;
  readonly resolve: (result: PutResult | boolean) => void;
  readonly reject: (error: TillbridgeError) => void;
  readonly cancel: Cancel;
}

/** The durable table of receipts: outbox.db, written by a thread of its own that runs only while there are any. */
export class ReceiptOutbox {
  readonly #options: ReceiptOutboxOptions;
  readonly #waiters = new Map<number, Waiter>();
  #keys: OutboxKeys | undefined;
  #worker: Worker | undefined;
  #cancelIdle: Cancel | undefined;
  #lastId = 0;
  #closed = false;

  constructor(options: ReceiptOutboxOptions) {
    this.#options = options;
  }

  /**
   * Stores a receipt once. Resolves when it would survive a power cut: `known` where the same one is there already, `differs` where
   * another has its id.
   *
   * @throws {TillbridgeError} `TB_JOURNAL_OUTBOX` when it could not be stored, or is not known to be: giving it again is safe.
   * `TB_JOURNAL_STATE_KEY` when keys/outbox.key is damaged.
   */
  async put(receipt: OutboxReceipt, plan: ReportPlan = { state: 'kept' }): Promise<'new' | 'known' | 'differs'> {
    const result = await this.#ask(() => ({ row: this.#row(receipt, plan) }));
    if (result === 'new' || result === 'known' || result === 'differs') return result;
    throw unavailable('outbox.db is full');
  }

  /**
   * Takes every step or none; false where a receipt does not stand where it should. Resolves when it would survive a power cut.
   *
   * @throws {TillbridgeError} `TB_JOURNAL_OUTBOX` when it could not be stored, or is not known to be. `TB_JOURNAL_STATE_KEY`.
   */
  async move(moves: readonly ReceiptMove[]): Promise<boolean> {
    return (await this.#ask(() => ({ moves: moves.map((move) => this.#rowMove(move)) }))) === true;
  }

  /** Lets what is under way end, for at most 1000 ms, and ends the thread. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#cancelIdle?.();
    if (worker === undefined) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('end');
    const cancel = this.#options.clock.timer(CLOSE_MS, () => void worker.terminate().catch(() => undefined));
    await ended;
    cancel();
  }

  /** Keeps who a scan was of until the receipt of its sale is there, for 12 hours at most. @throws {TillbridgeError} as `put` */
  async scan({ scanId, till, orderId, guest }: OutboxScan): Promise<void> {
    await this.#ask(() => ({ scan: { scanId, till, orderId: orderId ?? null, at: this.#options.clock.wall(), sealed: seal(this.#ownKeys().seal, scanName(scanId), canonicalJson(guest)) } }));
  }

  #ask(make: () => { readonly row: OutboxRow } | { readonly moves: readonly RowMove[] } | { readonly scan: ScanRow }): Promise<PutResult | boolean> {
    if (this.#closed) return Promise.reject(unavailable('the daemon stops'));
    if (this.#waiters.size >= MAX_PENDING) return Promise.reject(unavailable('too many receipts wait for the disk'));
    let asked: ReturnType<typeof make>;
    try {
      asked = make();
    } catch (error) {
      return Promise.reject(error instanceof TillbridgeError ? error : unavailable(problemOf(error)));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.timer(BUDGET_MS, () => this.#fail(id, `the disk does not answer within ${String(BUDGET_MS)} ms`));
      const worker = this.#thread();
      this.#waiters.set(id, { worker, resolve, reject, cancel });
      worker.postMessage({ id, ...asked } satisfies OutboxRequest);
    });
  }

  #row({ receiptId, till, closedAt, body, personal }: OutboxReceipt, { state, target, original, progress, reason, guest, scans }: ReportPlan): OutboxRow {
    const keys = this.#ownKeys();
    const open = canonicalJson(body);
    const hidden = canonicalJson(personal);
    return {
      receiptId,
      till,
      closedAt,
      storedAt: this.#options.clock.wall(),
      digest: keys.digest(JSON.stringify([receiptId, till, closedAt, open, hidden])),
      body: open,
      personal: seal(keys.seal, receiptId, hidden),
      state,
      target: target ?? null,
      original: original ?? null,
      progress: progress === undefined ? null : this.#sealed(receiptId, progress),
      reason: reason ?? null,
      guest: guest === undefined ? null : keys.guest(guest),
      ...(scans === undefined ? {} : { scans }),
    };
  }

  #rowMove({ progress, ...move }: ReceiptMove): RowMove {
    if (progress === undefined) return move;
    return { ...move, progress: progress === null ? null : this.#sealed(move.receiptId, progress) };
  }

  #sealed(receiptId: string, progress: Readonly<Record<string, unknown>>): Uint8Array {
    return seal(this.#ownKeys().seal, progressName(receiptId), canonicalJson(progress));
  }

  #ownKeys(): OutboxKeys {
    this.#keys ??= outboxKeys(this.#options.folder.key('outbox.key'));
    return this.#keys;
  }

  #thread(): Worker {
    this.#cancelIdle?.();
    this.#cancelIdle = undefined;
    if (this.#worker !== undefined) {
      this.#worker.ref();
      return this.#worker;
    }
    const { folder, workerUrl } = this.#options;
    const worker = new Worker(workerUrl ?? defaultWorkerUrl(import.meta.url), {
      name: 'tillbridge-outbox',
      workerData: { path: folder.file('outbox.db') },
      resourceLimits: LIMITS,
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#worker = worker;
    let problem = 'its thread ended';
    worker.on('message', (reply: OutboxReply) => this.#answered(reply));
    worker.on('error', (error: unknown) => (problem = problemOf(error)));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      // the next receipt starts another one; whoever waits asks again
      for (const [id, waiter] of [...this.#waiters]) if (waiter.worker === worker) this.#fail(id, problem);
    });
    return worker;
  }

  #answered(reply: OutboxReply): void {
    const waiter = this.#take(reply.id);
    if (waiter === undefined) return;
    if ('problem' in reply) waiter.reject(unavailable(reply.problem));
    else waiter.resolve(reply.result);
  }

  #fail(id: number, problem: string): void {
    this.#take(id)?.reject(unavailable(problem));
  }

  #take(id: number): Waiter | undefined {
    const waiter = this.#waiters.get(id);
    if (waiter === undefined) return undefined;
    waiter.cancel();
    this.#waiters.delete(id);
    if (this.#waiters.size === 0 && !this.#closed) this.#rest();
    return waiter;
  }

  /** Nothing to do: the thread keeps nobody from exiting, and goes when that stays so. */
  #rest(): void {
    const worker = this.#worker;
    if (worker === undefined) return;
    worker.unref();
    this.#cancelIdle = this.#options.clock.timer(
      IDLE_MS,
      () => {
        this.#worker = undefined;
        worker.postMessage('end');
      },
      { ref: false },
    );
  }
}

const unavailable = (problem: string): TillbridgeError => new TillbridgeError('TB_JOURNAL_OUTBOX', { problem });
const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where the built thread is: beside the built package, or, when that runs from its sources (tests), in its `dist`. */
function defaultWorkerUrl(base: string): URL {
  const beside = new URL('./outbox-worker.js', base);
  return existsSync(beside) ? beside : new URL('../../dist/outbox-worker.js', base);
}
