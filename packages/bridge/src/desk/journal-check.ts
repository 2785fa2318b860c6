import { asTillbridgeError, TillbridgeError, type Cancel, type Clock, type Log } from '@tillbridge/core';
import { problemText, type BadEntry } from '@tillbridge/store';
import type { Desk } from './desk.js';

/** When the parts of a daemon that has just started have come to rest, in ms. */
const FIRST_MS = 60_000;
const EVERY_MS = 86_400_000;
/** About 5 us an entry: this is for a journal of a hundred million on a slow disk. */
const BUDGET_MS = 600_000;

export interface JournalCheckOptions {
  /** One of its own for each check: closed with it. */
  readonly desk: () => Pick<Desk, 'run' | 'close'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Proves the whole journal a minute after the start and then once a day, in a process of its own that ends with it. The journal's writer proves
 * entries while it works, but not what only SQLite can: indexes, the list of free pages, the schema. What is found is told once.
 */
export function checkJournal({ desk: open, clock, log }: JournalCheckOptions): Cancel {
  let told: BadEntry | undefined;
  let desk: ReturnType<typeof open> | undefined;
  let stop: Cancel;
  const check = async (): Promise<void> => {
    desk = open();
    try {
      const result = await desk.run('journal.verify', undefined, { language: 'en', budgetMs: BUDGET_MS });
      if (result.ok) return;
      const { seq, problem } = result.firstBad;
      if (told?.seq === seq && told.problem === problem) return;
      told = result.firstBad;
      log.warn('the journal needs attention', { error: new TillbridgeError('TB_JOURNAL_BROKEN', { seq, problem: problemText(problem) }) });
    } catch (error) {
      log.debug('the journal was not checked', { error: asTillbridgeError(error, 'TB_API_INTERNAL', { problem: 'unknown' }) });
    } finally {
      desk.close();
    }
  };
  const again = (ms: number): void => {
    stop = clock.timer(ms, () => {
      again(EVERY_MS);
      void check();
    }, { ref: false });
  };
  again(FIRST_MS);
  return () => {
    stop();
    desk?.close();
  };
}
