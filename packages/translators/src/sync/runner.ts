import { asTillbridgeError, deadline, raceAbort, sleep, type Clock, type Log, type TillbridgeError } from '@tillbridge/core';
import type { SyncDone, SyncStatus, SyncWork } from './work.js';

export interface SyncRunnerOptions {
  readonly work: SyncWork;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** Between two runs, in ms; each is shifted by up to a tenth, so that a chain's stores do not ask all at once. */
  readonly everyMs: number;
  /** One run has this long, in ms. */
  readonly timeoutMs: number;
  /** The hour of the local day, 0 to 23, in which everything is taken anew; undefined: with every run. */
  readonly fullHour?: number | undefined;
  readonly localHour?: (wall: number) => number;
}

/** Waits after the first, second, ... failure in a row, in ms; each is shortened by up to a quarter. Never longer than `everyMs`. */
const RETRY_MS = [30_000, 60_000, 120_000, 300_000, 900_000] as const;
/** A wish to run soon is granted at most this often, in ms: codes with a made-up key must not make us knock at the issuer's door. */
const SOON_MS = 60_000;
/** The first run begins within this time, in ms. */
const FIRST_MS = 1000;
/** A full run is due again after this time, in ms, where its hour was missed (a machine that is switched off at night). */
const FULL_AT_LATEST_MS = 36 * 3_600_000;
/** Two full runs are at least this far apart, in ms. */
const FULL_APART_MS = 12 * 3_600_000;

const hourOf = (wall: number): number => Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23' }).format(wall));

/** Runs one job for as long as it lives: at once, then in its rhythm, one run at a time, later and later while it fails. */
export class SyncRunner {
  readonly #options: SyncRunnerOptions;
  readonly #closing = new AbortController();
  #wake = new AbortController();
  #loop: Promise<void> | undefined;
  #running = false;
  #lastSuccess: number | undefined;
  #lastFull: number | undefined;
  #lastStart: number | undefined;
  #done: SyncDone = {};
  #error: TillbridgeError | undefined;
  #failures = 0;
  #next: number | undefined;

  constructor(options: SyncRunnerOptions) {
    this.#options = options;
  }

  get hosts(): readonly string[] {
    return this.#options.work.hosts;
  }

  /** Idempotent. */
  start(): void {
    this.#loop ??= this.#run();
  }

  /** Runs as soon as it may; the next run under way counts. */
  soon(): void {
    const { clock } = this.#options;
    if (this.#running || (this.#lastStart !== undefined && clock.mono() - this.#lastStart < SOON_MS)) return;
    this.#wake.abort();
  }

  status(): SyncStatus {
    const { work, everyMs } = this.#options;
    const { rows, skipped } = this.#done;
    return {
      id: work.id,
      type: work.type,
      everyMs,
      state: this.#closing.signal.aborted ? 'closed' : this.#running ? 'running' : 'waiting',
      failures: this.#failures,
      ...(this.#lastSuccess === undefined ? {} : { lastSuccess: this.#lastSuccess }),
      ...(this.#lastFull === undefined ? {} : { lastFull: this.#lastFull }),
      ...(rows === undefined ? {} : { rows }),
      ...(skipped === undefined ? {} : { skipped }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(this.#next === undefined ? {} : { next: this.#next }),
    };
  }

  /** Aborts a run that is under way and waits for its end. Idempotent; never rejects. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake.abort();
    await this.#loop;
    await this.#options.work.close?.().catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { clock, random } = this.#options;
    await this.#pause(random() * FIRST_MS);
    while (!this.#over()) {
      this.#lastStart = clock.mono();
      await this.#once();
      if (this.#over()) return;
      const wait = this.#wait();
      this.#next = clock.wall() + wait;
      await this.#pause(wait);
      this.#next = undefined;
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(this.#options.clock, ms, this.#wake.signal);
    if (!this.#closing.signal.aborted) this.#wake = new AbortController();
  }

  #wait(): number {
    const { everyMs, random } = this.#options;
    if (this.#error?.retryable === true) return Math.min(everyMs, RETRY_MS[Math.min(this.#failures, RETRY_MS.length) - 1] ?? everyMs) * (1 - random() / 4);
    return everyMs * (0.9 + random() / 5);
  }

  async #once(): Promise<void> {
    const { work, clock, log, timeoutMs } = this.#options;
    const full = this.#fullIsDue();
    const limit = deadline(clock, timeoutMs, this.#closing.signal);
    this.#running = true;
    try {
      const late = (): never => {
        throw asTillbridgeError(new Error('timeout'), 'TB_TRANSLATE_SYNC_DOWNLOAD', { source: work.id, problem: 'timeout' });
      };
      const done = await raceAbort(work.run(full, limit.signal), limit.signal, late);
      this.#succeeded(done, full);
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#failed(asTillbridgeError(error, 'TB_TRANSLATE_SYNC_DOWNLOAD', { source: work.id, problem: 'failed' }));
    } finally {
      limit.dispose();
      this.#running = false;
    }
    for (const line of this.#done.bad ?? []) log.debug('a line of a feed was left out', { sync: work.id, line });
  }

  #succeeded(done: SyncDone, full: boolean): void {
    const { work, clock, log } = this.#options;
    const { unchanged, rows, skipped, foreign } = done;
    this.#done = unchanged === true ? { ...this.#done, ...done, bad: [] } : done;
    this.#lastSuccess = clock.wall();
    if (full) this.#lastFull = this.#lastSuccess;
    if (this.#failures > 0) log.info('a feed works again', { sync: work.id, failures: this.#failures });
    this.#failures = 0;
    this.#error = undefined;
    if (unchanged !== true) log.info('a feed was taken over', { sync: work.id, rows, skipped, foreign, full });
  }

  #failed(error: TillbridgeError): void {
    const { work, log } = this.#options;
    this.#failures += 1;
    // the same again and again is worth one line
    if (this.#error?.message !== error.message) log.warn('a feed failed; what there was stays', { sync: work.id, error });
    this.#error = error;
  }

  #fullIsDue(): boolean {
    const { fullHour, clock, localHour = hourOf } = this.#options;
    if (fullHour === undefined || this.#lastFull === undefined) return true;
    const since = clock.wall() - this.#lastFull;
    return since >= FULL_AT_LATEST_MS || (since >= FULL_APART_MS && localHour(clock.wall()) === fullHour);
  }

  #over(): boolean {
    return this.#closing.signal.aborted;
  }
}
