import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keysymsOf } from './keysyms.js';
import { parseMap } from './keymap.js';
import { planKeys, unitsOf } from './key-plan.js';
import { cookieOf } from './xauthority.js';

interface Made {
  readonly symbols: readonly (readonly number[])[];
  readonly mods?: number;
}

/** An answer to XkbGetMap: one-level and two-level types, keys from keycode 10 on with the symbols of their groups. */
function mapBody(keys: readonly Made[]): Buffer {
  const head = Buffer.alloc(32);
  head.writeUInt8(2, 7);
  head.writeUInt8(10, 9);
  head.writeUInt8(keys.length, 12);
  const modifiers = keys.flatMap(({ mods }, i) => (mods === undefined ? [] : [[10 + i, mods] as const]));
  head.writeUInt8(modifiers.length, 25);
  const one = Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]);
  // Shift gives level 1; the entry is followed by what it preserves
  const two = Buffer.from([1, 1, 0, 0, 2, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  const rows = keys.map(({ symbols }) => {
    const width = Math.max(0, ...symbols.map((group) => group.length));
    const row = Buffer.alloc(8 + symbols.length * width * 4);
    symbols.forEach((group, i) => row.writeUInt8(group.length > 1 ? 1 : 0, i));
    row.writeUInt8(symbols.length, 4);
    row.writeUInt8(width, 5);
    row.writeUInt16LE(symbols.length * width, 6);
    symbols.forEach((group, i) => group.forEach((symbol, level) => row.writeUInt32LE(symbol, 8 + (i * width + level) * 4)));
    return row;
  });
  return Buffer.concat([head, one, two, ...rows, Buffer.from(modifiers.flat()), Buffer.alloc(4)]);
}

const A = 0x61;
const FISHER = 0x6c6;
const MAP = parseMap(
  mapBody([
    { symbols: [[A, A - 0x20], [FISHER, FISHER + 0x20]] },
    // a digit has one layout, which serves them all
    { symbols: [[0x31, 0x21]] },
    { symbols: [[0xffe1]], mods: 1 },
    { symbols: [[0xffe3]], mods: 4 },
    { symbols: [[0x5d, 0x7d], [0x6df, 0x6ff]] },
    { symbols: [[0xff0d]] },
  ]),
);
const plan = (text: string, active = 0) => planKeys(unitsOf([{ text }]) ?? [], MAP, active);

describe('a keyboard of two layouts', () => {
  test('types a digit in the active layout, whichever that is', () => {
    expect(plan('1', 0)?.group).toBe(0);
    expect(plan('1', 1)?.group).toBe(1);
    expect(plan('1', 1)?.units).toEqual([[{ keycode: 11, down: true }, { keycode: 11, down: false }]]);
  });

  test('goes to the other one for letters that only that has, with all of the text', () => {
    expect(plan('1a', 1)?.group).toBe(0);
    expect(plan('ф', 0)?.group).toBe(1);
    expect(plan('aф', 0)).toBeUndefined();
    expect(plan('b', 0)).toBeUndefined();
  });

  test('Shift stands around its character, and Ctrl around a control', () => {
    expect(plan('A')?.units).toEqual([[{ keycode: 12, down: true }, { keycode: 10, down: true }, { keycode: 10, down: false }, { keycode: 12, down: false }]]);
    expect(planKeys([{ control: 0x1d }], MAP, 1)).toEqual({
      group: 0,
      units: [[{ keycode: 13, down: true }, { keycode: 14, down: true }, { keycode: 14, down: false }, { keycode: 13, down: false }]],
    });
  });

  test('every key that goes down comes up', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'A', '1', '!', ']', '}'), maxLength: 20 }), (text) => {
        const down = new Set<number>();
        for (const edge of plan(text)?.units.flat() ?? []) {
          expect(down.has(edge.keycode)).toBe(!edge.down);
          if (edge.down) down.add(edge.keycode);
          else down.delete(edge.keycode);
        }
        expect(down.size).toBe(0);
      }),
    );
  });

  test('knows modifiers, and that a text with a control character in it is none', () => {
    expect([MAP.modifiersOf(12), MAP.modifiersOf(13), MAP.modifiersOf(10)]).toEqual([1, 4, 0]);
    expect(unitsOf([{ text: 'a\u001d' }])).toBeUndefined();
    expect(keysymsOf('\u0007')).toEqual([]);
  });

  test('a broken answer is an error, not a wrong key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          parseMap(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});

describe('cookieOf', () => {
  const row = (family: number, ...fields: readonly string[]): Buffer => {
    const part = (text: string): Buffer => {
      const head = Buffer.alloc(2);
      head.writeUInt16BE(text.length, 0);
      return Buffer.concat([head, Buffer.from(text, 'latin1')]);
    };
    const head = Buffer.alloc(2);
    head.writeUInt16BE(family, 0);
    return Buffer.concat([head, ...fields.map(part)]);
  };
  const file = Buffer.concat([row(256, 'other', '0', 'M', 'no'), row(256, 'pos', '1', 'M', 'one'), row(65_535, '', '', 'M', 'any')]);

  test('takes the row of this machine and display, then that of any', () => {
    expect(cookieOf(file, 'pos', '1')).toEqual({ name: 'M', data: 'one' });
    expect(cookieOf(file, 'pos', '2')).toEqual({ name: 'M', data: 'any' });
    expect(cookieOf(Buffer.alloc(0), 'pos', '0')).toEqual({ name: '', data: '' });
  });

  test('survives a torn file', () => {
    for (let end = 0; end < file.length; end += 1) expect(['one', 'any', '']).toContain(cookieOf(file.subarray(0, end), 'pos', '1').data);
  });
});
