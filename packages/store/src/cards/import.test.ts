import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { openCards, type CardTable } from './card-table.js';
import type { ImportJob, ImportProgress, ImportResult } from './import-protocol.js';
import { runImport } from './import-run.js';
import { importCards, type ImportOptions } from './import.js';

// the built one: `npm test` builds first
const child = new URL('../../dist/import-child.js', import.meta.url);

let folder: string;
let database: string;
let cards: CardTable;

beforeEach(() => {
  folder = tempFolder();
  database = join(folder, 'state', 'cards.db');
  cards = openCards({ file: database });
});
afterEach(() => cards.close());

function write(text: string | Buffer, name = 'cards.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const load = (text: string | Buffer, more: Partial<ImportOptions> = {}): Promise<ImportResult> => importCards({ file: write(text), database, child, ...more });
const job = (file: string, more: Partial<ImportJob> = {}): ImportJob => ({ file, database, mode: 'upsert', strict: false, format: 'auto', keepBadLines: 1000, ...more });
const failing = (code: string): Error => expect.objectContaining({ code }) as Error;
const all = (): string[] => [...cards.export()].map((row) => `${row.code.reveal()}>${row.card.reveal()}`);

describe('importing cards', () => {
  test('adds and updates, names what it skips, and leaves no other file', async () => {
    cards.add({ code: '007', card: 'old', state: 'blocked' });
    cards.add({ code: 'kept', card: '1' });
    const result = await load('code,card,state\n007,0042,\nnew,2,inactive\nbad\nnew,3,\n');
    expect(result).toMatchObject({ imported: 1, updated: 1, skipped: 1, repeated: 1, total: 3, badLines: [{ line: 4, reason: 'columns' }] });
    expect(all()).toEqual(['007>0042', 'kept>1', 'new>3']);
    expect(cards.stats()).toEqual({ total: 3, active: 3, inactive: 0, blocked: 0 });
    cards.close();
    expect(readdirSync(dirname(database)).filter((name) => !name.startsWith('cards.db'))).toEqual([]);
  });

  test('replace swaps the whole table', async () => {
    await load('code,card\na,1\nb,2\n');
    expect(await load('code,card\nb,3\nc,4\n', { mode: 'replace' })).toMatchObject({ imported: 2, updated: 0, total: 2 });
    expect(all()).toEqual(['b>3', 'c>4']);
    expect(cards.stats().total).toBe(2);
  });

  test('replace by a file without a usable row is refused', async () => {
    cards.add({ code: 'a', card: '1' });
    await expect(load('code,card\n', { mode: 'replace' })).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_EMPTY'));
    await expect(load('code,card\nx\n', { mode: 'replace' })).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_EMPTY'));
    expect(all()).toEqual(['a>1']);
  });

  test('strict refuses a file with a bad line and names it, without its text', async () => {
    const error: unknown = await load('code,card\n9812345678901234,1\n9812345678901235,\n', { strict: true }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TB_TRANSLATE_IMPORT_STRICT', params: { count: 1, lines: '3 (cardEmpty)' } });
    expect(JSON.stringify((error as { body(): unknown }).body())).not.toContain('98123456');
    expect(cards.stats().total).toBe(0);
  });

  test('JSON Lines by name, by content and by option', async () => {
    const row = '{"code":"a","card":"0001"}\n';
    for (const [name, format] of [['cards.jsonl', 'auto'], ['cards.txt', 'auto'], ['cards.csv', 'jsonl']] as const) {
      const result = await importCards({ file: write(row, name), database, child, format, mode: 'replace' });
      expect(result).toMatchObject({ imported: 1, skipped: 0 });
    }
    expect(all()).toEqual(['a>0001']);
  });

  test.each<[string, string | Buffer, string]>([
    ['UTF-16', Buffer.from('\ufeffcode,card\na,1\n', 'utf16le'), 'TB_TRANSLATE_IMPORT_ENCODING'],
    ['UTF-16 without a mark', Buffer.from('code,card\na,1\n', 'utf16le'), 'TB_TRANSLATE_IMPORT_ENCODING'],
    ['no header', '1,2\n', 'TB_TRANSLATE_IMPORT_HEADER'],
    ['nothing in it', '', 'TB_TRANSLATE_IMPORT_HEADER'],
  ])('a file with %s is refused', async (_, text, code) => {
    await expect(load(text)).rejects.toThrow(failing(code));
    expect(cards.stats().total).toBe(0);
  });

  test('a file that is not there, and a folder, are named; no table is made', async () => {
    await expect(importCards({ file: join(folder, 'nothing.csv'), database, child })).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_FILE'));
    await expect(importCards({ file: folder, database, child })).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_FILE'));
    expect(existsSync(database)).toBe(false);
  });

  test('a damaged table is not imported into', async () => {
    cards.add({ code: 'a', card: '1' });
    cards.close();
    writeFileSync(database, 'garbage '.repeat(1000));
    await expect(load('code,card\na,1\n')).rejects.toThrow(failing('TB_TRANSLATE_TABLE_CORRUPT'));
    expect(readFileSync(database, 'utf8')).toMatch(/^garbage/);
    writeFileSync(database, '');
  });

  test('ten thousand bad lines are counted, the first thousand named', async () => {
    const result = await load(`code,card\n${'bad\n'.repeat(10_000)}good,1\n`);
    expect(result).toMatchObject({ imported: 1, skipped: 10_000 });
    expect(result.badLines).toHaveLength(1000);
    expect(result.badLines.at(-1)).toEqual({ line: 1001, reason: 'columns' });
  });

  test('tells how far it is, from reading to the checkpoint', async () => {
    const progress: ImportProgress[] = [];
    const rows = Array.from({ length: 60_000 }, (_, i) => `code-${String(i)},card-${String(i)}`).join('\n');
    await load(`code,card\n${rows}\n`, { onProgress: (step) => void progress.push(step) });
    const phases = progress.map((step) => step.phase);
    expect([...new Set(phases)]).toEqual(['read', 'merge', 'checkpoint']);
    const read = progress.filter((step) => step.phase === 'read').at(-1);
    expect(read).toMatchObject({ rows: 60_000 });
    expect(read?.phase === 'read' && read.bytes === read.totalBytes).toBe(true);
    const merged = progress.filter((step) => step.phase === 'merge').map((step) => step.rows);
    expect(merged.at(-1)).toBe(Math.floor(60_000 / 8192) * 8192);
  });

  test('look-ups see the import at once, through a connection that was open before', async () => {
    expect(cards.lookup('a')).toBeUndefined();
    await load('code,card\na,1\n');
    expect(cards.lookup('a')?.card.reveal()).toBe('1');
    await load('code,card\na,2\n', { mode: 'replace' });
    expect(cards.lookup('a')?.card.reveal()).toBe('2');
  });

  test('is what a map would be: the last of a repeated code wins, exact strings, right counts', async () => {
    const code = fc.constantFrom('0', '00', '7', '007', 'a', 'A', 'a,b', '"q"', 'two\nlines', 'é', '💳', ' x', 'x ');
    const row = fc.tuple(code, fc.stringMatching(/^[0-9]{1,20}$/), fc.constantFrom('active', 'inactive', 'blocked', ''));
    const file = fc.record({ mode: fc.constantFrom('upsert' as const, 'replace' as const), rows: fc.array(row, { minLength: 1, maxLength: 60 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
        const path = join(tempFolder(), 'cards.db');
        const table = openCards({ file: path });
        let model = new Map<string, readonly [card: string, state: string]>();
        for (const { mode, rows } of files) {
          const text = rows.map((fields) => fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\n');
          const before = mode === 'replace' ? new Map<string, readonly [string, string]>() : model;
          model = new Map([...before, ...rows.map(([name, card, state]) => [name, [card, state === '' ? 'active' : state]] as const)]);
          const result = await runImport(job(write(`code,card,state\n${text}`), { database: path, mode }), () => undefined);
          const codes = new Set(rows.map(([name]) => name)).size;
          expect(result).toMatchObject({
            imported: model.size - before.size, updated: codes - (model.size - before.size), repeated: rows.length - codes, skipped: 0, total: model.size,
          });
        }
        expect(new Map([...table.export()].map((entry) => [entry.code.reveal(), [entry.card.reveal(), entry.state]]))).toEqual(model);
        const count = (wanted: string): number => [...model.values()].filter(([, state]) => state === wanted).length;
        expect(table.stats()).toEqual({ total: model.size, active: count('active'), inactive: count('inactive'), blocked: count('blocked') });
        table.close();
      }),
      { numRuns: 30 },
    );
  });
});

describe('an import that does not end well', () => {
  const stub = (script: string): URL => {
    const path = join(folder, 'child.mjs');
    writeFileSync(path, script);
    return pathToFileURL(path);
  };

  test('a process that dies is an error, with how it died', async () => {
    const dies = load('code,card\na,1\n', { child: stub('process.exit(7)') });
    await expect(dies).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_DIED', params: { problem: 'exit code 7' } });
    const killed = load('code,card\na,1\n', { child: stub("process.kill(process.pid, 'SIGKILL')") });
    await expect(killed).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_DIED', params: { problem: 'SIGKILL' } });
    const missing = load('code,card\na,1\n', { child: new URL('no-such-file.js', child) });
    await expect(missing).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_DIED' });
  });

  test('an abort kills it, at once or before it began', async () => {
    const hangs = stub('setInterval(() => {}, 1000)');
    const controller = new AbortController();
    const pending = load('code,card\na,1\n', { child: hangs, signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_ABORTED'));
    await expect(load('code,card\na,1\n', { child: hangs, signal: controller.signal })).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_ABORTED'));
  });

  test('its process ends with its caller', async () => {
    const orphan = fork(child, [], { stdio: 'ignore' });
    const exit = once(orphan, 'exit');
    orphan.disconnect();
    expect(await exit).toEqual([0, null]);
  });
});
