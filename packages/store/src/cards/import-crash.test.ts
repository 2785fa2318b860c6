import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTempFolder } from '../../../../test/support/temp-folder.js';
import { openCards } from './card-table.js';
import type { ChildMessage, ImportJob } from './import-protocol.js';
import { importCards } from './import.js';

// the built one: `npm test` builds first
const child = new URL('../../dist/import-child.js', import.meta.url);

const ROWS = 30_000;
/** All of them where the system suites run; a sample in the quick run. */
const TRIALS = process.env['TILLBRIDGE_REQUIRE'] === 'all' ? 24 : 10;

type Generation = 'old' | 'new';
const { path: folder, remove } = makeTempFolder();
const files: Record<Generation, string> = { old: join(folder, 'old.csv'), new: join(folder, 'new.csv') };

/** Rows in no order; the new generation has a tenth more of them. */
function write(generation: Generation): void {
  const rows = generation === 'old' ? ROWS : ROWS * 1.1;
  const lines = Array.from({ length: rows }, (_, i) => `code-${String((i * 7919) % rows)},${generation}-${String((i * 7919) % rows)}`);
  writeFileSync(files[generation], `code,card\n${lines.join('\n')}\n`);
}

const original = join(folder, 'original.db');

beforeAll(async () => {
  write('old');
  write('new');
  await importCards({ file: files.old, database: original, child });
});
afterAll(remove);

/** A table of the old generation in a folder of its own. */
function oldTable(name: string): string {
  const database = join(folder, name, 'cards.db');
  mkdirSync(dirname(database));
  copyFileSync(original, database);
  return database;
}

/** Imports and kills the process without a warning after so many messages of its progress. */
async function importAndKill(job: ImportJob, messages: number): Promise<void> {
  const importer = fork(child, [], { stdio: 'ignore', env: { ...process.env, SQLITE_TMPDIR: dirname(job.database) } });
  const exit = once(importer, 'exit');
  let left = messages;
  importer.on('message', (message) => {
    left -= 1;
    if (left <= 0 || (message as ChildMessage).type !== 'progress') importer.kill('SIGKILL');
  });
  importer.send(job);
  if (messages === 0) importer.kill('SIGKILL');
  await exit;
}

/** Which generation the table is, whole; fails when it is a mix or damaged. */
function generationOf(database: string): Generation {
  const cards = openCards({ file: database });
  const seen = new Set<string>();
  let rows = 0;
  for (const row of cards.export()) {
    const [generation = '', number] = row.card.reveal().split('-');
    seen.add(generation);
    // not `expect`: half a million of them would be most of the test's time
    if (row.code.reveal() !== `code-${String(number)}`) throw new Error(`a wrong row: ${row.code.reveal()}`);
    rows += 1;
  }
  expect([...seen]).toHaveLength(1);
  const generation: Generation = seen.has('new') ? 'new' : 'old';
  expect(rows).toBe(generation === 'new' ? ROWS * 1.1 : ROWS);
  expect(cards.stats().total).toBe(rows);
  cards.close();
  const db = new DatabaseSync(database);
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  db.close();
  return generation;
}

describe('an import that is killed', () => {
  test.each(['upsert', 'replace'] as const)('%s: the table is the old one or the new one, whole, at whatever moment', { timeout: 60_000 }, async (mode) => {
    const found = new Set<Generation>();
    for (let trial = 0; trial < TRIALS / 2; trial += 1) {
      const database = oldTable(`${mode}-${String(trial)}`);
      // 1 message of reading, 4 of merging, 1 of the checkpoint, then the answer
      await importAndKill({ file: files.new, database, mode, strict: false, format: 'auto', keepBadLines: 10 }, trial === 0 ? 0 : 1 + ((trial * 5) % 7));
      found.add(generationOf(database));
      expect(readdirSync(dirname(database)).filter((name) => !name.startsWith('cards.db'))).toEqual([]);
    }
    expect([...found].sort()).toEqual(['new', 'old']);
  });

  test('what is imported next works on what it left', async () => {
    const database = oldTable('next');
    await importAndKill({ file: files.new, database, mode: 'replace', strict: false, format: 'auto', keepBadLines: 10 }, 4);
    expect(await importCards({ file: files.new, database, child })).toMatchObject({ total: ROWS * 1.1 });
    expect(generationOf(database)).toBe('new');
  });
});

test('look-ups go on during a replace: every answer is right, and never older than the one before', async () => {
  const database = oldTable('lookups');
  const cards = openCards({ file: database });
  const importing = { done: false };
  const replaced = importCards({ file: files.new, database, child, mode: 'replace' }).finally(() => {
    importing.done = true;
  });
  let generation: Generation = 'old';
  let asked = 0;
  while (!importing.done) {
    for (let i = 0; i < 50; i += 1, asked += 1) {
      const name = (asked * 7919) % ROWS;
      const answer = cards.lookup(`code-${String(name)}`)?.card.reveal();
      if (answer === `new-${String(name)}`) generation = 'new';
      expect(answer).toBe(`${generation}-${String(name)}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await replaced;
  expect(cards.lookup('code-1')?.card.reveal()).toBe('new-1');
  expect(asked).toBeGreaterThan(100);
  cards.close();
});
