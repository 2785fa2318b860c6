import { createHash } from 'node:crypto';
import type { Transaction } from './request.js';

/** Checks that are remembered; a restaurant's day has a few hundred. */
const MAX_CHECKS = 1024;

/** What became of a check: its answer, and whether everything was done. */
export interface CheckAnswer {
  readonly done: boolean;
  readonly body: string;
}

interface Remembered {
  readonly digest: string;
  readonly answer: Promise<CheckAnswer>;
}

/**
 * Each check once: FarCards sends the transactions of a check again when it lost the answer. The same transactions get the same answer, also
 * while the first ones are under way; others of that check (after a return) are new work. What was not done is forgotten, so that a retry
 * is one. Kept in memory only: after a restart a retry is new to us, and the receipt's id keeps it single in the outbox.
 */
export class CheckMemory {
  readonly #checks = new Map<string, Remembered>();

  async run(transactions: readonly Transaction[], work: () => Promise<CheckAnswer>): Promise<CheckAnswer> {
    const key = checkKey(transactions);
    // without a check number nothing tells a repetition from a second guest with the same sum
    if (key === undefined) return work();
    const digest = createHash('sha256').update(JSON.stringify(transactions)).digest('base64');
    const known = this.#checks.get(key);
    if (known?.digest === digest) return known.answer;
    const entry: Remembered = { digest, answer: work() };
    this.#checks.delete(key);
    this.#checks.set(key, entry);
    const oldest = this.#checks.keys().next();
    if (this.#checks.size > MAX_CHECKS && oldest.done !== true) this.#checks.delete(oldest.value);
    const forget = (): void => {
      if (this.#checks.get(key) === entry) this.#checks.delete(key);
    };
    try {
      const answer = await entry.answer;
      if (!answer.done) forget();
      return answer;
    } catch (error) {
      forget();
      throw error;
    }
  }
}

/** Names the check that all of them belong to; undefined where they do not say, or belong to several. */
export function checkKey(transactions: readonly Transaction[]): string | undefined {
  const keys = new Set(transactions.map(({ restaurant, date, unit, check }) => JSON.stringify([restaurant, date, unit, check])));
  const [key] = keys;
  return keys.size === 1 && transactions.every(({ check }) => /[1-9]/.test(check)) ? key : undefined;
}
