import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTillbridgeError, silentLog, systemClock } from '@tillbridge/core';
import { openJournal, openStateFolder, verifyJournal, type SqliteJournal } from '@tillbridge/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { needs } from '../support/needs.js';

const processUrl = new URL('../../packages/store/dist/journal-process.js', import.meta.url);

needs('linux', 'root')('the journal on a small disk of its own', () => {
  let disk: string;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'tillbridge-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  });
  afterEach(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  /** Appends scan after scan; returns which were acknowledged and the code of the first refusal. */
  async function appendUntilRefused(journal: SqliteJournal, from: number): Promise<{ readonly acknowledged: string[]; readonly code: string }> {
    const acknowledged: string[] = [];
    for (let scan = from; scan < from + 20_000; scan += 1) {
      const scanId = `s${String(scan)}`;
      try {
        await journal.append({ type: 'outcome', scanId, reader: 'counter', till: 'front', kind: 'card', time: systemClock.wall(), outcome: { outcome: 'sent' } });
        acknowledged.push(scanId);
      } catch (error) {
        return { acknowledged, code: isTillbridgeError(error) ? error.code : String(error) };
      }
    }
    return { acknowledged, code: 'never' };
  }

  const open = (): Promise<SqliteJournal> =>
    openJournal({ folder: openStateFolder(join(disk, 'state')), clock: systemClock, log: silentLog, processUrl });

  it('refuses entries while it is full, goes on when there is room again, and has all that it acknowledged', async () => {
    const journal = await open();
    const first = await appendUntilRefused(journal, 0);
    expect(first.code).toBe('TB_JOURNAL_UNAVAILABLE');
    expect(first.acknowledged.length).toBeGreaterThan(100);
    expect((await appendUntilRefused(journal, 50_000)).code).toBe('TB_JOURNAL_UNAVAILABLE');

    execFileSync('mount', ['-o', 'remount,size=8m', disk]);
    const second: string[] = [];
    for (let scan = 100_000; scan < 100_100; scan += 1) {
      const scanId = `s${String(scan)}`;
      await journal.append({ type: 'outcome', scanId, reader: 'counter', till: 'front', kind: 'card', time: systemClock.wall(), outcome: { outcome: 'sent' } });
      second.push(scanId);
    }
    const kept = new Set(journal.rows({ limit: 10_000 }).map((row) => row.scanId));
    expect([...first.acknowledged, ...second].filter((scan) => !kept.has(scan))).toEqual([]);
    await journal.close();
    expect(verifyJournal(openStateFolder(join(disk, 'state'))).ok).toBe(true);
  });

  it('refuses entries while it is read-only and goes on when it is not', async () => {
    const journal = await open();
    await journal.append({ type: 'captured', scanId: 's1', reader: 'counter', till: 'front', kind: 'card', time: 1 });
    await journal.close();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const folder = openStateFolderReadOnly();
    const again = await openJournal({ folder, clock: systemClock, log: silentLog, processUrl });
    expect(again.stats.state).toBe('unavailable');
    expect((await appendUntilRefused(again, 0)).code).toBe('TB_JOURNAL_UNAVAILABLE');
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    expect((await again.open()).map(({ scanId }) => scanId)).toEqual(['s1']);
    await again.close();
    expect(verifyJournal(folder)).toEqual({ ok: true, entries: 1 });
  });

  // the folder was opened while the disk could still be written: what happens when it turns read-only under a running daemon
  function openStateFolderReadOnly(): ReturnType<typeof openStateFolder> {
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    const folder = openStateFolder(join(disk, 'state'));
    folder.key('journal.key');
    folder.key('correlation.key');
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    return folder;
  }

  it('tells a state folder on a read-only disk in words', () => {
    writeFileSync(join(disk, 'x'), '');
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(() => openStateFolder(join(disk, 'state'))).toThrow(expect.objectContaining({ code: 'TB_JOURNAL_STATE_FOLDER', message: expect.stringContaining('read-only') as string }) as Error);
  });
});
