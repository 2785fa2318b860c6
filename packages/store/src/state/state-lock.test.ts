import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStateFolder, type StateFolder } from './state-folder.js';
import { lockHolder, lockState } from './state-lock.js';

const dist = new URL('../../dist/index.js', import.meta.url).href;
const DAEMON = `
  const { openStateFolder, lockState } = await import(${JSON.stringify(dist)});
  try {
    lockState(openStateFolder(process.argv[1]), { pid: process.pid, started: performance.timeOrigin | 0 });
    process.stdout.write('locked ' + process.pid + '\\n');
    process.stdin.resume();
    for (const grow = []; grow.length < 200; ) grow.push(new Array(20_000).fill(0)); // drives the garbage collector
  } catch (error) {
    process.stdout.write('refused ' + error.code + ' ' + error.params.pid + '\\n');
  }`;

let root: string;
let folder: StateFolder;
let children: ChildProcess[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tillbridge-lock-'));
  folder = openStateFolder(join(root, 'state'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

/** Starts a process that takes the lock and keeps it; resolves with what it says. */
function daemon(): Promise<{ readonly child: ChildProcess; readonly says: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', DAEMON, folder.path], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let says = '';
    child.once('error', reject);
    child.stdout.on('data', (chunk: Buffer) => {
      says += chunk.toString();
      if (says.endsWith('\n')) resolve({ child, says: says.trim() });
    });
    child.once('exit', () => resolve({ child, says: says.trim() }));
  });
}

const killed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

describe('one daemon for one state folder', () => {
  it('a second one is refused and told the pid of the first', async () => {
    const first = await daemon();
    expect(first.says).toBe(`locked ${String(first.child.pid)}`);
    expect((await daemon()).says).toBe(`refused TB_API_DAEMON_RUNNING ${String(first.child.pid)}`);
    expect(lockHolder(folder)?.pid).toBe(first.child.pid);
  });

  it('the lock is free as soon as its holder was killed, and nothing of the dead one is in the way', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { child, says } = await daemon();
      expect(says).toBe(`locked ${String(child.pid)}`);
      expect(lockHolder(folder)?.pid).toBe(child.pid);
      await killed(child);
      expect(lockHolder(folder)).toBeUndefined();
    }
  });

  it('of many that start at once exactly one gets it, and the others name it', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, daemon));
    const winners = all.filter(({ says }) => says.startsWith('locked'));
    expect(winners).toHaveLength(1);
    const pid = String(winners[0]!.child.pid);
    for (const { says } of all) if (!says.startsWith('locked')) expect(says).toBe(`refused TB_API_DAEMON_RUNNING ${pid}`);
  });

  it('holds within one process too, and can be given back', () => {
    const lock = lockState(folder, { pid: 1, started: 2 });
    expect(() => lockState(folder, { pid: 1, started: 2 })).toThrow(expect.objectContaining({ code: 'TB_API_DAEMON_RUNNING', params: { state: folder.path, pid: 1 } }) as Error);
    lock.release();
    lock.release();
    const next = lockState(folder, { pid: 3, started: 4 });
    expect(lockHolder(folder)).toMatchObject({ pid: 3, started: 4 });
    next.release();
    expect(lockHolder(folder)).toBeUndefined();
  });

  it('nobody holds a folder that no daemon ever used, and asking leaves no trace', () => {
    expect(lockHolder(folder)).toBeUndefined();
    expect(lockHolder(openStateFolder(join(root, 'other')))).toBeUndefined();
  });

  it('a lock file that is no lock file is an error in words', () => {
    writeFileSync(folder.file('daemon.lock'), 'not a database at all '.repeat(100));
    expect(() => lockState(folder, { pid: 1, started: 2 })).toThrow(expect.objectContaining({ code: 'TB_JOURNAL_STATE_FOLDER', message: expect.stringContaining('daemon.lock is damaged') as string }) as Error);
  });
});
