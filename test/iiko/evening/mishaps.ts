import { sleep, type Clock } from '@tillbridge/core';
import { noFrontFaults, type FrontFaults } from '@tillbridge/testkit/iiko';
import type { Random } from '../../support/random.js';
import type { EveningDaemon } from './daemon.js';

/** What goes wrong for a while, in seconds at least and at most. */
const SPELLS: readonly (readonly [Partial<FrontFaults>, number, number])[] = [
  [{ permissionDenied: true }, 3, 15],
  [{ licence: true }, 3, 15],
  [{ ignoreEdits: true }, 2, 6],
  [{ directoryStale: true }, 10, 40],
  [{ authorizeIgnored: true }, 5, 20],
  [{ daemonUnreachable: true }, 2, 20],
];
const BLOWS: readonly Partial<FrontFaults>[] = [{ closedMeanwhile: 1 }, { entityInUse: 1 }, { wrongRevision: 1 }, { wrongRevision: 2 }, { hostError: 1 }, { lostAnswers: 1 }, { lostAnswers: 4 }];

export interface Mishaps {
  readonly clock: Clock;
  readonly faults: FrontFaults;
  readonly daemon: EveningDaemon;
  readonly random: Random;
  readonly over: AbortSignal;
}

/** Makes things go wrong now and then until `over` aborts, and right again in the end. Counts how often the daemon was started anew. */
export async function mishaps({ clock, faults, daemon, random, over }: Mishaps): Promise<number> {
  let restarts = 0;
  while (!over.aborted) {
    await sleep(clock, random.whole(1000, 9000), over);
    const what = random.whole(1, 10);
    if (what <= 2) {
      restarts += 1;
      if (random.chance(0.7)) daemon.kill();
      else await daemon.stop();
      await sleep(clock, random.whole(200, 6000), over);
      await daemon.begin();
    } else if (what <= 6) Object.assign(faults, random.pick(BLOWS));
    else {
      const [fault, least, most] = random.pick(SPELLS);
      Object.assign(faults, fault);
      await sleep(clock, random.whole(least * 1000, most * 1000), over);
      Object.assign(faults, noFrontFaults());
    }
  }
  Object.assign(faults, noFrontFaults());
  return restarts;
}
