import type { Cancel } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';

/**
 * The budgets of the till's queries: numbers that nothing else waits for, so that a timer tells whose it is. Not whole ones: guests, waiters
 * and mishaps wait for whole milliseconds, and one that waited for 10,007 once stopped time for good.
 */
export const READ_MS = 10_007.125;
export const CHANGE_MS = 30_011.125;

/**
 * Virtual time beside a real network: it knows how many queries are under way, so that time can stand still until they are answered. However
 * slow the machine is, no query times out that the server means to answer.
 */
export class EveningClock extends VirtualClock {
  #underWay = 0;

  get underWay(): number {
    return this.#underWay;
  }

  override timer(ms: number, fn: () => void): Cancel {
    if (ms !== READ_MS && ms !== CHANGE_MS) return super.timer(ms, fn);
    this.#underWay += 1;
    let open = true;
    const over = (): void => {
      if (open) this.#underWay -= 1;
      open = false;
    };
    const cancel = super.timer(ms, () => {
      over();
      fn();
    });
    return () => {
      over();
      cancel();
    };
  }
}
