// Start to READY beside a bare Node.js, and what the daemon takes while it has nothing to do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sleep, systemClock } from '@tillbridge/core';
import { start } from './child.js';
import { anonymousMiB, childrenOf, cpuSeconds, rssMiB } from './process-figures.js';
import { startDaemon, type Shop } from './shop.js';
import { median, ratio } from './stats.js';

/** Eight seconds after the collection at its start V8 tidies up once more, for a tenth of a second; hot code is compiled from ten on. A daemon runs for weeks: idle is what comes then. */
const SETTLE_MS = 12_000;
const BARE_SETTLE_MS = 500;

export interface StartFigures {
  readonly bareNodeMs: number;
  readonly readyMs: number;
  readonly starts: number;
  readonly ratio: number;
}

async function bareMs(): Promise<number> {
  const begin = systemClock.mono();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return systemClock.mono() - begin;
}

async function readyMs(shop: Shop, pty: boolean): Promise<number> {
  const begin = systemClock.mono();
  const daemon = await startDaemon(shop, { pty });
  const ms = systemClock.mono() - begin;
  await daemon.stop();
  return ms;
}

export interface StartSettings {
  readonly pty?: boolean;
  readonly signal?: AbortSignal;
}

/** `count` starts of each, in turns, after one of each that only fills caches. @throws what aborted `signal` */
export async function startFigures(shop: Shop, count: number, { pty = true, signal }: StartSettings = {}): Promise<StartFigures> {
  const bare: number[] = [];
  const ready: number[] = [];
  await readyMs(shop, pty);
  await bareMs();
  for (let i = 0; i < count; i += 1) {
    signal?.throwIfAborted();
    bare.push(await bareMs());
    ready.push(await readyMs(shop, pty));
  }
  return { bareNodeMs: Math.round(median(bare)), readyMs: Math.round(median(ready)), starts: count, ratio: ratio(median(ready), median(bare)) };
}

/** What a Node.js that does nothing at all takes on this machine. */
async function bareRssMiB(): Promise<number> {
  const idle = start(process.execPath, ['-e', 'console.log("ready"); setInterval(() => {}, 1e9)']);
  try {
    await idle.until(/^ready$/);
    await sleep(systemClock, BARE_SETTLE_MS);
    return rssMiB(idle.pid);
  } finally {
    await idle.stop();
  }
}

export interface IdleFigures {
  readonly mainRssMiB: number;
  readonly mainAnonymousMiB: number;
  readonly childrenRssMiB: readonly number[];
  readonly bareNodeRssMiB: number;
  readonly seconds: number;
  readonly cpuPercent: number;
}

/** Of a running daemon that has its scanner and its till. Linux. @throws what aborted `signal` */
export async function idleFigures(pid: number, seconds: number, signal?: AbortSignal): Promise<IdleFigures> {
  await sleep(systemClock, SETTLE_MS, signal);
  signal?.throwIfAborted();
  const children = childrenOf(pid);
  const pids = [pid, ...children];
  const before = pids.map(cpuSeconds);
  await sleep(systemClock, seconds * 1000, signal);
  signal?.throwIfAborted();
  const used = pids.reduce((sum, each, i) => sum + cpuSeconds(each) - (before[i] ?? 0), 0);
  return {
    mainRssMiB: rssMiB(pid),
    mainAnonymousMiB: anonymousMiB(pid),
    childrenRssMiB: children.map(rssMiB),
    bareNodeRssMiB: await bareRssMiB(),
    seconds,
    cpuPercent: Number(((used / seconds) * 100).toFixed(2)),
  };
}
