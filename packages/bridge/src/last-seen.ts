import type { Cancel, Clock } from '@tillbridge/core';

/** When somebody was last seen is written this seldom, in ms. */
const WRITE_MS = 600_000;

/** Ids with the Unix time in ms at which they were last seen. */
export type Seen = readonly (readonly [id: string, time: number])[];

/** Remembers when who was last seen, and has it written now and then: a write for each call would wear a disk out for nothing. */
export class LastSeen {
  readonly #clock: Clock;
  readonly #write: (seen: Seen) => Promise<void>;
  readonly #times = new Map<string, number>();
  #cancel: Cancel | undefined;

  /** @param write must not reject */
  constructor(clock: Clock, write: (seen: Seen) => Promise<void>) {
    this.#clock = clock;
    this.#write = write;
  }

  /** Somebody is here just now. */
  note(id: string): void {
    this.#times.set(id, this.#clock.wall());
    this.#cancel ??= this.#clock.timer(WRITE_MS, () => void this.#flush(), { ref: false });
  }

  /** Of those not written yet. */
  get(id: string): number | undefined {
    return this.#times.get(id);
  }

  forget(id: string): void {
    this.#times.delete(id);
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    this.#cancel?.();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#cancel = undefined;
    if (this.#times.size === 0) return;
    const seen = [...this.#times];
    this.#times.clear();
    await this.#write(seen);
  }
}
