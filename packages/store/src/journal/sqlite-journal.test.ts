import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { isTillbridgeError, silentLog, systemClock, type Log, type LogFields } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { captured, codeOf, delivering, ended, loseFreePages, NOON, temporaryFolder } from './fixture.js';
import { openJournalReader, rowStatement } from './reader.js';
import { openJournal, type JournalOptions, type SqliteJournal } from './sqlite-journal.js';
import { verifyJournal } from './verify.js';

const processUrl = new URL('../../dist/journal-process.js', import.meta.url);

let place: ReturnType<typeof temporaryFolder>;
let journals: SqliteJournal[];
let lines: { readonly event: string; readonly fields: LogFields }[];

const log: Log = {
  ...silentLog,
  warn: (event, fields = {}) => lines.push({ event, fields }),
  error: (event, fields = {}) => lines.push({ event, fields }),
};

async function journalOf(options: Partial<JournalOptions> = {}): Promise<SqliteJournal> {
  const journal = await openJournal({ folder: place.folder, clock: systemClock, log, processUrl, ...options });
  journals.push(journal);
  return journal;
}

const codeOfError = (error: unknown): string => (isTillbridgeError(error) ? error.code : String(error));
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'not refused', codeOfError);

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error('it did not happen within 10 s');
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

beforeEach(() => {
  place = temporaryFolder();
  journals = [];
  lines = [];
});
afterEach(async () => {
  await Promise.all(journals.map((journal) => journal.close()));
  place.dispose();
});

describe('the journal as a port', () => {
  it('has an entry on disk when append resolves', async () => {
    const journal = await journalOf();
    await journal.append(captured(1));
    const other = new DatabaseSync(place.folder.file('journal.db'), { readOnly: true });
    expect(other.prepare('SELECT scan_id, type FROM entries').all()).toEqual([{ scan_id: 's1', type: 'captured' }]);
    other.close();
  });

  it('keeps the order of the calls, and lets those of one turn share a commit', async () => {
    const journal = await journalOf();
    await Promise.all(Array.from({ length: 300 }, (_, scan) => journal.append(ended(scan))));
    expect(journal.rows().map((row) => row.scanId)).toEqual(Array.from({ length: 300 }, (_, scan) => `s${String(scan)}`));
    expect(journal.stats).toMatchObject({ state: 'ready', appended: 300, lastSeq: 300, pending: 0 });
  });

  it('lists what an earlier process left open, oldest first, and ends it with its masks', async () => {
    const first = await journalOf();
    await first.append(captured(1));
    await first.append(captured(2));
    await first.append(delivering(2));
    await first.append(captured(3));
    await first.append(ended(3));
    expect(await first.open()).toEqual([]);
    await first.close();

    const second = await journalOf();
    const open = await second.open();
    expect(open.map(({ scanId, last }) => [scanId, last])).toEqual([
      ['s1', 'captured'],
      ['s2', 'delivering'],
    ]);
    await second.settle(open[0]!, { outcome: 'expired', reason: 'restart' });
    await second.settle(open[1]!, { outcome: 'unknown' });
    expect(second.rows({ afterSeq: 5 })).toMatchObject([
      { scanId: 's1', outcome: 'expired', reason: 'restart', code: `****${codeOf(1).slice(-4)}`, number: null },
      { scanId: 's2', outcome: 'unknown', code: `****${codeOf(2).slice(-4)}`, number: `****${codeOf(2).slice(-4)}` },
    ]);
    await second.close();
    expect(await (await journalOf()).open()).toEqual([]);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 7 });
  });

  it('makes what is under way durable before it closes, and takes nothing afterwards', async () => {
    const journal = await journalOf();
    const last = journal.append(ended(1));
    await journal.close();
    await last;
    expect(await refusal(journal.append(ended(2)))).toBe('TB_JOURNAL_UNAVAILABLE');
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 1 });
  });

  it('signs a checkpoint when nothing came for a while', async () => {
    const journal = await journalOf({ idleMs: 5 });
    const head = place.folder.keyFile('journal.head');
    const before = readFileSync(head, 'latin1');
    await journal.append(ended(1));
    await until(() => readFileSync(head, 'latin1') !== before);
    expect(readFileSync(head, 'latin1')).toContain(' 1 ');
  });
});

describe('rows', () => {
  it('come by time, outcome, number and place', async () => {
    const journal = await journalOf();
    const outcomes = ['sent', 'notFound', 'applied'] as const;
    for (let scan = 0; scan < 30; scan += 1) void journal.append(ended(scan, outcomes[scan % 3], NOON + scan * 1000));
    await journal.append(captured(99));
    const scans = (query: Parameters<typeof journal.rows>[0]): string[] => journal.rows(query).map((row) => row.scanId);
    expect(scans({ limit: 2 })).toEqual(['s28', 's29']);
    expect(scans({ since: NOON + 27_000 })).toEqual(['s27', 's28', 's29']);
    expect(scans({ outcome: 'notFound', limit: 2 })).toEqual(['s25', 's28']);
    expect(scans({ outcome: 'notFound', since: NOON + 27_000 })).toEqual(['s28']);
    expect(scans({ afterSeq: 28 })).toEqual(['s28', 's29']);
    expect(scans({ afterSeq: 0, limit: 2 })).toEqual(['s0', 's1']);
    expect(scans({ afterSeq: 0, limit: 2, outcome: 'applied', since: NOON + 3000 })).toEqual(['s5', 's8']);
    expect(journal.rows({ limit: 1 })).toEqual([
      { seq: 30, time: '2026-01-10T09:00:29.000Z', scanId: 's29', reader: 'counter', till: 'front', kind: 'card', code: '****0029', number: '****0029', outcome: 'applied', evidence: 'read' },
    ]);
  });

  it('of a follower cost no scan of the table', async () => {
    const journal = await journalOf();
    await journal.append(ended(1));
    const db = new DatabaseSync(place.folder.file('journal.db'), { readOnly: true });
    const plan = (query: Parameters<typeof rowStatement>[0]): string => {
      const { sql, params } = rowStatement(query);
      return db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params).map((row) => String(row['detail'])).join('; ');
    };
    expect(plan({ afterSeq: 5 })).toMatch(/INTEGER PRIMARY KEY \(rowid>\?\)/);
    expect(plan({ since: 5, outcome: 'sent' })).toMatch(/COVERING INDEX outcomes/);
    db.close();
  });

  it('can be read without a journal and without a daemon', async () => {
    const reader = openJournalReader(place.folder);
    expect(reader.rows()).toEqual([]);
    await (await journalOf()).append(ended(1));
    expect(reader.rows()).toHaveLength(1);
    await journals[0]!.close();
    reader.close();
    expect(openJournalReader(place.folder).rows()).toHaveLength(1);
  });
});

describe('a journal that cannot be written', () => {
  it('refuses what does not fit its queue', async () => {
    const journal = await journalOf({ maxPending: 50 });
    const results = await Promise.all(Array.from({ length: 60 }, (_, scan) => refusal(journal.append(ended(scan)))));
    expect(results.filter((result) => result === 'TB_JOURNAL_UNAVAILABLE')).toHaveLength(10);
    expect(await refusal(journal.append(ended(99)))).toBe('not refused');
  });

  it('opens, refuses entries with one line in the log, and works again when the disk does', async () => {
    // a folder in the place of the file: no rights are needed to make SQLite fail, and none to mend it
    mkdirSync(place.folder.file('journal.db'));
    const journal = await journalOf();
    expect(journal.stats.state).toBe('unavailable');
    expect(await refusal(journal.append(ended(1)))).toBe('TB_JOURNAL_UNAVAILABLE');
    expect(await refusal(journal.append(ended(2)))).toBe('TB_JOURNAL_UNAVAILABLE');
    expect(await refusal(journal.open())).toBe('TB_JOURNAL_UNAVAILABLE');
    expect(lines.filter(({ event }) => event === 'the journal cannot be written')).toHaveLength(1);
    rmSync(place.folder.file('journal.db'), { recursive: true });
    await journal.append(ended(3));
    expect(journal.stats).toMatchObject({ state: 'ready', appended: 1, refused: 2 });
    expect(await journal.open()).toEqual([]);
  });

  it('does not wait for a lock for longer than its budget', async () => {
    const journal = await journalOf({ appendTimeoutMs: 200 });
    const other = new DatabaseSync(place.folder.file('journal.db'));
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    expect(await refusal(journal.append(ended(1)))).toBe('TB_JOURNAL_UNAVAILABLE');
    expect(performance.now() - start).toBeLessThan(15_000);
    other.exec('ROLLBACK');
    other.close();
    // the next one has its budget too, which a busy machine may use up
    const end = performance.now() + 10_000;
    let next = await refusal(journal.append(ended(2)));
    while (next !== 'not refused' && performance.now() < end) next = await refusal(journal.append(ended(2)));
    expect(next).toBe('not refused');
    expect(verifyJournal(place.folder).ok).toBe(true);
  });

  it('does not open a newer one', async () => {
    await (await journalOf()).close();
    const db = new DatabaseSync(place.folder.file('journal.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(await refusal(journalOf())).toBe('TB_JOURNAL_NEWER');
  });
});

describe('its process', () => {
  it('is started again when it dies; what was under way is refused', async () => {
    // dies at its first append, and is the real one when it is started again
    const mortal = place.folder.file('mortal.mjs');
    writeFileSync(
      mortal,
      `import { existsSync, writeFileSync } from 'node:fs';
       import { createInterface } from 'node:readline';
       const died = ${JSON.stringify(place.folder.file('died'))};
       if (existsSync(died)) await import(${JSON.stringify(processUrl.href)});
       else createInterface({ input: process.stdin }).on('line', (line) => {
         const { type, id } = JSON.parse(line);
         if (id === undefined) return;
         if (type !== 'append') return console.log(JSON.stringify({ type: 'done', id, value: type === 'open' ? [] : false }));
         writeFileSync(died, '');
         process.exit(3);
       });`,
    );
    const journal = await journalOf({ processUrl: pathToFileURL(mortal), random: () => 0 });
    expect(await refusal(journal.append(ended(1)))).toBe('TB_JOURNAL_UNAVAILABLE');
    expect(journal.stats.state).toBe('unavailable');
    expect(await refusal(journal.append(ended(2)))).toBe('TB_JOURNAL_UNAVAILABLE');
    await until(() => journal.stats.restarts === 1);
    await journal.append(ended(3));
    expect(journal.rows().map((row) => row.scanId)).toEqual(['s3']);
    expect(journal.stats).toMatchObject({ state: 'ready', refused: 2, pending: 0 });
    expect(lines).toHaveLength(1);
  });

  it('that died takes no outcome along: it is written when there is one again, though whoever waited was told', async () => {
    // the real one; dies at the first outcome that it reads, and is the real one for ever after
    const mortal = place.folder.file('mortal.mjs');
    writeFileSync(
      mortal,
      `import fs, { existsSync, writeFileSync } from 'node:fs';
       import { syncBuiltinESMExports } from 'node:module';
       const died = ${JSON.stringify(place.folder.file('died'))};
       const real = fs.readSync;
       fs.readSync = (fd, buffer, ...rest) => {
         const count = real(fd, buffer, ...rest);
         if (existsSync(died) || !buffer.toString('latin1', 0, count).includes('"type":"outcome"')) return count;
         writeFileSync(died, '');
         process.kill(process.pid, 'SIGKILL');
       };
       syncBuiltinESMExports();
       await import(${JSON.stringify(processUrl.href)});`,
    );
    const journal = await journalOf({ processUrl: pathToFileURL(mortal), random: () => 0 });
    await journal.append(captured(1));
    await journal.append(delivering(1));
    expect(await refusal(journal.append(ended(1)))).toBe('TB_JOURNAL_UNAVAILABLE');
    await until(() => journal.rows().some(({ scanId, outcome }) => scanId === 's1' && outcome === 'sent'));
    expect(await journal.open()).toEqual([]);
    await journal.close();
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 3 });
  });

  it('whose file is missing is reported, and does not take the process along', async () => {
    const journal = await journalOf({ processUrl: pathToFileURL(place.folder.file('nothing.mjs')) });
    expect(journal.stats.state).toBe('unavailable');
    expect(await refusal(journal.append(ended(1)))).toBe('TB_JOURNAL_UNAVAILABLE');
  });
});

describe('at the start', () => {
  it('a broken chain is reported once and work goes on in a new segment', async () => {
    const first = await journalOf();
    for (let scan = 1; scan <= 20; scan += 1) await first.append(ended(scan));
    await first.close();
    const db = new DatabaseSync(place.folder.file('journal.db'));
    db.exec("UPDATE entries SET reason = 'nothing' WHERE seq = 7");
    db.close();
    const second = await journalOf();
    await until(() => lines.length > 0);
    expect(lines.map(({ fields }) => codeOfError(fields['error']))).toEqual(['TB_JOURNAL_BROKEN']);
    await second.append(ended(21));
    expect(second.stats.lastSeq).toBe(22);
    expect(verifyJournal(place.folder)).toEqual({ ok: false, firstBad: { seq: 7, problem: 'changed' } });
  });

  it('a file that takes no entry any more is moved aside by the entry that meets it, and what is read is the new one', async () => {
    const first = await journalOf();
    for (let scan = 1; scan <= 20; scan += 1) for (const entry of [captured(scan), delivering(scan), ended(scan)]) await first.append(entry);
    await first.close();
    loseFreePages(place.folder);

    const journal = await journalOf();
    expect(journal.rows()).toHaveLength(20);
    expect(lines).toEqual([]);
    for (let scan = 21; scan <= 60; scan += 1) for (const entry of [captured(scan), delivering(scan), ended(scan)]) await journal.append(entry);
    expect(lines.map(({ event, fields }) => [event, codeOfError(fields['error'])])).toEqual([
      ['the journal needs attention', 'TB_JOURNAL_MOVED_ASIDE'],
      ['the journal needs attention', 'TB_JOURNAL_BROKEN'],
    ]);
    expect(journal.rows().at(-1)?.scanId).toBe('s60');
    expect(journal.stats).toMatchObject({ state: 'ready', refused: 0, appended: 120 });
  });

  it('prunes on demand and keeps the rest provable', async () => {
    const journal = await journalOf();
    await journal.append(ended(1, 'sent', 1000));
    await journal.append(ended(2, 'sent', systemClock.wall()));
    expect(await journal.prune('forever')).toBe(0);
    expect(await journal.prune(90)).toBe(1);
    expect(journal.rows().map((row) => row.scanId)).toEqual(['s2']);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 1 });
  });

  it('nothing of it is open to other users', async () => {
    await (await journalOf()).append(ended(1));
    if (process.platform === 'win32') return;
    for (const path of [place.folder.file('journal.db'), place.folder.keyFile('journal.key'), place.folder.keyFile('correlation.key'), place.folder.keyFile('journal.head')]) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
  });
});
