import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isTillbridgeError } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { NOON, temporaryFolder, writerOn } from './fixture.js';
import { verifyJournal } from './verify.js';

/** All of them where the system suites run; a sample in the quick run. */
const RUNS = process.env['TILLBRIDGE_REQUIRE'] === 'all' ? 24 : 8;

// The built package in a process of its own, killed while it writes. It prints each scan's id once its entries are acknowledged.
const store = new URL('../../dist/index.js', import.meta.url).href;
const core = new URL('../../../core/dist/index.js', import.meta.url).href;
const WRITER = `
  const [{ openJournal, openStateFolder }, { silentLog, systemClock, Masked }, { writeSync }] =
    await Promise.all([import(${JSON.stringify(store)}), import(${JSON.stringify(core)}), import('node:fs')]);
  const [path, run, lanes] = process.argv.slice(1);
  const journal = await openJournal({ folder: openStateFolder(path), clock: systemClock, log: silentLog, checkpointEvery: 7, idleMs: 1 });
  const lane = async (name) => {
    for (let n = 0; ; n += 1) {
      const base = { scanId: run + '-' + name + '-' + n, reader: 'r', till: 't', kind: 'card', time: Date.now(), code: new Masked('98000000000000' + n) };
      await journal.append({ type: 'captured', ...base });
      writeSync(1, 'captured ' + base.scanId + '\\n');
      await journal.append({ type: 'outcome', outcome: { outcome: 'sent' }, ...base });
      writeSync(1, 'outcome ' + base.scanId + '\\n');
      if (n % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 3));
    }
  };
  // entries written ahead of a scan, of which some turn out to be none
  const ahead = async (name) => {
    for (let n = 0; ; n += 1) {
      const base = { scanId: run + '-' + name + '-' + n, reader: 'r', till: 't', kind: 'card', time: Date.now(), code: new Masked('98000000000000' + n) };
      const deliveryId = 'd-' + base.scanId;
      const both = Promise.all([journal.append({ type: 'captured', ...base }), journal.append({ type: 'delivering', ...base, deliveryId, number: new Masked('29000000000000' + n) })]);
      for (let turn = 0; turn < n % 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (n % 3 === 2) {
        await Promise.all([both, journal.append({ type: 'discarded', ...base, deliveryId })]);
        writeSync(1, 'captured ' + base.scanId + '\\ndelivering ' + base.scanId + '\\ndiscarded ' + base.scanId + '\\n');
        continue;
      }
      await both;
      writeSync(1, 'captured ' + base.scanId + '\\ndelivering ' + base.scanId + '\\n');
    }
  };
  await Promise.all([...lanes.split('').map(lane), ahead('p')]);`;

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.dispose());

/** Every other run has nobody beside the entries written ahead. Lets the writer run until it has acknowledged `acknowledgements` entries, kills it there and then, and returns all of them. */
function writeUntilKilled(run: number, acknowledgements: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', WRITER, place.folder.path, String(run), run % 2 === 0 ? '' : 'abc'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => {
      acknowledged.push(line);
      if (acknowledged.length === acknowledgements) child.kill('SIGKILL');
    });
    lines.once('close', () => resolve(acknowledged));
  });
}

describe('a daemon killed while it writes', () => {
  it('has lost nothing that it acknowledged, and its chain is whole: again and again on one journal', { timeout: 120_000 }, async () => {
    const acknowledged: string[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      acknowledged.push(...(await writeUntilKilled(run, 1 + ((run * 37) % 90))));
      const verdict = verifyJournal(place.folder);
      expect(verdict).toMatchObject({ ok: true });
      if (verdict.ok) expect(verdict.entries).toBeGreaterThanOrEqual(acknowledged.length);
    }
    const db = new DatabaseSync(place.folder.file('journal.db'), { readOnly: true });
    const kept = new Set(db.prepare("SELECT type || ' ' || scan_id AS entry FROM entries").all().map((row) => String(row['entry'])));
    db.close();
    expect(acknowledged.filter((entry) => !kept.has(entry))).toEqual([]);
    expect(acknowledged.filter((entry) => entry.startsWith('discarded ')).length).toBeGreaterThan(0);
    const ahead = [...kept].filter((entry) => entry.includes('-p-'));
    expect(ahead.filter((entry) => entry.startsWith('captured ') && !kept.has(entry.replace('captured', 'delivering')))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(RUNS * 20);

    const { writer, warnings } = writerOn(place.folder);
    const open = writer.open(NOON).map(({ scan }) => scan.scanId);
    while (writer.scrub(NOON));
    expect(warnings).toEqual([]);
    const ended = new Set([...kept].filter((entry) => /^(outcome|discarded) /.test(entry)).map((entry) => entry.replace(/^\w+ /, '')));
    const captured = [...kept].filter((entry) => entry.startsWith('captured ')).map((entry) => entry.slice(9));
    expect(new Set(open)).toEqual(new Set(captured.filter((scan) => !ended.has(scan))));
    writer.close(NOON);
  });

  it('and one that simply ends, without closing its journal, is not kept from it', async () => {
    const program = `
      const [{ openJournal, openStateFolder }, { silentLog, systemClock }] = await Promise.all([import(${JSON.stringify(store)}), import(${JSON.stringify(core)})]);
      const journal = await openJournal({ folder: openStateFolder(process.argv[1]), clock: systemClock, log: silentLog });
      await journal.append({ type: 'captured', scanId: 's', reader: 'r', till: 't', kind: 'card', time: 1 });`;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program, place.folder.path], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 15_000 });
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 1 });
  });

  it('reports a state folder that is gone as an error of the catalogue', () => {
    place.dispose();
    try {
      writerOn(place.folder).writer.open(NOON);
      expect.unreachable();
    } catch (error) {
      expect(isTillbridgeError(error)).toBe(true);
    }
  });
});
