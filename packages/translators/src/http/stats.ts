import type { TranslationResult } from '@tillbridge/core';

export interface HttpStats {
  /** Look-ups that left the machine, or were to, by their result. */
  readonly results: Readonly<Partial<Record<TranslationResult, number>>>;
  readonly cacheHits: number;
  /** Answers from memory because the platform could not be asked. */
  readonly staleHits: number;
  /** How the platform is, as the last look-up that left the machine shows it; undefined: there was none yet. */
  readonly condition: PlatformCondition | undefined;
  /** Unix time in ms since when it is so. */
  readonly since: number | undefined;
}

/** What a result says of the platform, whatever it says of the guest. */
export type PlatformCondition = 'answering' | 'denied' | 'limited' | 'silent' | 'unsound';

const CONDITIONS: Readonly<Partial<Record<TranslationResult, PlatformCondition>>> = { authError: 'denied', rateLimited: 'limited', unavailable: 'silent', badResponse: 'unsound' };


export class StatsKeeper {
  readonly #results = new Map<TranslationResult, number>();
  #condition: PlatformCondition | undefined;
  #since: number | undefined;
  cacheHits = 0;
  staleHits = 0;

  /** `wall`: Unix time in ms. */
  asked(result: TranslationResult, wall: number): void {
    const condition = CONDITIONS[result] ?? 'answering';
    if (this.#condition !== condition) this.#since = wall;
    this.#condition = condition;
    this.#results.set(result, (this.#results.get(result) ?? 0) + 1);
  }

  snapshot(): HttpStats {
    return { results: Object.fromEntries(this.#results), cacheHits: this.cacheHits, staleHits: this.staleHits, condition: this.#condition, since: this.#since };
  }
}
