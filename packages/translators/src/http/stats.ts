import type { TranslationResult } from '@tillbridge/core';

export interface HttpStats {
  /** Look-ups that left the machine, or were to, by their result. */
  readonly results: Readonly<Partial<Record<TranslationResult, number>>>;
  readonly cacheHits: number;
  /** Answers from memory because the platform could not be asked. */
  readonly staleHits: number;
}

export class StatsKeeper {
  readonly #results = new Map<TranslationResult, number>();
  cacheHits = 0;
  staleHits = 0;

  asked(result: TranslationResult): void {
    this.#results.set(result, (this.#results.get(result) ?? 0) + 1);
  }

  snapshot(): HttpStats {
    return { results: Object.fromEntries(this.#results), cacheHits: this.cacheHits, staleHits: this.staleHits };
  }
}
