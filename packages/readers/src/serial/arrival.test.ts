import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, TillbridgeError, type Clock } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attempt } from '../connection/arrival.js';
import { arrival, look } from './arrival.js';

const reason = (code: 'TB_READER_NOT_FOUND' | 'TB_READER_NO_PERMISSION', seen?: string): Attempt => ({
  reason: new TillbridgeError(code, { reader: 'r', path: 'p' }),
  seen,
});
/** A clock on which nobody polls. */
const noPolling: Clock = { ...systemClock, timer: (ms, fn, options) => (ms >= 500 ? () => undefined : systemClock.timer(ms, fn, options)) };

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
  const roots = (): { sys: string; dev: string; proc: string } => ({ sys: join(folder, 'sys'), dev: folder, proc: '/proc' });
  /** Resolves with whether it was told within `ms`. */
  const told = (wait: Promise<void>, ms: number): Promise<boolean> => {
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timeout = setTimeout(() => resolve(false), ms)));
    return Promise.race([wait.then(() => true), late]).finally(() => clearTimeout(timeout));
  };
  /** The watcher is there after a moment; nothing tells when. */
  const started = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

  test.runIf(process.platform === 'linux')('the folder tells of a new path, a new tty, new rights; not of other files', async () => {
    const path = join(folder, 'ttyACM0');
    const seen = await look({ auto: true }, roots());
    const waits = {
      path: arrival({ path }, reason('TB_READER_NOT_FOUND'), { clock: noPolling }, roots(), abort.signal),
      match: arrival({ match: { vid: '1eab' } }, reason('TB_READER_NOT_FOUND', seen), { clock: noPolling }, roots(), abort.signal),
    };
    await started();
    writeFileSync(join(folder, 'other'), '');
    expect(await told(Promise.race(Object.values(waits)), 300)).toBe(false);
    writeFileSync(path, '');
    expect(await told(Promise.all(Object.values(waits)).then(() => undefined), 3000)).toBe(true);
    const there = await look({ path }, roots());
    const rights = arrival({ path }, reason('TB_READER_NO_PERMISSION', there), { clock: noPolling }, roots(), abort.signal);
    const found = arrival({ path }, reason('TB_READER_NOT_FOUND', there), { clock: noPolling }, roots(), abort.signal);
    await started();
    chmodSync(path, 0o666);
    expect(await told(rights, 3000)).toBe(true);
    expect(await told(found, 200)).toBe(false);
  });

  test('polling sees a path in a folder that was not there', async () => {
    const path = join(folder, 'by-id', 'deep', 'scanner');
    const wait = arrival({ path }, reason('TB_READER_NOT_FOUND'), { clock: systemClock }, roots(), abort.signal);
    mkdirSync(join(folder, 'by-id', 'deep'), { recursive: true });
    writeFileSync(path, '');
    expect(await told(wait, 3000)).toBe(true);
  });

  test('polling sees a new tty in sysfs', async () => {
    const seen = await look({ auto: true }, roots());
    const wait = arrival({ auto: true }, reason('TB_READER_NOT_FOUND', seen), { clock: systemClock }, { ...roots(), dev: join(folder, 'nowhere') }, abort.signal);
    await started();
    mkdirSync(join(folder, 'sys/class/tty/ttyACM0'), { recursive: true });
    expect(await told(wait, 3000)).toBe(true);
  });

  test('a device that came between the attempt and the wait is not missed', async () => {
    const path = join(folder, 'scanner');
    const seen = await look({ path }, roots());
    writeFileSync(path, '');
    expect(await told(arrival({ path }, reason('TB_READER_NOT_FOUND', seen), { clock: noPolling }, roots(), abort.signal), 3000)).toBe(true);
  });

  test('ends with its signal', async () => {
    const wait = arrival({ path: join(folder, 'x') }, reason('TB_READER_NOT_FOUND'), { clock: systemClock }, roots(), abort.signal);
    abort.abort();
    expect(await told(wait, 3000)).toBe(true);
  });
});
