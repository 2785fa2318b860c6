import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sleep, systemClock } from '@tillbridge/core';
import { start } from './child.js';
import { relayCommand, type Driver, type DriverFactory, type Pair } from './driver.js';
import type { Rounds } from './plan.js';
import { percentilesUs, summary, type Summary } from './stats.js';

/** One program between a scanner and a cashier program. */
export interface Side {
  readonly driver: Driver;
}

export interface OpenSide extends Side {
  stop(): Promise<void>;
}

/** The pace of a quick cashier's hand is far below this; what matters is that no side meets its own last scan. */
const GAP_US = 3000;
const WARM_UP_GAP_US = 1000;
const LINK = { steps: 500, ms: 10 } as const;

export const goodsScans = (count: number): readonly Pair[] =>
  Array.from({ length: count }, (_, i) => {
    const scan = `460${String(i).padStart(10, '0')}\r`;
    return [scan, scan];
  });

export interface Spread extends Summary {
  readonly percentilesUs: readonly number[];
}

export const spread = (times: readonly number[]): Spread => ({ ...summary(times), percentilesUs: percentilesUs(times) });

/** Goods through every side, in turns, after a warm-up. */
export async function goodsRounds<Name extends string>(sides: Readonly<Record<Name, Side>>, { rounds, perRound, warmUp }: Rounds & { readonly warmUp: number }): Promise<Record<Name, Spread>> {
  const entries = Object.entries<Side>(sides);
  const times = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (const [, { driver }] of entries) await driver.batch(goodsScans(warmUp), { gapUs: WARM_UP_GAP_US, mayMiss: 1 });
  for (let round = 0; round < rounds; round += 1) {
    // another one begins in each round: who follows a slow one shall not always be the same
    const turn = [...entries.slice(round % entries.length), ...entries.slice(0, round % entries.length)];
    for (const [name, { driver }] of turn) times.get(name)?.push(...(await driver.batch(goodsScans(perRound), { gapUs: GAP_US })));
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, spread(list)])) as Record<Name, Spread>;
}

async function appears(path: string): Promise<boolean> {
  for (let i = 0; i < LINK.steps && !existsSync(path); i += 1) await sleep(systemClock, LINK.ms);
  return existsSync(path);
}

/** A program that makes the far end itself, at a link. `command` gets the scanner's tty and the link. */
async function linked(makeDriver: DriverFactory, link: string, command: (from: string) => readonly [string, ...string[]]): Promise<OpenSide> {
  const driver = await makeDriver();
  const [program, ...argv] = command(driver.in);
  const relay = start(program, argv);
  const stop = async (): Promise<void> => {
    await driver.stop();
    await relay.stop();
  };
  try {
    if (!(await appears(link))) throw new Error(`${program} made no ${link}: ${relay.errors()}`);
    await driver.open(link);
    return { driver, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The relay that the promise names. */
export function startSocat(makeDriver: DriverFactory, folder: string): Promise<OpenSide> {
  const link = join(folder, 'socat-out');
  return linked(makeDriver, link, (from) => ['socat', `${from},raw,echo=0`, `pty,raw,echo=0,link=${link}`]);
}

/** A bare relay in Node.js: in read(2), or in its event loop. */
export function startNodeRelay(makeDriver: DriverFactory, folder: string, how: 'blocking' | 'events'): Promise<OpenSide> {
  const link = join(folder, `${how}-out`);
  return linked(makeDriver, link, (from) => [...relayCommand(), how, from, link]);
}

/** A program that writes to a tty that exists, and says `ready`. `argv` are followed by both ttys. */
export async function startRelay(makeDriver: DriverFactory, command: string, argv: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly readyMs?: number } = {}): Promise<OpenSide & { readonly pid: number }> {
  const driver = await makeDriver({ pair: true });
  const relay = start(command, [...argv, driver.in, driver.out ?? ''], options.env === undefined ? {} : { env: options.env });
  const stop = async (): Promise<void> => {
    await driver.stop();
    await relay.stop();
  };
  try {
    await relay.until(/^ready$/, options.readyMs);
    return { driver, stop, pid: relay.pid };
  } catch (error) {
    await stop();
    throw error;
  }
}
