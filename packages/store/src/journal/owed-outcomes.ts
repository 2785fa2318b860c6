import { backOff, type Cancel, type Clock } from '@tillbridge/core';
import { ends, type NewRow } from './row.js';

export interface OwedOptions {
  readonly clock: Clock;
  /** 0 <= x < 1: spreads the attempts. */
  readonly random: () => number;
  /** Resolves when the row is durable, or its scan has its outcome already. */
  readonly append: (row: NewRow) => Promise<void>;
}

/** Scans that may be without an outcome, and outcomes that may be owed: more than tills have under way while a journal is dead. */
const MOST = 10_000;

/**
 * Outcomes that the journal could not take: its process had died, the disk was full. Whoever waited was told, so they are kept and written as
 * soon as that works. Else a scan whose intent is durable would have none until the next start, which could only call it unknown. What is
 * owed when the daemon itself dies is lost, as what was under way always is.
 */
export class OwedOutcomes {
  readonly #options: OwedOptions;
  /** Scans of which the journal has an entry and no outcome. */
  readonly #begun = new Set<string>();
  readonly #owed = new Map<string, NewRow>();
  #timer: Cancel | undefined;
  #attempt = 0;
  #closed = false;

  constructor(options: OwedOptions) {
    this.#options = options;
  }

  /** Rows that are still to be written. */
  get size(): number {
    return this.#owed.size;
  }

  /** Follows an append of `row`; gives what it gave. */
  async follow(row: NewRow, append: Promise<void>): Promise<void> {
    try {
      await append;
    } catch (error) {
      this.#refused(row);
      throw error;
    }
    this.#written(row);
  }

  /** The journal is closed: gives what is owed to it for a last time. */
  close(): void {
    this.#closed = true;
    this.#timer?.();
    for (const row of this.#owed.values()) this.#give(row).catch(() => undefined);
  }

  #written({ type, scanId }: NewRow): void {
    if (scanId === null) return;
    if (ends(type)) {
      this.#begun.delete(scanId);
      this.#owed.delete(scanId);
      return;
    }
    const [oldest] = this.#begun;
    if (this.#begun.size >= MOST && oldest !== undefined) this.#begun.delete(oldest);
    this.#begun.add(scanId);
  }

  #refused(row: NewRow): void {
    if (!ends(row.type) || row.scanId === null || !this.#begun.has(row.scanId) || this.#owed.size >= MOST) return;
    this.#owed.set(row.scanId, row);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#closed) return;
    const { clock, random } = this.#options;
    this.#timer = clock.timer(backOff(this.#attempt, random), () => void this.#again(), { ref: false });
  }

  async #again(): Promise<void> {
    const given = await Promise.allSettled([...this.#owed.values()].map((row) => this.#give(row)));
    this.#timer = undefined;
    this.#attempt = given.some(({ status }) => status === 'rejected') ? this.#attempt + 1 : 0;
    if (this.#owed.size > 0) this.#schedule();
  }

  async #give(row: NewRow): Promise<void> {
    // the first attempt may have been written all the same, and only its answer lost
    await this.#options.append({ ...row, owed: true });
    this.#written(row);
  }
}
