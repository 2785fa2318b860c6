/** Counters of one reader or till; they only rise, and start at 0 with the process. */
export type Counters = Readonly<Record<string, number>>;

/** Named counters. Names are ours (a handful), never data. */
export class CounterSet {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  snapshot(): Counters {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
