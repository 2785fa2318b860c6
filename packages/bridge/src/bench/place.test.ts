import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRunFolder, placeBeside } from './place.js';

let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'tillbridge-place-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('where a bench measures', () => {
  test('beside the state folder and never in it, also when the daemon has made it', () => {
    const state = join(place, 'state');
    expect(placeBeside(state, [])).toBe(place);
    mkdirSync(state);
    expect(placeBeside(state, [])).toBe(place);
    expect(placeBeside(join(place, 'not', 'yet', 'there'), [])).toBe(place);
  });

  const disks: Readonly<Record<string, number>> = { '/': 1, '/var': 1, '/var/lib': 1, '/tmp': 2, '/var/tmp': 1, '/home/me': 1 };
  const at = (writable: readonly string[], diskOfState = 1) => ({ diskOf: (folder: string) => disks[folder] ?? diskOfState, isWritable: (folder: string) => writable.includes(folder) });

  test('where nothing above may be written to, in another folder of the same disk', () => {
    expect(placeBeside('/var/lib/tillbridge', ['/tmp', '/var/tmp', '/home/me'], at(['/var/lib/tillbridge', '/tmp', '/var/tmp', '/home/me']))).toBe('/var/tmp');
  });

  test('nowhere, rather than on another disk or in the state folder', () => {
    const { diskOf, isWritable } = at(['/var/lib/tillbridge', '/var/lib/tillbridge/tmp', '/tmp', '/var/lib'], 3);
    const mounted = { isWritable, diskOf: (folder: string) => (folder === '/' ? 3 : diskOf(folder)) };
    expect(placeBeside('/', ['/tmp'], mounted)).toBeUndefined();
    expect(placeBeside('/var/lib/tillbridge', ['/var/lib/tillbridge/tmp'], { isWritable: at(['/var/lib/tillbridge/tmp']).isWritable, diskOf: () => 1 })).toBeUndefined();
  });
});

describe('the folder of a run', () => {
  /** More than Linux gives to any process: PID_MAX_LIMIT is 4194304 (proc_pid_max(5)). */
  const gone = 9_999_999;

  test('names its process, and removes what killed runs left', () => {
    const left = makeRunFolder(place, gone);
    mkdirSync(join(left, 'shop'));
    writeFileSync(join(left, 'shop', 'cards.db'), 'x');
    const mine = makeRunFolder(place);
    expect([existsSync(left), existsSync(mine)]).toEqual([false, true]);
    expect([dirname(mine), basename(mine).split('-')[2]]).toEqual([place, String(process.pid)]);
  });

  test('leaves alone runs that go on, and what is not a run of this kind', () => {
    const target = join(place, 'target');
    mkdirSync(target);
    writeFileSync(join(target, 'kept'), 'x');
    const link = join(place, `tillbridge-bench-${String(gone)}-abcdef`);
    symlinkSync(target, link);
    const others = [makeRunFolder(place), join(place, 'tillbridge-bench-notes'), join(place, `other-${String(gone)}-abcdef`)];
    for (const folder of others.slice(1)) mkdirSync(folder);
    makeRunFolder(place);
    for (const path of [...others, link, join(target, 'kept')]) expect(existsSync(path), path).toBe(true);
  });
});
