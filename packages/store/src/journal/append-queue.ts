import { TillbridgeError, type Cancel, type Clock } from '@tillbridge/core';
import type { Request } from './protocol.js';
import type { NewRow } from './row.js';

export interface AppendQueueOptions {
  readonly clock: Clock;
  readonly maxPending: number;
  readonly timeoutMs: number;
  readonly nextId: () => number;
  readonly post: (request: Request) => boolean;
  /** `pending` changed between none and some. */
  readonly busy: () => void;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: TillbridgeError) => void;
}

/** Entries that travel together. Its waiters are gone once they were told, its place stays until the process has answered. */
interface Batch {
  readonly id: number;
  readonly rows: number;
  readonly at: number;
  waiters: readonly Waiter[];
}

/** Entries between the caller and the disk: those of one turn of the event loop travel as one message and share one commit. */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  readonly #sent: Batch[] = [];
  #rows: NewRow[] = [];
  #waiters: Waiter[] = [];
  #watchdog: Cancel | undefined;
  #pending = 0;
  #appended = 0;
  #refused = 0;
  #lastSeq = 0;

  constructor(options: AppendQueueOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#pending;
  }

  get appended(): number {
    return this.#appended;
  }

  get refused(): number {
    return this.#refused;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  append(row: NewRow): Promise<void> {
    return this.#enter(1, (waiter) => {
      this.#rows.push(row);
      this.#waiters.push(waiter);
      if (this.#rows.length === 1) queueMicrotask(() => this.flush());
    });
  }

  /** Sends what was collected. */
  flush(): void {
    const rows = this.#rows;
    const waiters = this.#waiters;
    if (rows.length === 0) return;
    this.#rows = [];
    this.#waiters = [];
    this.#send(rows.length, waiters, (id, wall) => ({ type: 'append', id, rows, wall }));
  }

  #enter(rows: number, go: (waiter: Waiter) => void): Promise<void> {
    if (this.#pending >= this.#options.maxPending) {
      this.#refused += rows;
      return Promise.reject(new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: 'too many entries wait for the disk' }));
    }
    this.#pending += rows;
    if (this.#pending === rows) this.#options.busy();
    return new Promise((resolve, reject) => go({ resolve, reject }));
  }

  #send(rows: number, waiters: readonly Waiter[], request: (id: number, wall: number) => Request): void {
    const { clock, nextId, post } = this.#options;
    const id = nextId();
    this.#sent.push({ id, rows, at: clock.mono(), waiters });
    if (!post(request(id, clock.wall()))) this.failAll('its process is being started again');
    else this.#watch();
  }

  /** The process has made every batch up to `id` durable. */
  confirm(upTo: number, seq: number): void {
    this.#lastSeq = seq;
    this.#settle(upTo, (batch) => {
      this.#appended += batch.rows;
      for (const waiter of batch.waiters) waiter.resolve();
    });
  }

  refuse(upTo: number, error: TillbridgeError): void {
    this.#settle(upTo, (batch) => this.#reject(batch, error));
  }

  /** Nothing of what is under way will be answered. */
  failAll(problem: string): void {
    this.refuse(Number.MAX_SAFE_INTEGER, new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem }));
  }

  #settle(upTo: number, end: (batch: Batch) => void): void {
    for (let batch = this.#sent[0]; batch !== undefined && batch.id <= upTo; batch = this.#sent[0]) {
      this.#sent.shift();
      this.#pending -= batch.rows;
      end(batch);
    }
    if (this.#sent.length > 0) return;
    this.#watchdog?.();
    this.#watchdog = undefined;
    if (this.#pending === 0) this.#options.busy();
  }

  #reject(batch: Batch, error: TillbridgeError): void {
    if (batch.waiters.length > 0) this.#refused += batch.rows;
    for (const waiter of batch.waiters) waiter.reject(error);
    batch.waiters = [];
  }

  // A disk that hangs answers nothing: those who wait are told in time. Their entries keep their places, because the disk may still take
  // them; a scan recorded but not delivered is settled at the next start.
  #watch(): void {
    const { clock, timeoutMs } = this.#options;
    const oldest = this.#sent.find((batch) => batch.waiters.length > 0);
    if (oldest === undefined || this.#watchdog !== undefined) return;
    this.#watchdog = clock.timer(Math.max(1, oldest.at + timeoutMs - clock.mono()), () => {
      this.#watchdog = undefined;
      const error = new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: `the disk does not answer within ${String(timeoutMs)} ms` });
      for (const batch of this.#sent) if (clock.mono() - batch.at >= timeoutMs) this.#reject(batch, error);
      this.#watch();
    });
  }
}
