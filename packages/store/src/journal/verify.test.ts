import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isTillbridgeError } from '@tillbridge/core';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stateFolderAt, type StateFolder } from '../state/state-folder.js';
import { contentOf, NOON, scanRows, temporaryFolder, writerOn } from './fixture.js';
import { verifyJournal } from './verify.js';

const SCANS = 40;
const ENTRIES = SCANS * 3;

let place: ReturnType<typeof temporaryFolder>;
let copy: StateFolder;

// 120 entries, a checkpoint at least every 10, pruned at the front so that there is an anchor, closed cleanly.
function build(): void {
  const { writer } = writerOn(place.folder, 10);
  writer.open(NOON);
  for (let scan = 1; scan <= SCANS; scan += 1) {
    writer.append(scanRows(scan, scan), NOON);
    writer.tidy(NOON);
  }
  writer.prune(NOON + 6, NOON);
  writer.close(NOON);
}

const fresh = (): void => {
  rmSync(copy.path, { recursive: true, force: true });
  cpSync(place.folder.path, copy.path, { recursive: true });
};

const edit = (sql: string, ...params: (string | number | null)[]): void => {
  const db = new DatabaseSync(copy.file('journal.db'));
  db.prepare(sql).run(...params);
  db.close();
};

const isFound = (): boolean => !verifyJournal(copy).ok;

beforeAll(() => {
  place = temporaryFolder();
  build();
  copy = stateFolderAt(join(place.folder.path, '..', 'copy'));
});
afterAll(() => place.dispose());
beforeEach(fresh);

describe('a whole journal', () => {
  it('is proved, with the number of its entries', () => {
    expect(verifyJournal(copy)).toEqual({ ok: true, entries: ENTRIES - 15 });
  });

  it('is proved while it is being written', () => {
    const { writer } = writerOn(copy, 10);
    for (let scan = 100; scan < 110; scan += 1) {
      writer.append(scanRows(scan, scan), NOON);
      expect(verifyJournal(copy).ok).toBe(true);
      writer.tidy(NOON);
      expect(verifyJournal(copy).ok).toBe(true);
    }
    writer.close(NOON);
  });

  it('has no entries before there is one', () => {
    const empty = stateFolderAt(join(place.folder.path, '..', 'nothing'));
    expect(verifyJournal(empty)).toEqual({ ok: true, entries: 0 });
    expect(existsSync(empty.path)).toBe(false);
  });
});

describe('what somebody changes is found', () => {
  const columns = ['seq', 'time', 'type', 'scan_id', 'delivery_id', 'reader', 'till', 'kind', 'code', 'code_hash', 'number', 'number_hash', 'outcome', 'reason', 'evidence', 'prev', 'hash'];
  const seqs = fc.integer({ min: 16, max: ENTRIES });

  it.each(columns)('a changed %s', (column) => {
    fc.assert(
      fc.property(seqs, fc.boolean(), (seq, clear) => {
        fresh();
        const value = ['seq', 'time'].includes(column) ? `${column} + 1000` : ['prev', 'hash'].includes(column) ? "x'00'" : clear ? 'NULL' : `coalesce(${column}, '') || 'x'`;
        const before = contentOf(new DatabaseSync(copy.file('journal.db'), { readOnly: true }));
        try {
          edit(`UPDATE entries SET ${column} = ${value} WHERE seq = ?`, seq);
        } catch {
          return; // the schema does not even allow it
        }
        if (contentOf(new DatabaseSync(copy.file('journal.db'), { readOnly: true })) !== before) expect(isFound()).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('names the first of several', () => {
    edit("UPDATE entries SET till = 'other' WHERE seq IN (50, 31, 77)");
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: 31, problem: 'changed' } });
  });

  it.each([16, 17, 60, ENTRIES - 1, ENTRIES])('a removed entry: %i', (seq) => {
    edit('DELETE FROM entries WHERE seq = ?', seq);
    expect(isFound()).toBe(true);
  });

  it('two entries that changed places', () => {
    edit('UPDATE entries SET seq = CASE seq WHEN 40 THEN -41 ELSE -40 END WHERE seq IN (40, 41)');
    edit('UPDATE entries SET seq = -seq WHERE seq < 0');
    expect(verifyJournal(copy)).toMatchObject({ ok: false, firstBad: { seq: 40 } });
  });

  it('an entry that was added behind the last, as a copy of it', () => {
    const names = columns.slice(1, -2).join(', ');
    edit(`INSERT INTO entries (seq, ${names}, prev, hash) SELECT seq + 1, ${names}, hash, hash FROM entries WHERE seq = ?`, ENTRIES);
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: ENTRIES + 1, problem: 'changed' } });
  });

  it.each([
    ['seq', 'seq + 1'],
    ['hash', "x'00'"],
    ['previous', 'previous + 1'],
    ['open_from', 'open_from + 1'],
    ['mac', "x'00'"],
  ])('an edited checkpoint: %s', (column, value) => {
    for (const which of ['min(seq)', 'max(seq)']) {
      fresh();
      edit(`UPDATE checkpoints SET ${column} = ${value} WHERE seq = (SELECT ${which} FROM checkpoints)`);
      expect(isFound()).toBe(true);
    }
  });

  it('a removed checkpoint, the first, one in between, or the last', () => {
    for (const where of ['seq = (SELECT min(seq) FROM checkpoints)', 'seq = (SELECT max(seq) FROM checkpoints)', 'seq = (SELECT seq FROM checkpoints ORDER BY seq LIMIT 1 OFFSET 3)']) {
      fresh();
      edit(`DELETE FROM checkpoints WHERE ${where}`);
      expect(isFound()).toBe(true);
    }
  });

  it.each(['DELETE FROM anchor', 'UPDATE anchor SET seq = seq + 1', "UPDATE anchor SET mac = x'00'", "UPDATE anchor SET hash = x'00'"])('the anchor: %s', (sql) => {
    edit(sql);
    expect(isFound()).toBe(true);
  });

  it('more of the front deleted than the anchor says', () => {
    edit('DELETE FROM entries WHERE seq <= 30');
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: 16, problem: 'missing' } });
  });

  it('the tail cut off before the last checkpoint, with the checkpoints that stood there', () => {
    edit('DELETE FROM entries WHERE seq > 100');
    edit('DELETE FROM checkpoints WHERE seq > 100');
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: 101, problem: 'missing' } });
  });

  it('an index that no longer says what the entries say', () => {
    // `defensive` keeps newer Nodes from this kind of surgery; older ones do not know the option
    const options: object = { defensive: false };
    const db = new DatabaseSync(copy.file('journal.db'), options);
    db.exec(`PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'type = ''outcome''', 'type = ''captured''') WHERE name = 'outcomes'`);
    db.close();
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: 0, problem: 'damaged' } });
  });

  it('the whole journal deleted', () => {
    rmSync(copy.file('journal.db'));
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: 1, problem: 'missing' } });
  });

  it('the head changed or removed', () => {
    rmSync(copy.keyFile('journal.head'));
    expect(isFound()).toBe(true);
    fresh();
    const head = readFileSync(copy.keyFile('journal.head'), 'latin1');
    writeFileSync(copy.keyFile('journal.head'), head.replace(/ \d+ /, ' 90 '));
    expect(isFound()).toBe(true);
    writeFileSync(copy.keyFile('journal.head'), '');
    expect(isFound()).toBe(true);
  });

  it('the key removed, or another one put in its place', () => {
    rmSync(copy.keyFile('journal.key'));
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: 1, problem: 'keyMissing' } });
    copy.key('journal.key');
    expect(isFound()).toBe(true);
  });
});

describe('a bit that flips anywhere in the file', () => {
  const bytes = (): Buffer => readFileSync(copy.file('journal.db'));
  // anywhere, and in the header, of which every byte decides something
  const spot = fc.oneof({ weight: 3, arbitrary: fc.double({ min: 0, max: 0.999_999, noNaN: true }) }, { weight: 1, arbitrary: fc.double({ min: 0, max: 0.001, noNaN: true }) });
  const flipped = fc.record({ place: spot, bit: fc.integer({ min: 0, max: 7 }) });
  const flip = ({ place: at, bit }: { place: number; bit: number }): void => {
    const content = bytes();
    const index = Math.floor(at * content.byteLength);
    content.writeUInt8(content.readUInt8(index) ^ (1 << bit), index);
    writeFileSync(copy.file('journal.db'), content);
  };
  const content = (): string => {
    const db = new DatabaseSync(copy.file('journal.db'), { readOnly: true });
    try {
      return contentOf(db);
    } finally {
      db.close();
    }
  };

  it('is found, or has changed nothing that the journal says', () => {
    const whole = content();
    fc.assert(
      fc.property(flipped, (where) => {
        fresh();
        flip(where);
        try {
          if (isFound()) return;
        } catch (error) {
          expect(isTillbridgeError(error)).toBe(true);
          return;
        }
        expect(content()).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('never keeps the journal from opening and taking entries', () => {
    fc.assert(
      fc.property(flipped, (where) => {
        fresh();
        flip(where);
        const { writer } = writerOn(copy, 10);
        try {
          writer.open(NOON);
        } catch (error) {
          // the version number itself: a newer journal is left alone
          expect(error).toMatchObject({ code: 'TB_JOURNAL_NEWER' });
          return;
        }
        const seq = writer.append(scanRows(200, 200), NOON);
        expect(seq).toBeGreaterThan(ENTRIES);
        while (writer.scrub(NOON));
        writer.close(NOON);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file that is cut at any byte, as a disk leaves it that lost its end', () => {
  // a step that meets every kind of place: within records, at their edges and at those of pages
  const places = (count: number): number[] => Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) / count) * readFileSync(place.folder.file('journal.db')).byteLength));
  const cut = (length: number): void => {
    fresh();
    writeFileSync(copy.file('journal.db'), readFileSync(copy.file('journal.db')).subarray(0, length));
  };

  it('is found: the proof itself never fails', () => {
    for (const length of places(100)) {
      cut(length);
      expect([length, verifyJournal(copy).ok]).toEqual([length, false]);
    }
  });

  it('never keeps the journal from opening and taking entries', () => {
    for (const length of places(20)) {
      cut(length);
      const { writer, warnings } = writerOn(copy, 10);
      writer.open(NOON);
      expect(writer.append(scanRows(200, 200), NOON)).toBeGreaterThan(ENTRIES);
      while (writer.scrub(NOON));
      writer.close(NOON);
      expect(warnings.map(({ code }) => code)).toContain('TB_JOURNAL_BROKEN');
      expect(isFound()).toBe(true);
    }
  });
});

describe('an entry whose number in the tree was turned back', () => {
  let long: ReturnType<typeof temporaryFolder>;
  const PAGE = 1000;

  /** Turns entry 1000, the last of the first page that is read, into entry 104, in its place: in the cell of a leaf its number follows its length. */
  function turnBack(file: string): void {
    const bytes = readFileSync(file);
    const cell = Array.from({ length: bytes.length - 200 }, (_, at) => at + 2).filter(
      (at) => bytes[at] === 0x87 && bytes[at + 1] === 0x68 && (bytes[at - 2]! & 0x80) !== 0 && bytes.toString('latin1', at, at + 120).includes('s334'),
    );
    expect(cell).toHaveLength(1);
    bytes[cell[0]!] = 0x80;
    writeFileSync(file, bytes);
  }

  beforeEach(() => {
    long = temporaryFolder();
    const { writer } = writerOn(long.folder);
    writer.open(NOON);
    for (let scan = 1; scan <= 400; scan += 40) writer.append(scanRows(scan, scan + 39), NOON);
    writer.close(NOON);
    turnBack(long.folder.file('journal.db'));
  });
  afterEach(() => long.dispose());

  it('is found, and does not send the proof round for ever', () => {
    expect(verifyJournal(long.folder)).toEqual({ ok: false, firstBad: { seq: 104, problem: 'missing' } });
  });

  it('does not keep the journal from opening and taking entries', () => {
    const { writer } = writerOn(long.folder);
    writer.open(NOON);
    while (writer.scrub(NOON));
    expect(writer.append(scanRows(500, 500), NOON)).toBeGreaterThan(PAGE);
    writer.close(NOON);
    expect(verifyJournal(long.folder).ok).toBe(false);
  });
});

describe('a number that no number can hold', () => {
  it('is damage, found by the proof, and no reason to refuse new entries', () => {
    fresh();
    edit('UPDATE entries SET time = 9223372036854775807 WHERE seq = 44');
    expect(isFound()).toBe(true);
    const { writer } = writerOn(copy, 10);
    writer.open(NOON);
    while (writer.scrub(NOON));
    expect(writer.append(scanRows(200, 200), NOON)).toBeGreaterThan(ENTRIES);
    writer.close(NOON);
    expect(isFound()).toBe(true);
  });
});

describe('a file that is no database', () => {
  afterEach(() => rmSync(copy.path, { recursive: true, force: true }));

  it('is named as damaged', () => {
    mkdirSync(copy.path, { recursive: true });
    writeFileSync(copy.file('journal.db'), 'this is not a database, whatever its name says'.repeat(200));
    expect(verifyJournal(copy)).toEqual({ ok: false, firstBad: { seq: 0, problem: 'damaged' } });
  });

  it('cut short in the middle is found', () => {
    copyFileSync(place.folder.file('journal.db'), copy.file('journal.db'));
    const content = readFileSync(copy.file('journal.db'));
    writeFileSync(copy.file('journal.db'), content.subarray(0, Math.floor(content.byteLength / 2)));
    expect(isFound()).toBe(true);
  });
});
