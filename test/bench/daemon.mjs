// Start to READY beside a bare Node.js, and what the daemon takes while it has nothing to do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pause, start } from './lib/child.mjs';
import { anonymousMiB, childrenOf, cpuSeconds, rssMiB, startDaemon, writeShop } from './lib/daemon.mjs';
import { compile, startDriver } from './lib/driver.mjs';
import { median, promise, ratio } from './lib/stats.mjs';

async function bareMs() {
  const begin = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - begin;
}

async function readyMs(shop) {
  const begin = performance.now();
  const daemon = await startDaemon(shop);
  const ms = performance.now() - begin;
  await daemon.stop();
  return ms;
}

async function starts(shop, count) {
  const bare = [];
  const ready = [];
  await readyMs(shop);
  for (let i = 0; i < count; i += 1) {
    bare.push(await bareMs());
    ready.push(await readyMs(shop));
  }
  return { bareNodeMs: Math.round(median(bare)), readyMs: Math.round(median(ready)), starts: count, ratio: ratio(median(ready), median(bare)) };
}

/** What a Node.js that does nothing at all takes on this machine. */
async function bareRssMiB() {
  const idle = start(process.execPath, ['-e', 'console.log("ready"); setInterval(() => {}, 1e9)']);
  await idle.until(/^ready$/);
  await pause(500);
  const mib = rssMiB(idle.pid);
  await idle.stop();
  return mib;
}

async function idle(shop, driver, { settleMs, seconds }) {
  const daemon = await startDaemon(shop);
  try {
    await driver.open(shop.link);
    await pause(settleMs);
    const children = childrenOf(daemon.pid);
    const pids = [daemon.pid, ...children];
    const before = pids.map(cpuSeconds);
    await pause(seconds * 1000);
    const used = pids.map((pid, i) => cpuSeconds(pid) - before[i]);
    return {
      mainRssMiB: rssMiB(daemon.pid),
      mainAnonymousMiB: anonymousMiB(daemon.pid),
      childrenRssMiB: children.map(rssMiB),
      bareNodeRssMiB: await bareRssMiB(),
      seconds,
      cpuPercent: Number(((used.reduce((sum, part) => sum + part, 0) / seconds) * 100).toFixed(2)),
    };
  } finally {
    await daemon.stop();
  }
}

export async function run({ folder, starts: count, idleSeconds }) {
  const driver = await startDriver(compile('../native/driver.c', folder), folder);
  try {
    const shop = writeShop(join(folder, 'idle'), driver.in);
    const start = await starts(shop, count);
    const rest = await idle(shop, driver, { settleMs: 3000, seconds: idleSeconds });
    return {
      figures: { start, idle: rest },
      promises: [
        promise('start', 'start to READY against `node -e 0`', start.ratio, 20, 'x'),
        promise('mainRss', 'idle memory of the main process, `api: off` (VmRSS)', rest.mainRssMiB, 75, 'MiB'),
        promise('childRss', 'idle memory of the largest child process', Math.max(0, ...rest.childrenRssMiB), 60, 'MiB'),
        promise('cpu', 'idle processor time, all processes, of one core', rest.cpuPercent, 0.5, '%'),
      ],
    };
  } finally {
    await driver.stop();
  }
}
