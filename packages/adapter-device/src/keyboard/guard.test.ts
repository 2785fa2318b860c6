import { describe, expect, test } from 'vitest';
import { fits } from './guard.js';

const WINDOW = { title: 'Касса №1 - 1С:Предприятие', class: '1cv8c\u00001cv8c', process: '/opt/1cv8/x86_64/8.3.24/1cv8c' };

describe('fits', () => {
  test.each([
    [{ title: 'КАССА' }, true],
    [{ title: '/^касса №\\d/' }, true],
    [{ title: '/^1С/' }, false],
    [{ class: '1CV8C' }, true],
    [{ class: '1cv8' }, false],
    [{ process: '1cv8c.exe' }, true],
    [{ process: 'C:\\Program Files\\1cv8\\bin\\1cv8c.EXE' }, true],
    [{ process: '1cv8' }, false],
    [{ title: 'касса', process: 'chrome' }, false],
    [{}, false],
  ] as const)('%j: %s', (guard, expected) => expect(fits(guard, WINDOW)).toBe(expected));

  test('what a window does not tell does not fit', () => {
    for (const guard of [{ title: 'a' }, { class: 'a' }, { process: 'a' }]) expect(fits(guard, {})).toBe(false);
  });
});
