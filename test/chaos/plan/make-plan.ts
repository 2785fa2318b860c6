import { Random } from '../../support/random.js';
import { MOST_LOYALTY, READERS, type LoyaltyKind, type ReaderId } from './codes.js';
import { FAULTS, isFault, TROUBLE_NAMES, type DamageName, type FaultName, type TroubleName } from './faults.js';
import type { Action, DamageStep, FaultStep, Plan, Round } from './plan.js';

export interface PlanOptions {
  readonly seed: number;
  /** Reads in all: goods and loyalty. */
  readonly scans: number;
  /** Only these faults; default all. */
  readonly only?: readonly TroubleName[];
  /** Reads in one round; default by `scans`. */
  readonly roundScans?: number;
  /** One read in so many is a loyalty code; default by `scans`. */
  readonly loyaltyIn?: number;
}

const BURST = 50;
const MOST_FAULTS = 5;

/** A plan from a seed: pure. Every fault comes up once before any comes up again. */
export function makePlan(options: PlanOptions): Plan {
  const { seed, scans, only = TROUBLE_NAMES } = options;
  const random = new Random(seed);
  const roundScans = Math.min(scans, options.roundScans ?? (scans >= 100_000 ? 10_000 : scans > 1000 ? 400 : 100));
  const loyaltyIn = Math.max(options.loyaltyIn ?? (scans >= 100_000 ? 100 : 8), Math.ceil(scans / (MOST_LOYALTY * 2)));
  const count = Math.max(1, Math.round(scans / Math.max(1, roundScans)));
  const faults = deck(random, only.filter(isFault));
  const damages = deck(random, only.filter((name): name is DamageName => !isFault(name)));
  const rounds: Round[] = [];
  for (let at = 0, left = scans; at < count; at += 1) {
    const size = at === count - 1 ? left : roundScans;
    left -= size;
    rounds.push(makeRound(random, size, loyaltyIn, faults, at % 4 === 3 || at === count - 1 ? damages : () => undefined));
  }
  return { version: 1, seed, scans, rounds };
}

/** Deals names in a random order, all before any again. */
function deck<T>(random: Random, names: readonly T[]): () => T | undefined {
  let rest: T[] = [];
  return () => {
    if (rest.length === 0) rest = random.shuffled(names);
    return rest.pop();
  };
}

function makeRound(random: Random, scans: number, loyaltyIn: number, nextFault: () => FaultName | undefined, nextDamage: () => DamageName | undefined): Round {
  const share = Math.floor(scans / READERS.length);
  const scripts = Object.fromEntries(READERS.map((reader, i) => [reader, script(random, reader, i === 0 ? scans - share * (READERS.length - 1) : share, loyaltyIn)])) as Record<ReaderId, readonly Action[]>;
  const faults: FaultStep[] = [];
  for (let n = random.whole(3, MOST_FAULTS); n > 0; n -= 1) {
    const fault = nextFault();
    if (fault !== undefined) faults.push(faultStep(random, fault, scans));
  }
  const damages: DamageStep[] = [];
  const damage = nextDamage();
  if (damage !== undefined) damages.push({ damage, at: random.next(), bit: random.whole(0, 7), file: random.pick(['db', 'db', 'db', 'wal', 'head'] as const), killed: random.chance(0.5) });
  const program = Array.from({ length: Math.min(40, Math.ceil(scans / loyaltyIn / 8)) }, () => random.whole(5, 300));
  return { scripts, program, faults: faults.sort((a, b) => a.afterReads - b.afterReads), damages };
}

function faultStep(random: Random, fault: FaultName, scans: number): FaultStep {
  const { ms, targets } = FAULTS[fault];
  return { fault, afterReads: random.whole(1, Math.max(1, Math.floor(scans * 0.8))), delayMs: random.whole(0, 40), ms: random.whole(ms[0], ms[1]), target: random.whole(0, targets - 1) };
}

function script(random: Random, reader: ReaderId, scans: number, loyaltyIn: number): readonly Action[] {
  const actions: Action[] = [];
  for (let left = scans; left > 0; ) {
    if (random.chance(1 / Math.max(1, loyaltyIn / (BURST / 2)))) {
      // a few guests in a row, as at a busy counter
      for (let guests = Math.min(left, random.whole(1, Math.max(1, Math.round((BURST / loyaltyIn) * 1.2)))); guests > 0; guests -= 1, left -= 1) {
        actions.push({ do: 'loyalty', kind: kindOf(random, reader), waitMs: random.chance(0.7) ? 400 : random.whole(0, 60) });
        if (reader === 'hall' && random.chance(0.3)) actions.push({ do: 'order' });
      }
    }
    if (left <= 0) break;
    const count = Math.min(left, random.whole(1, BURST));
    actions.push({ do: 'goods', count, marked: random.chance(0.3) });
    left -= count;
    if (random.chance(0.1)) actions.push({ do: 'pause', ms: random.whole(1, 40) });
  }
  return actions;
}

/** What guests show at a reader. */
export function kindOf(random: Random, reader: ReaderId): LoyaltyKind {
  if (reader === 'hall') return 'card';
  if (reader === 'right') return random.chance(0.7) ? 'platform' : 'card';
  return random.chance(0.3) ? 'phone' : 'card';
}
