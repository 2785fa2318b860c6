import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { openCards, type CardTable } from './card-table.js';
import type { ImportJob, ImportResult } from './import-protocol.js';
import { runImport } from './import-run.js';
import { readSources } from './sources.js';

let folder: string;
let database: string;
let cards: CardTable;

beforeEach(() => {
  folder = tempFolder();
  database = join(folder, 'cards.db');
  cards = openCards({ file: database });
});
afterEach(() => cards.close());

async function load(text: string, more: Partial<ImportJob> = {}): Promise<ImportResult> {
  const file = join(folder, 'feed');
  writeFileSync(file, text);
  return runImport({ file, database, mode: 'replace', strict: false, format: 'auto', keepBadLines: 10, ...more }, () => undefined);
}
const feed = (name: string, text: string, more: { readonly keepShare?: number; readonly note?: string; readonly mode?: 'upsert' | 'replace' } = {}): Promise<ImportResult> =>
  load(`code,card\n${text}`, { mode: more.mode ?? 'replace', source: { name, keepShare: more.keepShare ?? 0, note: more.note ?? '' } });
const all = (): string[] => [...cards.export()].map((row) => `${row.code.reveal()}>${row.card.reveal()}`);
const failing = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('a feed', () => {
  it('replaces its own rows and nobody else\'s', async () => {
    cards.add({ code: 'hand', card: '1' });
    await feed('a', 'a1,1\na2,2\n');
    await feed('b', 'b1,1\n');
    expect(await feed('a', 'a2,22\na3,3\n')).toMatchObject({ own: 2, foreign: 0, total: 4 });
    expect(all()).toEqual(['a2>22', 'a3>3', 'b1>1', 'hand>1']);
    expect(cards.stats()).toEqual({ total: 4, active: 4, inactive: 0, blocked: 0 });
  });

  it('leaves a code that somebody else keeps to him, and says how many those are', async () => {
    cards.add({ code: 'x', card: 'mine' });
    await feed('a', 'y,a\n');
    expect(await feed('b', 'x,b\ny,b\nz,b\n')).toMatchObject({ own: 1, foreign: 2 });
    expect(all()).toEqual(['x>mine', 'y>a', 'z>b']);
  });

  it('loses a row that is added or imported by hand', async () => {
    await feed('a', 'x,1\ny,2\n');
    cards.add({ code: 'x', card: 'mine' });
    await load('code,card\ny,mine\n', { mode: 'upsert' });
    expect(await feed('a', 'x,3\ny,3\nz,3\n')).toMatchObject({ own: 1, foreign: 2 });
    expect(all()).toEqual(['x>mine', 'y>mine', 'z>3']);
  });

  it('that shrank too much changes nothing, not even its note', async () => {
    await feed('a', 'a1,1\na2,2\na3,3\na4,4\n', { note: 'first' });
    await expect(feed('a', 'a1,1\n', { keepShare: 0.5, note: 'second' })).rejects.toThrow(failing('TB_TRANSLATE_SYNC_SHRANK'));
    expect(all()).toEqual(['a1>1', 'a2>2', 'a3>3', 'a4>4']);
    expect(readSources(database)).toEqual([{ name: 'a', rows: 4, note: 'first' }]);
    expect(await feed('a', 'a1,1\na2,2\n', { keepShare: 0.5, note: 'second' })).toMatchObject({ own: 2 });
    expect(readSources(database)).toEqual([{ name: 'a', rows: 2, note: 'second' }]);
  });

  it('without a usable row is refused', async () => {
    await feed('a', 'a1,1\n');
    await expect(feed('a', '')).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_EMPTY'));
    expect(all()).toEqual(['a1>1']);
  });

  it('adds and corrects between two full rounds', async () => {
    await feed('a', 'a1,1\na2,2\n');
    expect(await feed('a', 'a2,22\na3,3\n', { mode: 'upsert' })).toMatchObject({ own: 3 });
    expect(all()).toEqual(['a1>1', 'a2>22', 'a3>3']);
  });

  it('is forgotten when the whole table is swapped by hand: the next round takes everything anew', async () => {
    await feed('a', 'a1,1\n', { note: 'etag' });
    await load('code,card\nhand,1\n');
    expect(all()).toEqual(['hand>1']);
    expect(readSources(database)).toEqual([]);
  });
});

describe('a table of the format before', () => {
  const old = (): void => {
    cards.add({ code: 'x', card: '1' });
    cards.close();
    const db = new DatabaseSync(database);
    db.exec('ALTER TABLE cards DROP COLUMN source; DROP TABLE sources; PRAGMA user_version = 1');
    db.close();
  };

  it('is read as it is', () => {
    old();
    expect(cards.lookup('x')?.card.reveal()).toBe('1');
    expect(all()).toEqual(['x>1']);
    expect(readSources(database)).toEqual([]);
  });

  it('is brought up by whoever writes', async () => {
    old();
    await feed('a', 'x,2\ny,2\n');
    expect(all()).toEqual(['x>1', 'y>2']);
  });
});

describe('a JSON document', () => {
  const mapping = { rows: 'cards', code: 'card.barcode.barcodeNumber', card: 'card.cardNumber', state: 'card.cardState' };
  const card = (cardNumber: unknown, barcodeNumber: unknown, cardState: unknown = 'active'): unknown => ({ card: { cardNumber, cardState, barcode: { barcodeNumber } } });
  const document = (rows: readonly unknown[]): Promise<ImportResult> => load(JSON.stringify({ cards: rows }), { format: 'json', mapping });

  it('gives its rows by their paths, and names the bad ones by position', async () => {
    const result = await document([card('0042', '29001'), card(43, 29002, 'inactive'), card(2 ** 60, '1'), card('x', ''), 'no', card('1', '2', 'gone'), card({}, '3')]);
    expect(result).toMatchObject({
      imported: 2,
      badLines: [{ line: 3, reason: 'type' }, { line: 4, reason: 'codeEmpty' }, { line: 5, reason: 'json' }, { line: 6, reason: 'state' }, { line: 7, reason: 'type' }],
    });
    expect(all()).toEqual(['29001>0042', '29002>43']);
    expect(cards.stats()).toMatchObject({ active: 1, inactive: 1 });
  });

  it.each([['{"cards":[{"card"', 'cut off'], ['{"cards":{}}', 'no list'], ['<html>', 'a page'], ['', 'empty']])('%s changes nothing (%s)', async (text) => {
    await document([card('1', '1')]);
    await expect(load(text, { format: 'json', mapping })).rejects.toThrow(failing('TB_TRANSLATE_IMPORT_JSON'));
    expect(all()).toEqual(['1>1']);
  });
});
