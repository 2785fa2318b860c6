import { clock } from '../clock';
import { ApiError } from './client';

/** A line that is down is tried again so many times in a row. */
const MAX_TRIES = 6;
const FIRST_MS = 500;
const RATE_MS = 1000;

/** Waits, or ends early when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.timer(ms, done);
    signal.addEventListener('abort', done);
  });
}

/** For one call of many that follow each other: waits where the daemon says that it is too much, and tries again where nothing answers. @throws {ApiError} */
export async function patiently<Answer>(work: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let tries = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError) || signal.aborted) throw error;
      if (error.code === 'TB_API_RATE') {
        await pause(RATE_MS, signal);
        continue;
      }
      tries += 1;
      if ((error.code !== 'offline' && error.code !== 'timeout') || tries >= MAX_TRIES) throw error;
      await pause(FIRST_MS * 2 ** tries, signal);
    }
  }
}
