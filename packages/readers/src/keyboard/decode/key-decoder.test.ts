import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { altCode, chordsOf, strike, typed, type Chord } from '../testing/typist.js';
import type { KeyChange } from './key-change.js';
import { KeyDecoder, type DecoderOptions } from './key-decoder.js';

const ALL: DecoderOptions = { gs: ['ctrl', 'f8', 'alt'], codePage: 'windows-1251' };
const LEFT_CTRL = 0xe0;
const SHIFT = 0xe1;
const ALT = 0xe2;
const RIGHT_ALT = 0xe6;
const CAPS = 0x39;
const NUM = 0x53;

function decode(changes: readonly KeyChange[], options = ALL): string {
  const decoder = new KeyDecoder(options);
  const bytes = changes.flatMap((change) => decoder.change(change) ?? []);
  return Buffer.from(bytes).toString('latin1');
}
const decodeChords = (chords: readonly Chord[], options = ALL): string => decode(chords.flatMap((chord) => strike(chord, 0, 1)), options);

describe('keys to bytes', () => {
  test('every byte that a scanner types comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decode(typed(bytes))).toBe(Buffer.from(bytes).toString('latin1'));
      }),
    );
    for (let byte = 0; byte < 256; byte += 1) expect(decodeChords(chordsOf(byte)), String(byte)).toBe(String.fromCharCode(byte));
  });

  test('the US layout, with and without Shift', () => {
    const keys = [...Array.from({ length: 36 }, (_, i) => 0x04 + i), ...Array.from({ length: 13 }, (_, i) => 0x2c + i).filter((usage) => usage !== 0x32)];
    expect(decodeChords(keys.map((usage) => [usage]))).toBe("abcdefghijklmnopqrstuvwxyz1234567890 -=[]\\;'`,./");
    expect(decodeChords(keys.map((usage) => [SHIFT, usage]))).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*() _+{}|:"~<>?');
  });

  test('the keypad types digits whatever Num Lock says', () => {
    expect(decodeChords([[NUM], [0x59], [0x62], [0x61], [0x63], [NUM], [0x59], [0x58]])).toBe('109.1\r');
  });

  test('Caps Lock changes nothing', () => {
    expect(decodeChords([[CAPS], [0x04], [SHIFT, 0x04]])).toBe('aA');
  });

  test('Shift held over several keys, and let go of between two keys that are down', () => {
    const change = (usage: number, down: boolean): KeyChange => ({ usage, down, at: 0 });
    expect(decode([change(SHIFT, true), change(0x04, true), change(0x05, true), change(SHIFT, false), change(0x04, false), change(0x06, true)])).toBe('ABc');
    // both Shift keys: one is enough
    expect(decode([change(SHIFT, true), change(0xe5, true), change(SHIFT, false), change(0x04, true)])).toBe('A');
  });

  test('GS in its three ways, each only where it is asked for', () => {
    const ways = { ctrl: [LEFT_CTRL, 0x30], f8: [0x41], alt: altCode('029') };
    for (const way of ['ctrl', 'f8', 'alt'] as const) {
      expect(decodeChords([ways[way]])).toBe('\u001d');
      expect(decodeChords([ways[way]], { ...ALL, gs: [way] })).toBe('\u001d');
      const others = (['ctrl', 'f8', 'alt'] as const).filter((other) => other !== way);
      expect(decodeChords([[0x1e], ways[way], [0x1f]], { ...ALL, gs: others })).toBe('12');
    }
    // with a modifier F8 is a command of the user
    expect(decodeChords([[ALT, 0x41], [LEFT_CTRL, 0x41], [SHIFT, 0x41]])).toBe('');
  });

  test.each([
    [[LEFT_CTRL, 0x05], '\u0002'],
    [[LEFT_CTRL, 0x06], '\u0003'],
    [[LEFT_CTRL, 0x0d], '\n'],
    [[LEFT_CTRL, 0x10], '\r'],
    [[LEFT_CTRL, 0x2f], '\u001b'],
    [[LEFT_CTRL, 0x31], '\u001c'],
    [[LEFT_CTRL, 0x23], '\u001e'],
    [[LEFT_CTRL, 0x2d], '\u001f'],
    [[LEFT_CTRL, 0x1f], '\u0000'],
    [[LEFT_CTRL, 0x28], ''],
    [[0xe3, 0x04], ''],
  ])('%j is %j', (chord, byte) => expect(decodeChords([chord])).toBe(byte));

  describe('Alt and digits', () => {
    test.each([
      // 0-prefixed: the ANSI page, whatever it is; the byte itself
      ['0233', 'windows-1251', 0xe9],
      ['0233', 'windows-1252', 0xe9],
      ['029', 'windows-1251', 0x1d],
      ['29', 'windows-1251', 0x1d],
      ['065', 'windows-1251', 0x41],
      ['65', 'windows-1251', 0x41],
      // OEM 866: 0x8f is П, 0xa0 is а, 0xf0 is Ё; in 1251 these are 0xcf, 0xe0, 0xa8
      ['143', 'windows-1251', 0xcf],
      ['160', 'windows-1251', 0xe0],
      ['240', 'windows-1251', 0xa8],
      // OEM 437: 0x82 is é, 0xe1 is ß; in 1252 these are 0xe9, 0xdf
      ['130', 'windows-1252', 0xe9],
      ['225', 'windows-1252', 0xdf],
      // box drawing is in neither ANSI page: the number is meant as a byte
      ['196', 'windows-1251', 0xc4],
      ['205', 'windows-1252', 0xcd],
      ['0289', 'windows-1251', 33],
      ['000', 'windows-1251', 0],
    ] as const)('%s with %s is byte %d', (digits, codePage, byte) => {
      expect(decodeChords([altCode(digits)], { ...ALL, codePage }).charCodeAt(0)).toBe(byte);
    });

    test('UTF-8 typed byte by byte comes out as UTF-8', () => {
      expect(Buffer.from(decode(typed(Buffer.from('Привет'))), 'latin1').toString('utf8')).toBe('Привет');
    });

    test('counts with the right Alt too, digits of the other row do not', () => {
      expect(decodeChords([[RIGHT_ALT, ...altCode('065').slice(1)]])).toBe('A');
      expect(decodeChords([[ALT, 0x27, 0x23, 0x22]])).toBe('');
    });

    test('another key in between, or no digit at all, is no character', () => {
      expect(decodeChords([[ALT, 0x62, 0x04, 0x5e], [ALT], [0x04]])).toBe('a');
    });

    test('is over when both Alt keys are up', () => {
      const decoder = new KeyDecoder(ALL);
      const change = (usage: number, down: boolean): number | undefined => decoder.change({ usage, down, at: 0 });
      change(ALT, true);
      change(0x5e, true);
      expect(decoder.composing).toBe(true);
      change(RIGHT_ALT, true);
      expect(change(ALT, false)).toBeUndefined();
      change(0x5d, true);
      expect(change(RIGHT_ALT, false)).toBe(65);
      expect(decoder.composing).toBe(false);
    });
  });

  test('reset forgets what is held', () => {
    const decoder = new KeyDecoder(ALL);
    decoder.change({ usage: SHIFT, down: true, at: 0 });
    decoder.change({ usage: ALT, down: true, at: 0 });
    decoder.reset();
    expect(decoder.change({ usage: 0x04, down: true, at: 0 })).toBe(0x61);
  });

  test('any keys at all give bytes or nothing', () => {
    const change = fc.record({ usage: fc.integer({ min: 0, max: 255 }), down: fc.boolean(), at: fc.nat() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
        const decoder = new KeyDecoder(ALL);
        for (const one of changes) {
          const byte = decoder.change(one);
          expect(byte === undefined || (Number.isInteger(byte) && byte >= 0 && byte <= 255)).toBe(true);
        }
      }),
    );
  });
});
