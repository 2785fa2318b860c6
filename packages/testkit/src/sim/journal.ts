import { sleep, TillbridgeError, type Clock, type Journal, type JournalEntry, type OpenScan, type Outcome } from '@tillbridge/core';

/** `ok`: durable after the delay. `fail`: rejects after the delay. `hang`: never settles. `throw`: throws out of the call itself. */
export type JournalMode = 'ok' | 'fail' | 'hang' | 'throw';

export interface RecordedEntry {
  readonly entry: JournalEntry;
  /** Monotonic ms of the call. */
  readonly askedAt: number;
  /** Monotonic ms at which it was durable; undefined: not (yet). */
  durableAt?: number;
}

/** A journal in memory that commits in order, slowly or not at all, and knows what a power cut would leave. */
export class MemoryJournal implements Journal {
  /** Every call of `append`, in order. */
  readonly entries: RecordedEntry[] = [];
  /** Scans of an earlier run that were ended by `settle`. */
  readonly settled: { readonly open: OpenScan; readonly outcome: Outcome }[] = [];
  mode: JournalMode = 'ok';
  /** Time until an entry is durable, in ms. */
  commitMs: number;
  readonly #clock: Clock;
  readonly #left: OpenScan[];
  #last: Promise<void> = Promise.resolve();

  /** `left`: what an earlier run left open; give it `crash()` of another journal. */
  constructor(clock: Clock, options: { readonly commitMs?: number; readonly left?: readonly OpenScan[] } = {}) {
    this.#clock = clock;
    this.commitMs = options.commitMs ?? 0;
    this.#left = [...(options.left ?? [])];
  }

  append(entry: JournalEntry): Promise<void> {
    const { mode, commitMs } = this;
    const record: RecordedEntry = { entry, askedAt: this.#clock.mono() };
    this.entries.push(record);
    if (mode === 'throw') throw new Error('the simulated journal is broken');
    if (mode === 'hang') return new Promise(() => undefined);
    const commit = async (): Promise<void> => {
      if (commitMs > 0) await sleep(this.#clock, commitMs);
      if (mode === 'fail') throw new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: 'simulated' });
      record.durableAt = this.#clock.mono();
    };
    const done = this.#last.then(commit);
    this.#last = done.catch(() => undefined);
    return done;
  }

  open(): Promise<readonly OpenScan[]> {
    return Promise.resolve([...this.#left]);
  }

  settle(open: OpenScan, outcome: Outcome): Promise<void> {
    this.settled.push({ open, outcome });
    this.#left.splice(this.#left.indexOf(open), 1);
    return Promise.resolve();
  }

  /** The entries that would survive a power cut now, in order. */
  get durable(): readonly JournalEntry[] {
    return this.entries.filter(({ durableAt }) => durableAt !== undefined).map(({ entry }) => entry);
  }

  /** What a process that starts after a power cut at this moment would find open. */
  crash(): readonly OpenScan[] {
    const open = new Map<string, OpenScan>();
    for (const entry of this.durable) {
      const { scanId, reader, till, kind, time } = entry;
      if (entry.type === 'outcome' || entry.type === 'discarded') open.delete(scanId);
      else if (entry.type === 'captured') open.set(scanId, { scanId, reader, till, kind, time, last: 'captured' });
      else open.set(scanId, { scanId, reader, till, kind, time, last: 'delivering', deliveryId: entry.deliveryId });
    }
    return [...open.values()];
  }

  /** The entries of one scan, in order. */
  of(scanId: string): readonly RecordedEntry[] {
    return this.entries.filter(({ entry }) => entry.scanId === scanId);
  }
}
