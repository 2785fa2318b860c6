import { compileOutput } from '@tillbridge/core';
import { describe, expect, test } from 'vitest';
import type { Look } from './injector.js';
import type { KeyboardTillOptions } from './options.js';
import { keyboardRows } from './probe.js';

const LOOK: Look = { front: { class: 'till\0Till', process: 'till', title: 'Ivan Petrov' }, inFront: true, present: true, layouts: ['English (US)', 'Russian'], carries: { digits: true, latin: true, cyrillic: true, controls: true }, rows: [] };
const rows = (look: Partial<Look>, options: Partial<KeyboardTillOptions> = {}) =>
  keyboardRows('till.front', { id: 'front', window: { process: 'till' }, output: compileOutput({}), expireMs: 5000, ...options }, ':0', { capabilities: { guard: true, atomic: true, text: 'layout' } }, { ...LOOK, ...look });
const level = (id: string, list: ReturnType<typeof rows>) => list.find((row) => row.id === `till.front.${id}`)?.level;

describe('what a look means for a till', () => {
  test('all is well', () => {
    expect(rows({}).map(({ level: word }) => word)).toEqual(['ok', 'ok']);
  });

  test.each([
    ['the window is there, behind another', { inFront: false }, {}, 'window', 'ok'],
    ['the window is nowhere', { inFront: false, present: false }, {}, 'window', 'warn'],
    ['nobody can tell whether it is there', { inFront: false, present: undefined }, {}, 'window', 'warn'],
    ['no window is required', {}, { window: 'none' }, 'window', 'warn'],
    ['no digits', { carries: { ...LOOK.carries, digits: false } }, {}, 'layout', 'fail'],
    ['no Latin, and only digits are needed', { carries: { ...LOOK.carries, latin: false } }, {}, 'layout', undefined],
    ['no Latin, which the numbers need', { carries: { ...LOOK.carries, latin: false } }, { alphabet: 'latin' }, 'layout', 'fail'],
    ['no Cyrillic, which some may need', { carries: { ...LOOK.carries, cyrillic: false } }, { alphabet: 'any' }, 'layout', 'warn'],
    ['GS is allowed, and typed as Ctrl+]', {}, { controls: ['GS'] }, 'controls', 'warn'],
    ['GS is allowed, and cannot be typed', { carries: { ...LOOK.carries, controls: false } }, { controls: ['GS'] }, 'controls', 'fail'],
  ] as const)('%s', (_, look, options, id, expected) => expect(level(id, rows(look, options))).toBe(expected));

  test('every failure says what to do, and no title of a window is shown: it may hold a guest\'s name', () => {
    const all = [rows({ inFront: false, present: false, carries: { digits: false, latin: false, cyrillic: false, controls: false } }, { controls: ['GS'] }), rows({ inFront: false })].flat();
    for (const row of all) if (row.level === 'fail') expect(row.remedy ?? '').not.toBe('');
    expect(JSON.stringify(all)).not.toContain('Petrov');
    expect(JSON.stringify(all)).toContain('class Till, process till');
  });
});
