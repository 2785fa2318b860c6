import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { silentLog, systemClock } from '@tillbridge/core';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { forkHost } from './spawn.js';
import { superviseHost, type SupervisedHost } from './supervise.js';
import type { HostProtocol } from './wire.js';

interface Echo extends HostProtocol {
  readonly setup: string;
  readonly command: string;
  readonly report: string;
}

// a host that answers, and does what a broken driver does
const HOST = `
import { writeFileSync } from 'node:fs';
import { serveHost } from './serve.js';
serveHost((setup, port) => ({
  command: (what) => {
    if (what === 'crash') throw new Error('boom');
    if (what === 'burst and die') {
      for (let i = 0; i < 30; i += 1) port.send(('r' + i).padEnd(3000));
      process.send({ kind: 'beat' }, () => process.kill(process.pid, 'SIGKILL'));
      return;
    }
    if (what === 'hang') for (;;);
    port.send(what === 'pid' ? String(process.pid) : what === 'env' ? Object.keys(process.env).join() : setup + ' ' + what);
  },
  close: async () => {
    if (setup.startsWith('/')) writeFileSync(setup, 'let go');
    if (setup === 'stuck') await new Promise(() => undefined);
  },
}));
`;

let folder: string;
let entry: URL;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillbridge-host-'));
  const outfile = join(folder, 'host.mjs');
  const here = fileURLToPath(new URL('.', import.meta.url));
  const core = fileURLToPath(new URL('../../core/src/system-clock.ts', import.meta.url));
  await build({ stdin: { contents: HOST, resolveDir: here, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', outfile, alias: { '@tillbridge/core': core } });
  entry = pathToFileURL(outfile);
});
afterAll(() => rmSync(folder, { recursive: true }));

const hosts: SupervisedHost<Echo>[] = [];
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});

function start(setup = 'hi'): { host: SupervisedHost<Echo>; reports: string[]; downs: string[]; ups: () => number } {
  const reports: string[] = [];
  const downs: string[] = [];
  let ups = 0;
  const host = superviseHost<Echo>({
    entry,
    setup,
    clock: systemClock,
    log: silentLog,
    random: () => 0,
    onMessage: (report) => reports.push(report),
    onUp: () => (ups += 1),
    onDown: (problem) => downs.push(problem),
    spawn: forkHost(entry),
  });
  hosts.push(host);
  return { host, reports, downs, ups: () => ups };
}

const patience = { timeout: 15_000, interval: 5 };
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Ended and not yet noticed by us; where there is no /proc: never. */
function isZombie(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'latin1').includes(') Z ');
  } catch {
    return false;
  }
}

describe('a real process', () => {
  test('answers, without the environment of its parent', async () => {
    const { host, reports, ups } = start();
    await vi.waitUntil(() => ups() === 1, patience);
    host.post('there');
    host.post('env');
    await vi.waitUntil(() => reports.length === 2, patience);
    expect(reports[0]).toBe('hi there');
    expect(reports[1]).not.toContain('PATH');
  });

  test('kill -9 right behind a burst, while the parent is busy: what was sent arrives, once and in order; the next one works', async () => {
    const { host, reports, downs, ups } = start();
    await vi.waitUntil(() => ups() === 1, patience);
    host.post('pid');
    await vi.waitUntil(() => reports.length === 1, patience);
    const pid = Number(reports.pop());
    host.post('burst and die');
    // both wait for us then: the news of its end, and more than one read of what it sent
    await new Promise((resolve) => setImmediate(resolve));
    for (const end = performance.now() + 5000; performance.now() < end && !isZombie(pid); );
    await vi.waitUntil(() => ups() === 2, patience);
    expect(reports.map((report) => report.trim())).toEqual(Array.from({ length: 30 }, (_, index) => `r${String(index)}`));
    expect(downs).toEqual(['its process ended (SIGKILL)']);
    host.post('again');
    await vi.waitUntil(() => reports.includes('hi again'), patience);
  });

  test('an error that nobody caught is told, and the next one works', async () => {
    const { host, downs, ups } = start();
    await vi.waitUntil(() => ups() === 1, patience);
    host.post('crash');
    await vi.waitUntil(() => ups() === 2, patience);
    expect(downs).toEqual(['boom']);
  });

  test('one that hangs is killed and replaced', async () => {
    const { host, downs, ups } = start();
    await vi.waitUntil(() => ups() === 1, patience);
    host.post('hang');
    await vi.waitUntil(() => ups() === 2, patience);
    expect(downs).toEqual(['it gave no sign of life for 5000 ms']);
  });

  test.each(['hi', 'stuck'])('stop leaves no process behind (%s)', async (setup) => {
    const { host, reports, ups } = start(setup);
    await vi.waitUntil(() => ups() === 1, patience);
    host.post('pid');
    await vi.waitUntil(() => reports.length === 1, patience);
    await host.stop();
    expect(alive(Number(reports[0]))).toBe(false);
  });

  test.each(['lets go of its devices', 'hangs in that'])('one whose parent is gone %s and ends', async (how) => {
    const marker = join(folder, 'marker');
    const child = fork(entry, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' });
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.send({ kind: 'setup', setup: how === 'hangs in that' ? 'stuck' : marker });
    // its first beat: it has begun
    await new Promise((resolve) => child.once('message', resolve));
    child.disconnect();
    expect(await exited).toBe(0);
    if (how !== 'hangs in that') expect(readFileSync(marker, 'utf8')).toBe('let go');
  });

  test('an entry that is not there is said, not thrown', async () => {
    const downs: string[] = [];
    const missing = new URL('missing.mjs', entry);
    const host = superviseHost<Echo>({
      entry: missing, setup: '', clock: systemClock, log: silentLog, random: () => 0,
      onMessage: () => undefined, onUp: () => undefined, onDown: (problem) => downs.push(problem),
    });
    hosts.push(host);
    await vi.waitUntil(() => downs.length > 0, patience);
    expect(downs[0]).toBe('its process ended (exit code 1)');
  });
});
