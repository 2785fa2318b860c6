import { systemClock } from '@tillbridge/core';
import type { CardTable } from '@tillbridge/store';
import { cardOf, codeOf } from './cards-file.js';
import { summary } from './stats.js';

export interface LookupFigures {
  readonly lookups: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
  /** Answers that were not the card of the code. */
  readonly wrong: number;
}

/** Looks up random cards of a table that `writeCards` made, and keeps the times. */
export function sampler(cards: Pick<CardTable, 'lookup'>, rows: number): { sample(count: number): void; result(): LookupFigures } {
  const nanoseconds: number[] = [];
  let wrong = 0;
  return {
    sample: (count) => {
      for (let i = 0; i < count; i += 1) {
        const number = Math.floor(Math.random() * rows);
        const code = codeOf(number);
        const start = systemClock.mono();
        const row = cards.lookup(code);
        nanoseconds.push((systemClock.mono() - start) * 1e6);
        if (row?.card.reveal() !== cardOf(number)) wrong += 1;
      }
    },
    result: () => {
      const { count, p50Us, p99Us, maxUs } = summary(nanoseconds);
      return { lookups: count, p50Us, p99Us, maxUs, wrong };
    },
  };
}
