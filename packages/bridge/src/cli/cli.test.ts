import { ERROR_CODES } from '@tillbridge/core';
import { describe, expect, test } from 'vitest';
import { systemLanguage } from './cli.js';
import { exitCodeOf } from './exit-codes.js';
import { table, text } from './format.js';
import { createProgram, wholeNumber } from './main.js';
import { progressLine } from './progress.js';

test.each([
  [{}, 'en'],
  [{ LANG: 'ru_RU.UTF-8' }, 'ru'],
  [{ LC_ALL: '', LANG: 'ru' }, 'ru'],
  [{ LC_ALL: 'C', LANG: 'ru_RU' }, 'en'],
  [{ LC_ALL: 'RU_ru' }, 'ru'],
])('language of %o is %s', (env, wanted) => {
  expect(systemLanguage(env)).toBe(wanted);
});

describe('exit codes', () => {
  test.each([
    ['TB_API_NO_DAEMON', 3],
    ['TB_API_TIMEOUT', 3],
    ['TB_API_HUNG_UP', 3],
    ['TB_API_DAEMON_RUNNING', 1],
    ['TB_CONFIG_INVALID', 2],
    ['TB_CONFIG_USAGE', 2],
    ['TB_CONFIG_EXISTS', 1],
    ['TB_SCAN_BAD_HEX', 2],
    ['TB_NATIVE_MISSING', 4],
    ['TB_JOURNAL_STATE_FOLDER', 1],
  ] as const)('%s: %i', (code, wanted) => {
    expect(exitCodeOf(code)).toBe(wanted);
  });

  test('every error has one of the five', () => {
    for (const code of ERROR_CODES) expect([1, 2, 3, 4]).toContain(exitCodeOf(code));
  });
});

test('a table: columns as wide as their widest cell, nothing trailing', () => {
  expect(table([['a', 'bbb', 'c'], ['aa', 'b', '']])).toBe('a   bbb  c\naa  b');
  expect(table([])).toBe('');
  expect([text('x'), text(1), text(true), text(null), text({})]).toEqual(['x', '1', 'true', '', '']);
});

test('a whole number within its bounds', () => {
  const parse = wholeNumber(1, 100);
  expect([parse('1'), parse('100')]).toEqual([1, 100]);
  for (const bad of ['0', '101', '1.5', '-1', '', ' 1', '1e1', 'x']) expect(() => parse(bad)).toThrow('whole number');
});

test('the bar of an import', () => {
  const read = progressLine({ phase: 'read', bytes: 50, totalBytes: 100, rows: 7 }, 'en');
  expect(read).toBe(`reading [${'#'.repeat(15)}${'.'.repeat(15)}]  50 %  7`);
  expect(progressLine({ phase: 'merge', rows: 2, totalRows: 1 }, 'ru')).toContain('100 %');
  expect(progressLine({ phase: 'read', bytes: 0, totalBytes: 0, rows: 0 }, 'en')).toContain('  0 %');
});

test('every command and option says what it does', () => {
  const all = [createProgram()];
  for (const command of all) {
    all.push(...command.commands);
    expect(command.description(), command.name()).not.toBe('');
    for (const option of command.options) expect(option.description || option.flags === '-V, --version', `${command.name()} ${option.flags}`).toBeTruthy();
  }
  expect(all.length).toBeGreaterThan(20);
});
