import type { TranslationResult } from '@tillbridge/core';

/** Upper bounds of the classes of latency, in seconds; as Prometheus has them. */
export const LATENCY_BOUNDS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface HttpStats {
  /** Look-ups that left the machine, or were to, by their result. */
  readonly results: Readonly<Partial<Record<TranslationResult, number>>>;
  readonly cacheHits: number;
  /** Answers from memory because the platform could not be asked. */
  readonly staleHits: number;
  /** Look-ups whose answer took at most LATENCY_BOUNDS[i] seconds, not cumulative; one more class for longer ones. */
  readonly latency: readonly number[];
  readonly latencySum: number;
}

export class StatsKeeper {
  readonly #results = new Map<TranslationResult, number>();
  readonly #latency = new Array<number>(LATENCY_BOUNDS.length + 1).fill(0);
  #sum = 0;
  cacheHits = 0;
  staleHits = 0;

  asked(result: TranslationResult, ms: number): void {
    this.#results.set(result, (this.#results.get(result) ?? 0) + 1);
    const bound = LATENCY_BOUNDS.findIndex((seconds) => ms <= seconds * 1000);
    const at = bound < 0 ? LATENCY_BOUNDS.length : bound;
    this.#latency[at] = (this.#latency[at] ?? 0) + 1;
    this.#sum += ms / 1000;
  }

  snapshot(): HttpStats {
    return { results: Object.fromEntries(this.#results), cacheHits: this.cacheHits, staleHits: this.staleHits, latency: [...this.#latency], latencySum: this.#sum };
  }
}
