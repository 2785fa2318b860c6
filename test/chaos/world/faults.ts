import type { PlatformFaults } from '@tillbridge/testkit/platform';
import type { RkeeperFaults } from '@tillbridge/testkit/rkeeper';
import { READERS } from '../plan/codes.js';
import type { FaultName } from '../plan/faults.js';
import type { FaultStep } from '../plan/plan.js';
import { waitFor } from '../../support/wait-for.js';
import { childFor, type Role } from './processes.js';
import { moment, type World } from './world.js';

/** The daemon starts a child again within this, at the longest, in ms: its pause grows to half a minute. */
const RESTART_MS = 90_000;
/** How far the wall clock jumps, in ms: a second, an hour, most of a year. */
const JUMPS = [1000, 3_600_000, 25_000_000_000] as const;
/** How much longer a sync takes, in ms. */
const SYNC_MS = [50, 400, 1500] as const;

type Does = (world: World, step: FaultStep) => Promise<void>;

/** Faults that use the disk, or need it to start anew, come one after the other. */
export const USES_DISK: ReadonlySet<FaultName> = new Set(['kill-main', 'disk-full', 'disk-readonly']);

/** Each fault, from its beginning until all is well again. */
export const DOES: Readonly<Record<FaultName, Does>> = {
  'kill-main': (world) => world.kill(),
  'kill-journal': (world) => killChild(world, 'kill-journal'),
  'kill-api': (world) =>
    killChild(world, 'kill-api', () => waitFor('the API to answer again', () => fetch(`${world.api}/hello`).then((answer) => answer.ok, () => false), RESTART_MS)),
  'kill-reader': (world) => killChild(world, 'kill-reader'),
  'kill-desk': killDesk,
  'reader-hangup': readerHangUp,
  'till-hangup': (world, step) => tillAway(world, step),
  'till-gone': (world, step) => tillAway(world, step),
  'till-pause': async (world, { ms, target }) => {
    const id = target === 0 ? 'front' : 'back';
    const over = world.record.trouble('till-pause', id);
    world.tills[id].pause();
    await moment(ms);
    world.tills[id].resume();
    over();
  },
  'platform-silent': platform({ silent: true }),
  'platform-slow': platform({ latencyMs: 1200 }),
  'platform-drops': platform({ dropBeforeWork: 5, dropAfterWork: 5 }),
  'platform-garbage': platform({ answer: 'garbage' }),
  'cash-silent': cash({ silent: true }),
  'cash-drops': cash({ dropBeforeWork: 1, dropAfterWork: 2 }),
  'cash-garbage': cash({ answer: 'truncated' }),
  'cash-refuses': cash({ cardSystemDown: true }),
  'disk-full': (world, { ms }) => diskTrouble(world, 'disk-full', ms, () => there(world.disk).fill(), () => there(world.disk).empty()),
  'disk-readonly': (world, { ms }) => diskTrouble(world, 'disk-readonly', ms, () => there(world.preload).setReadOnly(true), () => there(world.preload).setReadOnly(false)),
  'disk-slow': async (world, { ms, target }) => {
    const over = world.record.trouble('disk-slow');
    there(world.preload).setSync(SYNC_MS[target % SYNC_MS.length]!);
    await moment(ms);
    there(world.preload).setSync(0);
    // what hangs in a sync now ends within the last of them
    await moment(SYNC_MS[target % SYNC_MS.length]!);
    over();
  },
  'clock-forward': (world, step) => clockJump(world, step, 1),
  'clock-back': (world, step) => clockJump(world, step, -1),
};

async function killChild(world: World, role: Role, well: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  // the daemon itself may have been killed just now: its children come
  const { main, pid } = await waitFor(`a process for ${role}`, () => {
    const { pid: main } = world.daemon;
    const pid = childFor(main, role);
    return pid === undefined ? undefined : { main, pid };
  }, RESTART_MS);
  const over = world.record.trouble(role);
  process.kill(pid, 'SIGKILL');
  // unless the daemon itself is killed meanwhile: the new one has new children
  await waitFor(`a new process for ${role}`, () => {
    const next = world.daemon.pid === main ? childFor(main, role) : 0;
    return next !== undefined && next !== pid;
  }, RESTART_MS);
  if (role === 'kill-journal') await moment(300);
  await well();
  over();
}

/** It is there while there is work for it: it is given some, before and after. */
async function killDesk(world: World): Promise<void> {
  const ask = (): Promise<boolean> => world.shop.call('GET', '/v1/cards/stats').then(({ status }) => status === 200, () => false);
  let asked: Promise<boolean> | undefined;
  // again when the daemon itself was killed meanwhile
  const pid = await waitFor('the process at the desk', () => {
    asked ??= ask().finally(() => (asked = undefined));
    return childFor(world.daemon.pid, 'kill-desk');
  }, RESTART_MS);
  const over = world.record.trouble('kill-desk');
  process.kill(pid, 'SIGKILL');
  await waitFor('the desk to answer again', ask, RESTART_MS);
  over();
}

async function readerHangUp(world: World, { ms, target }: FaultStep): Promise<void> {
  const id = READERS[target % READERS.length]!;
  await world.whenUp();
  const over = world.record.trouble('reader-hangup', id);
  if (id === 'net') world.net.hangUp();
  else {
    const scanner = await world.shop.scanner(id);
    scanner.unplug();
    await moment(ms);
    await scanner.plugIn();
  }
  await world.whenUp();
  // its own word: what was sent before it noticed would be lost
  await moment(50);
  await world.untilReady('readers', id);
  over();
}

async function tillAway(world: World, { ms, target, fault }: FaultStep): Promise<void> {
  const id = target === 0 ? 'front' : 'back';
  await world.whenUp();
  const over = world.record.trouble(fault, id);
  world.tills[id].close();
  await moment(ms);
  await world.whenUp();
  world.tills[id].open();
  over();
}

function platform(faults: Partial<PlatformFaults>): Does {
  return async ({ simulators, record }, { fault, ms }) => {
    const over = record.trouble(fault);
    Object.assign(simulators.platform.faults, faults);
    await moment(ms);
    simulators.calm('platform');
    over();
  };
}

function cash(faults: Partial<RkeeperFaults>): Does {
  return async ({ simulators, record }, { fault, ms }) => {
    const over = record.trouble(fault);
    Object.assign(simulators.cash.faults, faults);
    await moment(ms);
    simulators.calm('cash');
    over();
  };
}

async function diskTrouble(world: World, name: 'disk-full' | 'disk-readonly', ms: number, begin: () => void, end: () => void): Promise<void> {
  const over = world.record.trouble(name);
  begin();
  await moment(ms);
  end();
  // the journal opens its file again with the next scan
  await moment(300);
  over();
}

async function clockJump(world: World, { fault, ms, target }: FaultStep, sign: 1 | -1): Promise<void> {
  const over = world.record.trouble(fault);
  there(world.preload).setWall(sign * JUMPS[target % JUMPS.length]!);
  await moment(ms);
  there(world.preload).setWall(0);
  await moment(50);
  over();
}

/** A world that was opened without what a fault plays with would prove nothing. */
function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the world was opened without what this fault needs');
  return part;
}
