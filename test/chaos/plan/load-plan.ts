import { Random } from '../../support/random.js';
import { READERS, type ReaderId } from './codes.js';
import { kindOf } from './make-plan.js';
import type { Action, Plan } from './plan.js';

/** Of each reader. */
export const READS_PER_SECOND = 20;
/** What one reader does in five seconds: a burst of 50 as fast as the line takes it, then a guest and a few products, five times. */
const TURN_S = 5;
const BURST = 50;
const GUESTS = 5;
const FEW = (TURN_S * READS_PER_SECOND - BURST - GUESTS) / GUESTS;

/** Load without any fault: four readers at once, {@link READS_PER_SECOND} reads a second each; `seconds` is rounded up to whole turns of 5. */
export function loadPlan({ seed, seconds }: { readonly seed: number; readonly seconds: number }): Plan {
  const random = new Random(seed);
  const turns = Math.ceil(seconds / TURN_S);
  const script = (reader: ReaderId): readonly Action[] => Array.from({ length: turns }, (_, turn) => turnOf(random, reader, turn * TURN_S * 1000)).flat();
  const scripts = { left: script('left'), right: script('right'), net: script('net'), hall: script('hall') };
  return { version: 1, seed, scans: turns * TURN_S * READS_PER_SECOND * READERS.length, rounds: [{ scripts, program: [], faults: [], damages: [] }] };
}

function turnOf(random: Random, reader: ReaderId, from: number): readonly Action[] {
  const guests = Array.from({ length: GUESTS }, (_, guest): readonly Action[] => [
    { do: 'at', ms: from + 1000 + guest * 800 },
    { do: 'loyalty', kind: kindOf(random, reader), waitMs: 300 },
    ...(reader === 'hall' && guest % 2 === 1 ? [{ do: 'order' } as const] : []),
    { do: 'at', ms: from + 1300 + guest * 800 },
    { do: 'goods', count: FEW, marked: random.chance(0.3) },
  ]);
  return [{ do: 'at', ms: from }, { do: 'goods', count: BURST, marked: random.chance(0.3) }, ...guests.flat()];
}
