import { sleep, type Clock } from '@tillbridge/core';
import { noFaults, type RkeeperFaults, type SimulatedCashServer } from '@tillbridge/testkit/rkeeper';
import type { Random } from '../../support/random.js';

/** What goes wrong for a while, in seconds at least and at most. */
const SPELLS: readonly (readonly [Partial<RkeeperFaults>, number, number])[] = [
  [{ cardSystemDown: true }, 5, 20],
  [{ shiftClosing: true }, 4, 30],
  [{ silent: true }, 3, 15],
  [{ cardLatencyMs: 900 }, 10, 30],
  [{ cardLatencyMs: 45_000 }, 5, 10],
  [{ ignoreCards: true }, 3, 6],
  [{ answer: 'garbage' }, 2, 4],
  [{ answer: 'truncated' }, 2, 4],
  [{ answer: 'hostileError' }, 1, 2],
  [{ charset: 'windows-1251' }, 10, 20],
  [{ refusal: 2219 }, 3, 8],
  [{ licence: true }, 2, 4],
];

/** Makes things go wrong now and then until `over` aborts, and right again in the end. */
export async function mishaps(server: SimulatedCashServer, clock: Clock, random: Random, over: AbortSignal): Promise<void> {
  const { faults, restaurant } = server;
  const calm = (): void => void Object.assign(faults, noFaults(), { repeatedApply: 'double' });
  calm();
  while (!over.aborted) {
    await sleep(clock, random.whole(2000, 15_000), over);
    const what = random.whole(1, 10);
    if (what <= 2) faults.dropAfterWork = 1;
    else if (what === 3) faults.dropBeforeWork = 1;
    else if (what <= 5) {
      const open = restaurant.orders.filter(({ finished }) => !finished);
      if (open.length > 0) restaurant.lock(random.pick(open), '{AAAAAAAA-0000-4000-8000-000000000001}', random.whole(3, 20));
    } else {
      const [fault, least, most] = random.pick(SPELLS);
      Object.assign(faults, fault);
      await sleep(clock, random.whole(least * 1000, most * 1000), over);
      calm();
    }
  }
  calm();
}
