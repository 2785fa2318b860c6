import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputEvents, type RawInputEvent } from '../testing/input-events.js';
import { eventSize, InputEventParser, keysDown, keyUpEvents, type InputNews } from './input-events.js';
import { USAGE_OF_KEY } from '@tillbridge/core';

const KEY_A = 30;
const KEY_102ND = 86;
const key = (code: number, value: number, timeMs = 0): RawInputEvent => ({ type: 1, code, value, timeMs });
const SYN: RawInputEvent = { type: 0, code: 0, value: 0, timeMs: 0 };
const DROPPED: RawInputEvent = { type: 0, code: 3, value: 0, timeMs: 0 };

describe.each([24, 16] as const)('events of %d bytes', (size) => {
  const parse = (events: readonly RawInputEvent[]): readonly InputNews[] => new InputEventParser(size).push(inputEvents(events, size));

  test('keys with their times', () => {
    expect(parse([key(KEY_A, 1, 1234.5), SYN, key(KEY_A, 0, 1250), SYN])).toEqual([
      { usage: 0x04, down: true, at: 1234.5 },
      { usage: 0x04, down: false, at: 1250 },
    ]);
  });

  test('repeats, scan codes, LEDs, media keys and numbers beyond the table are nothing', () => {
    expect(parse([key(KEY_A, 2), { type: 4, code: 4, value: 0x70004, timeMs: 0 }, { type: 0x11, code: 0, value: 1, timeMs: 0 }, key(164, 1), key(0x2ff, 1), SYN])).toEqual([]);
  });

  test('what follows a lost packet up to its end is not taken', () => {
    expect(parse([key(KEY_A, 1), DROPPED, key(KEY_A, 0), DROPPED, key(48, 1), SYN, key(48, 0), SYN])).toEqual([
      { usage: 0x04, down: true, at: 0 },
      'lost',
      { usage: 0x05, down: false, at: 0 },
    ]);
  });

  test('however the bytes are cut', () => {
    const event = fc.record({ type: fc.constantFrom(0, 1, 4), code: fc.integer({ min: 0, max: 300 }), value: fc.integer({ min: 0, max: 2 }), timeMs: fc.nat(1_000_000) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 }), (events, cuts) => {
        const bytes = inputEvents(events, size);
        const parser = new InputEventParser(size);
        const news: InputNews[] = [];
        for (let at = 0, i = 0; at < bytes.length; i += 1) {
          const length = cuts[i % cuts.length] ?? 1;
          news.push(...parser.push(bytes.subarray(at, at + length)));
          at += length;
        }
        expect(news).toEqual(parse(events));
      }),
    );
  });

  test('noise gives keys or nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => {
        for (const news of new InputEventParser(size).push(noise)) {
          if (news !== 'lost') expect(news.usage).toBeGreaterThanOrEqual(4);
        }
      }),
    );
  });
});

test('the size follows the word size', () => {
  expect([eventSize('x64'), eventSize('arm64'), eventSize('arm'), eventSize('ia32')]).toEqual([24, 24, 16, 16]);
});

test('the table of keys: each usage once, the ISO key apart from the backslash, every modifier', () => {
  const usages = [...USAGE_OF_KEY].filter((usage) => usage !== 0);
  expect(new Set(usages).size).toBe(usages.length);
  expect(USAGE_OF_KEY[43]).toBe(0x31);
  expect(USAGE_OF_KEY[KEY_102ND]).toBe(0x64);
  expect([29, 42, 56, 125, 97, 54, 100, 126].map((code) => USAGE_OF_KEY[code])).toEqual([0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7]);
  // Caps, Scroll and Num Lock
  expect([58, 70, 69].map((code) => USAGE_OF_KEY[code])).toEqual([0x39, 0x47, 0x53]);
  // Enter, F8, keypad 0 and Enter, F24
  expect([28, 66, 82, 96, 194].map((code) => USAGE_OF_KEY[code])).toEqual([0x28, 0x41, 0x62, 0x58, 0x73]);
});

test('keys that are down, from the bitmap', () => {
  const bitmap = new Uint8Array(96);
  bitmap[KEY_A >> 3]! |= 1 << (KEY_A & 7);
  bitmap[42 >> 3]! |= 1 << (42 & 7);
  bitmap[0x110 >> 3]! |= 1;
  expect(keysDown(bitmap)).toEqual([0x04, 0xe1]);
  expect(keysDown(new Uint8Array(0))).toEqual([]);
});

test.each([24, 16] as const)('keys come up again, by events of %d bytes', (size) => {
  const bitmap = new Uint8Array(96);
  for (const code of [KEY_A, 42, 0x110]) bitmap[code >> 3]! |= 1 << (code & 7);
  const events = keyUpEvents(bitmap, size);
  expect(events.length).toBe(4 * size);
  expect(new InputEventParser(size).push(events)).toEqual([
    { usage: 0x04, down: false, at: 0 },
    { usage: 0xe1, down: false, at: 0 },
  ]);
});
