import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog, TillbridgeError } from '@tillbridge/core';
import type { ImportOptions, ImportResult } from '@tillbridge/store';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { CardImports, MAX_IMPORT_BYTES, SILENCE_MS, type NewImport } from './card-imports.js';

const RESULT: ImportResult = { imported: 1, updated: 0, skipped: 1, repeated: 0, badLines: [{ line: 3, reason: 'columns' }], foreign: 0, own: 0, total: 1, peakRssBytes: 1 };
const FILE = Buffer.from('code,card\n1,2\nbad\n');
const wanted = (more: Partial<NewImport> = {}): NewImport => ({ name: 'cards.csv', size: FILE.length, mode: 'upsert', strict: false, ...more });

let state: string;
let clock: VirtualClock;
let loads: { readonly options: ImportOptions; readonly text: string; readonly end: (result: ImportResult) => void; readonly fail: (error: unknown) => void }[];
let imports: CardImports;

beforeEach(() => {
  state = tempFolder();
  clock = new VirtualClock();
  loads = [];
  imports = new CardImports({
    state, clock, log: silentLog,
    load: (options) => new Promise((end, fail) => {
      loads.push({ options, text: readFileSync(options.file, 'utf8'), end, fail });
      options.signal?.addEventListener('abort', () => fail(new TillbridgeError('TB_TRANSLATE_IMPORT_ABORTED')));
    }),
  });
});
afterEach(() => imports.close());

const spooled = (): string[] => (existsSync(join(state, 'imports')) ? readdirSync(join(state, 'imports')) : []);
/** File operations end when the disk has done them. */
async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; !holds(); await new Promise((resolve) => setImmediate(resolve))) if (performance.now() > end) throw new Error('it did not happen');
}
const stateOf = (): string | undefined => imports.view('en')?.state;

async function sent(more: Partial<NewImport> = {}, owner = 'a'): Promise<string> {
  const id = await imports.begin(wanted(more), owner);
  await imports.piece(id, 0, FILE.subarray(0, 7), owner);
  await imports.piece(id, 7, FILE.subarray(7), owner);
  return id;
}

describe('a card file over the API', () => {
  test('is spooled for its owner alone, imported whole, and its spool is gone afterwards', async () => {
    const id = await sent({ mode: 'replace', strict: true, name: 'my.ndjson' });
    expect(spooled()).toHaveLength(1);
    expect(statSync(join(state, 'imports')).mode & 0o777).toBe(0o700);
    expect(statSync(join(state, 'imports', spooled()[0] ?? '')).mode & 0o777).toBe(0o600);
    imports.finish(id, 'a');
    await until(() => loads.length === 1);
    expect(loads[0]).toMatchObject({ text: FILE.toString(), options: { mode: 'replace', strict: true, database: join(state, 'cards.db') } });
    expect(loads[0]?.options.file).toMatch(/\.jsonl$/);
    loads[0]?.options.onProgress?.({ phase: 'merge', rows: 1, totalRows: 2 });
    expect(imports.view('en')).toMatchObject({ state: 'importing', progress: { phase: 'merge', rows: 1 } });
    loads[0]?.end(RESULT);
    await until(() => stateOf() === 'done' && spooled().length === 0);
    expect(imports.view('ru')).toMatchObject({ result: { imported: 1, skipped: 1, badLines: [{ line: 3, reason: 'columns', text: 'число столбцов не такое, как в заголовке' }] } });
  });

  test('comes in order: a gap, an overlap and too much are refused, the last piece sent again is not', async () => {
    const id = await imports.begin(wanted(), 'a');
    await expect(imports.piece(id, 1, FILE.subarray(1), 'a')).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_OFFSET', params: { expected: 0 } });
    expect(await imports.piece(id, 0, FILE.subarray(0, 7), 'a')).toBe(7);
    expect(await imports.piece(id, 0, FILE.subarray(0, 7), 'a')).toBe(7);
    await expect(imports.piece(id, 3, FILE.subarray(3, 9), 'a')).rejects.toMatchObject({ params: { expected: 7 } });
    await expect(imports.piece(id, 7, Buffer.alloc(FILE.length), 'a')).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_OFFSET' });
    expect(() => imports.finish(id, 'a')).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_IMPORT_INCOMPLETE', params: { received: 7, size: FILE.length } }) as Error);
    expect(loads).toEqual([]);
  });

  test('is one at a time, and nobody else\'s; whoever may write cards takes it back', async () => {
    const id = await imports.begin(wanted(), 'a');
    await expect(imports.begin(wanted(), 'b')).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_BUSY', params: { name: 'cards.csv' } });
    await expect(imports.piece(id, 0, FILE, 'b')).rejects.toMatchObject({ code: 'TB_API_NOT_FOUND' });
    expect(() => imports.finish('other', 'a')).toThrow(expect.objectContaining({ code: 'TB_API_NOT_FOUND' }) as Error);
    imports.cancel(id);
    await until(() => spooled().length === 0);
    expect(stateOf()).toBe('cancelled');
    await expect(imports.piece(id, 0, FILE, 'a')).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_OFFSET' });
    await imports.begin(wanted(), 'b');
  });

  test('two that begin at the same moment: one is refused', async () => {
    const ends = await Promise.allSettled([imports.begin(wanted(), 'a'), imports.begin(wanted(), 'b')]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('whose size is claimed to be too large begins nothing', async () => {
    await expect(imports.begin(wanted({ size: 1024 ** 3 }), 'a')).rejects.toMatchObject({ code: 'TB_TRANSLATE_IMPORT_SIZE', params: { max: MAX_IMPORT_BYTES } });
    expect(spooled()).toEqual([]);
    await imports.begin(wanted({ size: 1 }), 'a');
  });

  test('whose sender falls silent is forgotten after ten minutes', async () => {
    const id = await imports.begin(wanted(), 'a');
    await clock.advance(SILENCE_MS - 1);
    await imports.piece(id, 0, FILE.subarray(0, 7), 'a');
    await clock.advance(SILENCE_MS - 1);
    expect(stateOf()).toBe('receiving');
    await clock.advance(1);
    expect(stateOf()).toBe('cancelled');
    await until(() => spooled().length === 0);
  });

  test('is taken back when its sender loses his rights, unless it has come whole', async () => {
    await imports.begin(wanted(), 'a');
    imports.ownerGone('b');
    expect(stateOf()).toBe('receiving');
    imports.ownerGone('a');
    expect(stateOf()).toBe('cancelled');
    const id = await sent();
    imports.finish(id, 'a');
    imports.ownerGone('a');
    expect(stateOf()).toBe('importing');
  });

  test('that fails says why, by the name that people know; the next may begin', async () => {
    const id = await sent({ name: 'карты.csv' });
    imports.finish(id, 'a');
    await until(() => loads.length === 1);
    loads[0]?.fail(new TillbridgeError('TB_TRANSLATE_IMPORT_HEADER', { path: loads[0].options.file, problem: 'no code' }));
    await until(() => stateOf() === 'failed' && spooled().length === 0);
    expect(imports.view('ru')?.error).toMatchObject({ code: 'TB_TRANSLATE_IMPORT_HEADER', message: 'ошибка в заголовке карты.csv: no code' });
    await imports.begin(wanted(), 'b');
    expect(imports.view('en')?.error).toBeUndefined();
  });

  test('that is cancelled while it is imported stops the importer', async () => {
    const id = await sent();
    imports.finish(id, 'a');
    await until(() => loads.length === 1);
    imports.cancel(id);
    expect(loads[0]?.options.signal?.aborted).toBe(true);
    await until(() => spooled().length === 0);
    expect(imports.view('en')).toMatchObject({ state: 'cancelled' });
    expect(imports.view('en')?.error).toBeUndefined();
  });

  test('that a daemon left behind is removed by the next', () => {
    mkdirSync(join(state, 'imports'));
    writeFileSync(join(state, 'imports', 'old.csv'), 'x');
    imports = new CardImports({ state, clock, log: silentLog });
    expect(existsSync(join(state, 'imports'))).toBe(false);
  });
});
