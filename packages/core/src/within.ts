import type { Clock } from './ports/clock.js';

/**
 * Settles with what `work` gives, or rejects with `late()` after `ms`, whichever comes first; a `work` that throws in the call rejects
 * too. For parts whose own promise to settle cannot be relied on.
 */
export function within<T>(clock: Clock, ms: number, work: () => Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.timer(ms, () => reject(late()));
    const settled = <A extends unknown[]>(settle: (...args: A) => void) => (...args: A): void => {
      cancel();
      settle(...args);
    };
    try {
      work().then(settled(resolve), settled(reject));
    } catch (error) {
      settled(reject)(error);
    }
  });
}
