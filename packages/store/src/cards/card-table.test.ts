import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import type { NewCard } from './card-row.js';
import { openCards, type CardTable } from './card-table.js';

let file: string;
let cards: CardTable;

beforeEach(() => {
  file = join(tempFolder(), 'state', 'cards.db');
  cards = openCards({ file });
});
afterEach(() => cards.close());

const code = (name: string): unknown => expect.objectContaining({ code: name });
const shown = (table = cards): string[] => [...table.export()].map((row) => `${row.code.reveal()}>${row.card.reveal()} ${row.kind} ${row.state} ${String(row.expires)}`);

describe('card table', () => {
  test('a file that is not there is an empty table, and reading does not make it', () => {
    expect(cards.lookup('A')).toBeUndefined();
    expect(cards.get('A')).toBeUndefined();
    expect(cards.stats()).toEqual({ total: 0, active: 0, inactive: 0, blocked: 0 });
    expect(shown()).toEqual([]);
    expect(cards.remove('A')).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  test('notices a table that somebody else makes, changes, deletes and restores', () => {
    expect(cards.lookup('A')).toBeUndefined();
    const other = openCards({ file });
    other.add({ code: 'A', card: '1' });
    expect(cards.lookup('A')?.card.reveal()).toBe('1');
    other.add({ code: 'A', card: '2' });
    expect(cards.lookup('A')?.card.reveal()).toBe('2');
    other.close();
    cards.close();
    renameSync(file, `${file}.old`);
    expect(cards.lookup('A')).toBeUndefined();
    renameSync(`${file}.old`, file);
    expect(cards.lookup('A')?.card.reveal()).toBe('2');
  });

  test('notices that the open file was replaced under it', () => {
    cards.add({ code: 'A', card: '1' });
    expect(cards.lookup('A')?.card.reveal()).toBe('1');
    const restored = join(tempFolder(), 'cards.db');
    const other = openCards({ file: restored });
    other.add({ code: 'A', card: 'restored' });
    other.close();
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    renameSync(restored, file);
    expect(cards.lookup('A')?.card.reveal()).toBe('restored');
  });

  test('is readable by its owner only, with everything that belongs to it', () => {
    cards.add({ code: 'A', card: '1' });
    for (const name of readdirSync(join(file, '..'))) expect(statSync(join(file, '..', name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  });

  test('keeps kind, state and expiry, and says whether a code was new', () => {
    expect(cards.add({ code: 'A', card: '1' })).toBe('added');
    expect(cards.add({ code: 'A', card: '2', kind: 'coupon', state: 'blocked', expires: 1_900_000_000_000 })).toBe('updated');
    expect(cards.get('A')).toMatchObject({ kind: 'coupon', state: 'blocked', expires: 1_900_000_000_000 });
    expect(cards.remove('A')).toBe(true);
    expect(cards.remove('A')).toBe(false);
    expect(cards.stats().total).toBe(0);
  });

  test('exports sorted, also while rows are added', () => {
    for (const name of ['b', 'a', 'c', '10', '9']) cards.add({ code: name, card: name });
    const rows = cards.export();
    expect(rows.next().value).toMatchObject({ kind: 'card' });
    cards.add({ code: '0', card: 'late' });
    expect([...rows]).toHaveLength(4);
    expect(shown().map((row) => row.split('>')[0])).toEqual(['0', '10', '9', 'a', 'b', 'c']);
  });

  test.each<[Partial<NewCard>, string]>([
    [{ code: '' }, 'codeEmpty'], [{ code: 'x'.repeat(513) }, 'codeTooLong'], [{ code: 'a\0b' }, 'codeCharacters'], [{ code: '\ud800' }, 'codeCharacters'],
    [{ card: '' }, 'cardEmpty'], [{ card: '1\r' }, 'cardCharacters'], [{ card: '9'.repeat(257) }, 'cardTooLong'], [{ card: '\udfff' }, 'cardCharacters'],
  ])('refuses %j', (bad, problem) => {
    expect(() => cards.add({ code: 'A', card: '1', ...bad })).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_BAD_ROW', params: { problem } }) as Error);
  });

  test('what cannot be in the table is not found: a lone surrogate is not U+FFFD', () => {
    cards.add({ code: '\ufffd', card: '1' });
    cards.add({ code: 'a', card: '1' });
    for (const text of ['\ud800', 'a\0', 'a\0b', '', 'x'.repeat(100_000)]) expect(cards.lookup(text)).toBeUndefined();
    expect(cards.lookup('\ufffd')).toBeDefined();
  });

  test('nothing shows a number by accident', () => {
    cards.add({ code: '9812345678901234', card: '2123456789012' });
    const text = JSON.stringify([cards.get('9812345678901234'), [...cards.export()]]);
    expect(text).toContain('****9012');
    expect(text).not.toMatch(/98123456|21234567/);
  });

  test('holds exactly what was put in: leading zeros, long numbers, case, spaces, anything that looks like SQL', () => {
    const text = fc.oneof(
      fc.constantFrom("' OR 1=1 --", '007', '7', '7.0', '1e3', '1000', 'a', 'A', ' a', 'a ', '\u001d01', 'é', 'e\u0301', '%', '_', 'NULL', '"', '9'.repeat(400)),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      fc.bigInt({ min: 0n }).map(String),
    ).filter((candidate) => !candidate.includes('\0'));
    const number = fc.oneof(fc.constantFrom('0', '00', '0.10', '1e5', '-1', "'); DROP TABLE cards; --"), fc.bigInt({ min: 0n }).map(String));
    const state = fc.constantFrom('active' as const, 'inactive' as const, 'blocked' as const);
    const command = fc.oneof(
      { weight: 3, arbitrary: fc.record({ add: text, card: number, state }) },
      { weight: 1, arbitrary: fc.record({ remove: text }) },
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const model = new Map<string, { card: string; state: string }>();
        const table = openCards({ file: join(tempFolder(), 'cards.db') });
        for (const step of commands) {
          if ('remove' in step) expect(table.remove(step.remove)).toBe(model.delete(step.remove));
          else {
            expect(table.add({ code: step.add, card: step.card, state: step.state })).toBe(model.has(step.add) ? 'updated' : 'added');
            model.set(step.add, step);
          }
        }
        for (const [name, { card, state: expected }] of model) {
          expect(table.lookup(name)?.card.reveal()).toBe(card);
          expect(table.lookup(name)?.state).toBe(expected);
        }
        const count = (wanted: string): number => [...model.values()].filter((row) => row.state === wanted).length;
        expect(table.stats()).toEqual({ total: model.size, active: count('active'), inactive: count('inactive'), blocked: count('blocked') });
        const order = [...model.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect([...table.export()].map((row) => row.code.reveal())).toEqual(order);
        table.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe('a bad card table', () => {
  beforeEach(() => {
    cards.add({ code: 'A', card: '1' });
    cards.close();
  });
  const expectError = (wanted: string): void => {
    expect(() => cards.lookup('A')).toThrow(code(wanted));
    expect(() => cards.stats()).toThrow(code(wanted));
    expect(() => [...cards.export()]).toThrow(code(wanted));
  };

  test('garbage is named as damaged, and mended by a good file', () => {
    writeFileSync(file, 'this is not a database, whatever its name says. '.repeat(100));
    expectError('TB_TRANSLATE_TABLE_CORRUPT');
    expect(() => cards.add({ code: 'B', card: '2' })).toThrow(code('TB_TRANSLATE_TABLE_CORRUPT'));
    rmSync(file);
    cards.add({ code: 'B', card: '2' });
    expect(cards.lookup('B')?.card.reveal()).toBe('2');
  });

  test('another SQLite file is not taken for one, nor written to', () => {
    rmSync(file);
    const db = new DatabaseSync(file);
    db.exec('CREATE TABLE cards(code TEXT, card TEXT)');
    db.close();
    expectError('TB_TRANSLATE_TABLE_CORRUPT');
    expect(() => cards.add({ code: 'B', card: '2' })).toThrow(code('TB_TRANSLATE_TABLE_CORRUPT'));
  });

  test('a newer format is left alone', () => {
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 3');
    db.close();
    expectError('TB_TRANSLATE_TABLE_NEWER');
  });

  test('an empty file is a table that is just being made', () => {
    writeFileSync(file, '');
    expect(cards.lookup('A')).toBeUndefined();
    expect(cards.stats().total).toBe(0);
    cards.add({ code: 'B', card: '2' });
    expect(cards.lookup('B')).toBeDefined();
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('a file without the right to read it is named', () => {
    chmodSync(file, 0o000);
    expectError('TB_TRANSLATE_TABLE_UNREADABLE');
  });

  test('a table that is locked for writing can be read, and is busy for writers after their time', () => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    expect(cards.lookup('A')?.card.reveal()).toBe('1');
    const impatient = openCards({ file, busyMs: 20 });
    expect(() => impatient.add({ code: 'B', card: '2' })).toThrow(code('TB_TRANSLATE_TABLE_BUSY'));
    other.exec('ROLLBACK');
    other.close();
    expect(impatient.add({ code: 'B', card: '2' })).toBe('added');
    impatient.close();
  });
});
