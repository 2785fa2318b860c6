import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, TillbridgeError, type Clock } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../../../../test/support/wait-for.js';
import type { Attempt } from '../connection/arrival.js';
import { arrival, look } from './arrival.js';
import type { SerialWhere } from './options.js';

const reason = (code: 'TB_READER_NOT_FOUND' | 'TB_READER_NO_PERMISSION', seen?: string): Attempt => ({
  reason: new TillbridgeError(code, { reader: 'r', path: 'p' }),
  seen,
});
/** A clock on which nobody polls. */
const noPolling: Clock = { ...systemClock, timer: (ms, fn, options) => (ms >= 500 ? () => undefined : systemClock.timer(ms, fn, options)) };

/** What a look gives that may fail because something ended in its middle. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

describe('arrival of a device', () => {
  let folder: string;
  let abort: AbortController;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tillbridge-arrival-'));
    abort = new AbortController();
  });
  afterEach(() => {
    abort.abort();
    rmSync(folder, { recursive: true, force: true });
  });
  const roots = (): { sys: string; dev: string; proc: string } => ({ sys: join(folder, 'sys'), dev: join(folder, 'dev'), proc: '/proc' });
  /** Resolves once the system watches a folder for us (Linux, proc_pid_fdinfo(5): its inotify watches by inode). */
  const watched = async (path: string): Promise<void> => {
    const inode = `ino:${statSync(path).ino.toString(16)} `;
    const info = (fd: string): string => attempt(() => readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? '';
    await waitFor(`${path} to be watched`, () => readdirSync('/proc/self/fdinfo').some((fd) => info(fd).includes(inode)));
  };

  test.runIf(process.platform === 'linux')('the folder tells of a new path, a new tty, new rights; not of other files', async () => {
    const heard: string[] = [];
    const wait = (name: string, where: SerialWhere, last: Attempt): Promise<unknown> =>
      arrival(where, last, { clock: noPolling }, roots(), abort.signal).then(() => heard.push(name));
    const [path, other, dev] = [join(folder, 'a', 'ttyACM0'), join(folder, 'a', 'other'), join(folder, 'dev')];
    for (const each of [join(folder, 'a'), dev]) mkdirSync(each);
    const seen = await look({ auto: true }, roots());
    const told = {
      path: wait('path', { path }, reason('TB_READER_NOT_FOUND')),
      match: wait('match', { match: { vid: '1eab' } }, reason('TB_READER_NOT_FOUND', seen)),
    };
    await watched(join(folder, 'a'));
    await watched(dev);
    // whoever waits for the other files hears of them at the same moment as those who must not
    const others = [other, join(dev, 'other')];
    for (const each of others) void wait('other', { path: each }, reason('TB_READER_NOT_FOUND'));
    await waitFor('the others', () => {
      for (const each of others) {
        rmSync(each, { force: true });
        writeFileSync(each, '');
      }
      return heard.length >= 2;
    });
    expect(heard).toEqual(['other', 'other']);
    writeFileSync(path, '');
    writeFileSync(join(dev, 'ttyACM0'), '');
    await Promise.all(Object.values(told));
    const there = await look({ path }, roots());
    void wait('found', { path }, reason('TB_READER_NOT_FOUND', there));
    await watched(join(folder, 'a'));
    void wait('rights', { path }, reason('TB_READER_NO_PERMISSION', there));
    await waitFor('the new rights', () => {
      chmodSync(path, 0o666);
      return heard.includes('rights');
    });
    expect(heard).not.toContain('found');
  });

  test('polling sees a path in a folder that was not there', async () => {
    const path = join(folder, 'by-id', 'deep', 'scanner');
    const wait = arrival({ path }, reason('TB_READER_NOT_FOUND'), { clock: systemClock }, roots(), abort.signal);
    mkdirSync(join(folder, 'by-id', 'deep'), { recursive: true });
    writeFileSync(path, '');
    await wait;
  });

  test('polling sees a new tty in sysfs', async () => {
    const seen = await look({ auto: true }, roots());
    const wait = arrival({ auto: true }, reason('TB_READER_NOT_FOUND', seen), { clock: systemClock }, { ...roots(), dev: join(folder, 'nowhere') }, abort.signal);
    mkdirSync(join(folder, 'sys/class/tty/ttyACM0'), { recursive: true });
    await wait;
  });

  test('a device that came between the attempt and the wait is not missed', async () => {
    const path = join(folder, 'scanner');
    const seen = await look({ path }, roots());
    writeFileSync(path, '');
    await arrival({ path }, reason('TB_READER_NOT_FOUND', seen), { clock: noPolling }, roots(), abort.signal);
  });

  test('ends with its signal', async () => {
    const wait = arrival({ path: join(folder, 'x') }, reason('TB_READER_NOT_FOUND'), { clock: systemClock }, roots(), abort.signal);
    abort.abort();
    await wait;
  });
});
