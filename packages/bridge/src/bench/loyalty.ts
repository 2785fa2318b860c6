import { join } from 'node:path';
import { cardOf, codeOf } from './cards-file.js';
import { start, type Child } from './child.js';
import { commitsCommand, type Driver, type Pair } from './driver.js';
import { goodsScans, spread, type Spread } from './goods.js';
import type { Rounds } from './plan.js';
import { QUIET_MS } from './shop.js';
import { summary, type Summary } from './stats.js';

/** Longer than quietMs, or two loyalty reads would be one frame's neighbours; and the time a delivery takes to be filed. */
const GAP_US = 60_000;
/** What is not there when a number expires is wrong; before that it is slow. */
const BATCH = { gapUs: GAP_US, waitMs: 5500 } as const;
/** Far apart and none twice: the same code within duplicateMs is one scan. */
const STRIDE = 7919;
const COMMITS_MS = 600_000;

const scanOf = (number: number): Pair => [`${codeOf(number)}\r`, `${cardOf(number)}\r`];

/** A process that makes bare durable commits in `folder`. */
export async function startCommits(folder: string): Promise<Child> {
  const [program, ...argv] = commitsCommand();
  const commits = start(program, [...argv, join(folder, 'commits.db')]);
  await commits.until(/^ready$/);
  return commits;
}

/** `count` commits at the pace of loyalty scans; nanoseconds each. */
async function commitTimes(commits: Child, count: number): Promise<readonly number[]> {
  commits.tell(`${count} ${GAP_US / 1000}`);
  return (await commits.until(/^done$/, COMMITS_MS)).trim().split('\n').slice(0, -1).map(Number);
}

export interface LoyaltyTimes {
  readonly loyalty: readonly number[];
  readonly goods: readonly number[];
  readonly commit: readonly number[];
}

/** Loyalty scans, commits and goods in turns, all at one pace: goods after a pause cost more than goods in a row. Nanoseconds. */
export async function loyaltyRounds(driver: Driver, commits: Child, { rounds, perRound, rows, warmUp = 50 }: Rounds & { readonly rows: number; readonly warmUp?: number }): Promise<LoyaltyTimes> {
  const times = { loyalty: [] as number[], goods: [] as number[], commit: [] as number[] };
  let last = Math.floor(Math.random() * rows);
  const next = (): Pair => scanOf((last = (last + STRIDE) % rows));
  await driver.batch(Array.from({ length: warmUp }, next), BATCH);
  for (let round = 0; round < rounds; round += 1) {
    times.loyalty.push(...(await driver.batch(Array.from({ length: perRound }, next), BATCH)));
    times.commit.push(...(await commitTimes(commits, perRound)));
    times.goods.push(...(await driver.batch(goodsScans(perRound), BATCH)));
  }
  return times;
}

export interface LoyaltyFigures {
  readonly loyalty: Summary;
  readonly goods: Summary;
  readonly commit: Spread;
  readonly beyondGoodsAndQuiet: Spread;
}

export function loyaltyFigures(times: LoyaltyTimes): LoyaltyFigures {
  const goods = summary(times.goods);
  const beyond = times.loyalty.map((time) => time - QUIET_MS * 1e6 - goods.p50Us * 1000);
  return { loyalty: summary(times.loyalty), goods, commit: spread(times.commit), beyondGoodsAndQuiet: spread(beyond) };
}
