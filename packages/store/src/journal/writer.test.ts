import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from './database.js';
import { codeOf, loseFreePages, NOON, scanRows, temporaryFolder, writerOn } from './fixture.js';
import { openJournalReader } from './reader.js';
import { DAY_MS } from './retention.js';
import { verifyJournal } from './verify.js';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.dispose());

/** Scans 1 to `scans`, written one by one and closed cleanly. */
function written(scans: number, checkpointEvery = 10): void {
  const { writer } = writerOn(place.folder, checkpointEvery);
  for (let scan = 1; scan <= scans; scan += 1) writer.append(scanRows(scan, scan), NOON);
  writer.close(NOON);
}

function edit(sql: string): void {
  const db = new DatabaseSync(place.folder.file('journal.db'));
  db.exec(sql);
  db.close();
}

describe('the order of entries', () => {
  it('is that of the calls, with seq rising by one, also after a restart and with a clock set back', () => {
    written(2);
    const { writer } = writerOn(place.folder);
    expect(writer.append(scanRows(3, 3), NOON - 5 * DAY_MS)).toBe(9);
    expect(writer.append(scanRows(1, 1), NOON - 9 * DAY_MS)).toBe(12);
    writer.close(0);
    const rows = openJournalReader(place.folder).rows();
    expect(rows.map((row) => row.seq)).toEqual([3, 6, 9, 12]);
    expect(rows.map((row) => row.scanId)).toEqual(['s1', 's2', 's3', 's1']);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 12 });
  });

  it('does not know of rehearsals, which leave nothing behind', () => {
    const { writer } = writerOn(place.folder);
    writer.rehearse();
    writer.append(scanRows(1, 1), NOON);
    const size = statSync(`${place.folder.file('journal.db')}-wal`).size;
    for (let i = 0; i < 5; i += 1) writer.rehearse();
    expect(statSync(`${place.folder.file('journal.db')}-wal`).size).toBe(size);
    expect(writer.append(scanRows(2, 2), NOON)).toBe(6);
    writer.close(NOON);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 6 });
  });

  it('holds when two writers work on one file', () => {
    const one = writerOn(place.folder, 4).writer;
    const two = writerOn(place.folder, 4).writer;
    for (let scan = 1; scan <= 20; scan += 1) (scan % 2 === 0 ? one : two).append(scanRows(scan, scan), NOON);
    one.close(NOON);
    two.append(scanRows(21, 21), NOON);
    two.close(NOON);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 63 });
  });
});

describe('scans without an outcome', () => {
  it('are found again after a restart, oldest first, wherever the last checkpoint is', () => {
    for (const checkpointEvery of [2, 5, 1000]) {
      const here = temporaryFolder();
      const { writer } = writerOn(here.folder, checkpointEvery);
      const [one, two, , three] = [scanRows(1, 1), scanRows(2, 2), scanRows(3, 3), scanRows(4, 4)];
      writer.append(two.slice(0, 1), NOON);
      writer.append(one.slice(0, 2), NOON);
      writer.append(scanRows(3, 3), NOON);
      writer.append(scanRows(5, 12), NOON);
      writer.append(three.slice(0, 1), NOON);
      const open = writerOn(here.folder).writer.open(NOON);
      expect(open.map(({ scan }) => [scan.scanId, scan.last, scan.deliveryId])).toEqual([
        ['s2', 'captured', undefined],
        ['s1', 'delivering', 'd1'],
        ['s4', 'captured', undefined],
      ]);
      here.dispose();
    }
  });
});

describe('a chain that is broken', () => {
  it('is continued in a new segment, with one warning, and verify goes on naming the first bad entry', () => {
    written(20);
    edit("UPDATE entries SET till = 'other' WHERE seq = 44");
    const { writer, warnings } = writerOn(place.folder);
    writer.open(NOON);
    while (writer.scrub(NOON));
    expect(warnings).toEqual([{ code: 'TB_JOURNAL_BROKEN', params: { seq: 44, problem: 'it was changed' } }]);
    expect(writer.append(scanRows(21, 21), NOON)).toBe(64);
    writer.close(NOON);
    expect(verifyJournal(place.folder)).toEqual({ ok: false, firstBad: { seq: 44, problem: 'changed' } });

    const next = writerOn(place.folder);
    next.writer.open(NOON);
    while (next.writer.scrub(NOON));
    expect(next.warnings).toEqual([]);
    next.writer.close(NOON);
  });

  it('whose tail was cut off goes on behind the numbers that were used, and verify names the missing range', () => {
    written(20);
    edit('DELETE FROM entries WHERE seq > 40; DELETE FROM checkpoints WHERE seq > 40');
    const { writer, warnings } = writerOn(place.folder);
    expect(writer.append(scanRows(21, 21), NOON)).toBe(64);
    expect(warnings).toHaveLength(1);
    writer.close(NOON);
    expect(verifyJournal(place.folder)).toEqual({ ok: false, firstBad: { seq: 41, problem: 'missing' } });
  });

  it('is proved again once the bad part is past its keeping time', () => {
    written(20);
    edit("UPDATE entries SET till = 'other' WHERE seq = 44");
    const { writer } = writerOn(place.folder);
    const later = NOON + 100 * DAY_MS;
    writer.open(later);
    while (writer.scrub(later));
    writer.append(scanRows(21, 21).map((row) => ({ ...row, time: later + DAY_MS })), later + DAY_MS);
    expect(writer.prune(later + 1, later + DAY_MS)).toBe(61);
    writer.close(later);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 3 });
  });
});

describe('a file that cannot be read', () => {
  it('is moved aside under a name with the time, and the journal goes on behind the numbers that were used', () => {
    written(20);
    writeFileSync(place.folder.file('journal.db'), Buffer.alloc(8192, 'x'));
    const { writer, warnings } = writerOn(place.folder);
    writer.open(NOON);
    expect(warnings.map(({ code }) => code)).toEqual(['TB_JOURNAL_MOVED_ASIDE', 'TB_JOURNAL_BROKEN']);
    expect(writer.append(scanRows(21, 21), NOON)).toBe(64);
    writer.close(NOON);
    expect(readdirSync(place.folder.path).filter((name) => name.includes('damaged'))).toEqual(['journal.db.damaged-20260110T090000Z']);
    expect(verifyJournal(place.folder)).toEqual({ ok: false, firstBad: { seq: 1, problem: 'damaged' } });
  });
});

describe('a file that can be read and takes no entry', () => {
  it('is moved aside, and the entries that met it are written behind the numbers that were used', () => {
    written(20, 512);
    loseFreePages(place.folder);
    const { writer, warnings } = writerOn(place.folder);
    expect(writer.open(NOON)).toEqual([]);
    expect(warnings).toEqual([]);
    expect(writer.append(scanRows(21, 60), NOON)).toBe(60 + 1 + 120);
    expect(warnings.map(({ code }) => code)).toEqual(['TB_JOURNAL_MOVED_ASIDE', 'TB_JOURNAL_BROKEN']);
    writer.close(NOON);
    expect(readdirSync(place.folder.path).filter((name) => name.includes('damaged'))).toEqual(['journal.db.damaged-20260110T090000Z']);
    expect(verifyJournal(place.folder)).toEqual({ ok: false, firstBad: { seq: 1, problem: 'damaged' } });
    const reader = openJournalReader(place.folder);
    expect(reader.rows({ limit: 1000 })).toHaveLength(40);
    reader.close();
  });

  it('takes the scans without an outcome along, and numbers that no checkpoint tells of', () => {
    const { writer, warnings } = writerOn(place.folder);
    const [captured, delivering, ended] = scanRows(1, 1);
    writer.append(scanRows(2, 30), NOON);
    writer.append([captured!, delivering!], NOON);
    writer.close(NOON);
    loseFreePages(place.folder);
    const next = writerOn(place.folder);
    expect(next.writer.open(NOON)).toHaveLength(1);
    next.writer.append(scanRows(31, 90), NOON);
    expect(next.writer.append([{ ...ended!, owed: true }], NOON)).toBe(89 + 1 + 180 + 1);
    expect(next.writer.append([{ ...ended!, owed: true }], NOON)).toBe(89 + 1 + 180 + 1);
    next.writer.close(NOON);
    expect([warnings.length, next.warnings.length]).toEqual([0, 2]);
  });

  it('is opened anew first, for it may only have been misread', () => {
    written(20);
    const whole = readFileSync(place.folder.file('journal.db'));
    loseFreePages(place.folder);
    const { writer, warnings } = writerOn(place.folder);
    writer.open(NOON);
    writeFileSync(place.folder.file('journal.db'), whole);
    expect(writer.append(scanRows(21, 60), NOON)).toBe(60 + 120);
    expect(warnings).toEqual([]);
    writer.close(NOON);
  });
});

describe('the version of the schema', () => {
  it('of a newer Tillbridge is refused, and the file left alone', () => {
    written(1);
    edit(`PRAGMA user_version = ${String(SCHEMA_VERSION + 1)}`);
    const before = readFileSync(place.folder.file('journal.db'));
    expect(() => writerOn(place.folder).writer.open(NOON)).toThrow(expect.objectContaining({ code: 'TB_JOURNAL_NEWER' }) as Error);
    expect(() => verifyJournal(place.folder)).toThrow(expect.objectContaining({ code: 'TB_JOURNAL_NEWER' }) as Error);
    expect(() => openJournalReader(place.folder).rows()).toThrow(expect.objectContaining({ code: 'TB_JOURNAL_NEWER' }) as Error);
    expect(readFileSync(place.folder.file('journal.db')).equals(before)).toBe(true);
  });

  it('is brought up to date from a file that was created and not filled', () => {
    writeFileSync(place.folder.file('journal.db'), '');
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 0 });
    expect(openJournalReader(place.folder).rows()).toEqual([]);
    written(1);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 3 });
  });
});

describe('pruning', () => {
  const day = (scan: number): number => NOON + scan * DAY_MS;
  const daily = (from: number, to: number): ReturnType<typeof scanRows> =>
    scanRows(from, to).map((row, at) => ({ ...row, time: day(from + Math.floor(at / 3)) }));

  it('deletes what is older, keeps the rest provable, and goes on from there', () => {
    const { writer } = writerOn(place.folder, 10);
    writer.append(daily(1, 30), day(30));
    expect(writer.prune(day(11), day(30))).toBe(30);
    expect(writer.prune(day(11), day(30))).toBe(0);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 60 });
    writer.append(daily(31, 31), day(31));
    expect(writer.prune(day(99), day(31))).toBe(63);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 0 });
    writer.close(day(31));
    const again = writerOn(place.folder);
    expect(again.writer.append(daily(32, 32), day(32))).toBe(96);
    again.writer.close(day(32));
    expect(again.warnings).toEqual([]);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 3 });
  });

  it('never deletes a scan without an outcome', () => {
    const { writer } = writerOn(place.folder);
    writer.append([...daily(1, 2), ...daily(3, 3).slice(0, 1), ...daily(4, 6)], day(6));
    expect(writer.prune(day(100), day(6))).toBe(6);
    expect(writer.open(day(6)).map(({ scan }) => scan.scanId)).toEqual(['s3']);
  });

  it('deletes nothing on the word of a clock that was set back, and is not stopped by entries that it dated in the future', () => {
    const { writer } = writerOn(place.folder);
    writer.append(daily(1, 9), day(9));
    expect(writer.prune(day(-5), day(-4))).toBe(0);
    writer.append(scanRows(500, 500).map((row) => ({ ...row, time: day(5000) })), day(9));
    writer.append(daily(10, 10), day(10));
    expect(writer.prune(day(10), day(10))).toBe(30);
  });

  it('works in pieces, each whole in itself', () => {
    const { writer } = writerOn(place.folder);
    writer.append(daily(1, 1500), day(1500));
    expect(writer.prune(day(1400), day(1500))).toBe(2000);
    expect(verifyJournal(place.folder).ok).toBe(true);
    expect(writer.prune(day(1400), day(1500))).toBe(2000);
    expect(writer.prune(day(1400), day(1500))).toBe(197);
    expect(writer.prune(day(1400), day(1500))).toBe(0);
    writer.close(day(1500));
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 303 });
  });
});

describe('what is on the disk', () => {
  it('is for the owner alone and holds no code and no number', () => {
    const { writer } = writerOn(place.folder);
    for (let scan = 1; scan <= 50; scan += 1) writer.append(scanRows(scan, scan), NOON);
    for (const name of ['journal.db', 'journal.db-wal']) {
      const path = place.folder.file(name);
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
      const content = readFileSync(path, 'latin1');
      for (let scan = 1; scan <= 50; scan += 1) expect(content.includes(codeOf(scan).slice(-8))).toBe(false);
    }
    expect(existsSync(place.folder.keyFile('journal.head'))).toBe(true);
  });

  it('does not grow its log without bound', () => {
    const { writer } = writerOn(place.folder);
    for (let scan = 1; scan <= 800; scan += 1) {
      writer.append(scanRows(scan, scan), NOON);
      writer.tidy(NOON);
    }
    expect(statSync(place.folder.file('journal.db-wal')).size).toBeLessThan(4 * 1024 * 1024);
    writer.close(NOON);
  });
});
