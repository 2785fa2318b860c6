import type { KeyEvent, RawRead } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { RecordingSink } from '@tillbridge/testkit/suites';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFramingDriver, type FramingDriver } from '../../framing/index.js';
import { strike, typed } from '../testing/typist.js';
import type { KeyChange } from '../decode/key-change.js';
import { createKeyCollector, type CollectorOptions, type KeyNews } from './key-collector.js';

const OPTIONS: CollectorOptions = { suffix: ['CR', 'LF', 'TAB', 'ETX'], gapMs: 'auto', gs: ['ctrl', 'f8', 'alt'], codePage: 'windows-1251', maxBytes: 8192 };
const ENTER = 0x28;
const SHIFT = 0xe1;
const LEFT_CTRL = 0xe0;
const ALT = 0xe2;

let clock: VirtualClock;
let sink: RecordingSink;
let driver: FramingDriver<readonly KeyNews[]>;

function start(options: Partial<CollectorOptions> = {}): void {
  clock = new VirtualClock();
  sink = new RecordingSink();
  driver = createFramingDriver(createKeyCollector({ ...OPTIONS, ...options }), clock, sink);
}
beforeEach(() => start());

/** Plays keys at the times that they carry, from now on. */
async function play(changes: readonly KeyChange[]): Promise<void> {
  const base = clock.mono();
  for (const change of changes) {
    await clock.advance(Math.max(0, base + change.at - clock.mono()));
    driver.push([{ ...change, at: base + change.at }]);
  }
}
const scan = (text: string, stepMs = 4): Promise<void> => play(typed(Buffer.from(text, 'latin1'), 0, stepMs));
const key = (usage: number, down: boolean, at = clock.mono()): KeyChange => ({ usage, down, at });
const press = (usage: number, down: boolean): void => driver.push([key(usage, down)]);
const whole = ({ bytes, terminator }: RawRead): string => Buffer.concat([bytes, terminator]).toString('latin1');
const keysOf = (read: RawRead | undefined): string => (read?.keys ?? []).map(({ usage, down }) => `${usage.toString(16)}${down ? '+' : '-'}`).join(' ');

function expectComplete(keys: readonly KeyEvent[]): void {
  const down = new Set<number>();
  let last = 0;
  for (const { usage, down: pressed, atMs } of keys) {
    expect(down.has(usage)).toBe(!pressed);
    if (pressed) down.add(usage);
    else down.delete(usage);
    expect(atMs).toBeGreaterThanOrEqual(last);
    last = atMs;
  }
  expect([...down]).toEqual([]);
}

describe('a terminator', () => {
  test('ends a read in the same turn, with its keys, and nothing comes after it', async () => {
    await scan('4600000000001');
    press(ENTER, true);
    expect(sink.texts).toEqual(['4600000000001']);
    expect(sink.reads[0]).toMatchObject({ terminator: Uint8Array.of(13), silence: 'settled', silentBefore: true, at: { mono: clock.mono() } });
    expect(sink.reads[0]?.partial).toBeUndefined();
    expectComplete(sink.reads[0]?.keys ?? []);
    expect(sink.reads[0]?.keys).toHaveLength(28);
    press(ENTER, false);
    await clock.advance(5000);
    expect(sink.reads).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test.each([['Enter', '\r'], ['Tab', '\t'], ['ETX', '\u0003'], ['LF', '\n']])('%s', async (_, end) => {
    await scan(`ABC1${end}`);
    expect(sink.reads.map(whole)).toEqual([`ABC1${end}`]);
  });

  test('is only what is asked for', async () => {
    start({ suffix: ['TAB'] });
    await scan('AB\rC\t');
    expect(sink.reads.map(whole)).toEqual(['AB\rC\t']);
  });

  test('CR LF is one, its keys go with it and no byte does', async () => {
    await scan('ABCD\r\nEFGH\r\n');
    expect(sink.texts).toEqual(['ABCD', 'EFGH']);
    const tails = sink.calls.filter((call) => call.call === 'tail');
    expect(tails).toHaveLength(2);
    expect(tails[0]).toMatchObject({ bytes: new Uint8Array(0) });
    for (const tail of tails) expectComplete(tail.keys ?? []);
  });

  test('CR LF where only the pair counts', async () => {
    start({ suffix: ['CRLF'] });
    await scan('AB\rC\r\nDEFG\r\n');
    expect(sink.reads.map(whole)).toEqual(['AB\rC\r\n', 'DEFG\r\n']);
    expect(sink.texts).toEqual(['AB\rC', 'DEFG']);
  });

  test('an LF long after a CR is a key of its own', async () => {
    await scan('ABCD\r');
    await clock.advance(1000);
    await play(strike([LEFT_CTRL, 0x0d], 0, 4));
    expect(sink.reads.map(whole)).toEqual(['ABCD\r', '\n']);
    expect(sink.reads[1]?.partial).toBe(true);
  });

  test('marked goods keep their separators, whichever key stands for them', async () => {
    await scan('0104600000000000215\u001d93dGVz\r');
    await play([...typed(Buffer.from('010460000'), 0, 4), ...strike([0x41], 100, 4), ...typed(Buffer.from('93\r'), 110, 4)]);
    expect(sink.texts).toEqual(['0104600000000000215\u001d93dGVz', '010460000\u001d93']);
  });
});

describe('a pause', () => {
  test('ends a read without a terminator, once', async () => {
    await scan('4600000000001');
    // the pause counts from the last key that went down, 4 ms before it came up
    await clock.advance(115);
    expect(sink.reads).toEqual([]);
    await clock.advance(1);
    expect(sink.reads.map(whole)).toEqual(['4600000000001']);
    expect(sink.reads[0]?.partial).toBeUndefined();
    expectComplete(sink.reads[0]?.keys ?? []);
    await clock.advance(5000);
    expect(sink.reads).toHaveLength(1);
  });

  test('is what the device has shown', async () => {
    await scan('4600000000001\r', 1);
    await scan('4600000000002', 1);
    await clock.advance(60);
    expect(sink.texts).toEqual(['4600000000001', '4600000000002']);
  });

  test('of this process is none: keys that are here already are read first', async () => {
    const keys = typed(Buffer.from('4600000000001\r'), 0, 4);
    driver.push(keys.slice(0, 10).map((change) => ({ ...change, at: change.at })));
    // the process was busy for a second; the device's own times show no pause
    await clock.advance(100);
    driver.push(keys.slice(10));
    expect(sink.texts).toEqual(['4600000000001']);
  });

  test('a fixed gap ends reads of a slow scanner, and makes reads of slow keys', async () => {
    start({ gapMs: 500 });
    await scan('4600', 100);
    await clock.advance(300);
    await scan('1\r', 100);
    expect(sink.texts).toEqual(['46001']);
    expect(sink.reads[0]?.partial).toBeUndefined();
  });
});

describe('a hand on the keyboard', () => {
  test('passes key by key as what it is: no suffix of the till, no loyalty, the same keys', async () => {
    await scan('98123', 100);
    await scan('\r', 100);
    await clock.advance(1000);
    expect(sink.reads.map(whole).join('')).toBe('98123\r');
    for (const read of sink.reads) {
      expect(read).toMatchObject({ partial: true, silentBefore: false });
      expectComplete(read.keys ?? []);
    }
    expect(sink.reads.length).toBeGreaterThan(3);
  });

  test('keys without a character are goods without bytes', async () => {
    press(0x50, true);
    await clock.advance(80);
    press(0x50, false);
    await clock.advance(500);
    expect(sink.reads).toMatchObject([{ bytes: new Uint8Array(0), terminator: new Uint8Array(0), partial: true }]);
    expect(keysOf(sink.reads[0])).toBe('50+ 50-');
  });

  test('a Shift that stays down goes down again in each row of keys that it is held over', async () => {
    press(SHIFT, true);
    await clock.advance(400);
    expect(sink.reads).toEqual([]);
    press(0x04, true);
    await clock.advance(400);
    press(0x04, false);
    press(0x05, true);
    await clock.advance(400);
    press(SHIFT, false);
    await clock.advance(2000);
    expect(sink.texts).toEqual(['A', 'B']);
    expect(sink.reads.map(keysOf)).toEqual(['e1+ 4+ 4- e1-', 'e1+ 5+ 5- e1-']);
  });

  test('a modifier alone passes when it is let go of, or after a second', async () => {
    press(0xe3, true);
    await clock.advance(300);
    press(0xe3, false);
    await clock.advance(300);
    press(SHIFT, true);
    await clock.advance(1100);
    expect(sink.reads.map(keysOf)).toEqual(['e3+ e3-', 'e1+ e1-']);
  });

  test('an Alt code typed slowly is one character', async () => {
    await play(strike([ALT, 0x62, 0x5a, 0x5b, 0x5b], 0, 150));
    await clock.advance(500);
    expect(sink.texts).toEqual(['\u00e9']);
  });

  test('a key that repeats itself counts once', async () => {
    press(0x04, true);
    press(0x04, true);
    press(0x04, false);
    press(0x04, false);
    await clock.advance(500);
    expect(sink.texts).toEqual(['a']);
    expect(keysOf(sink.reads[0])).toBe('4+ 4-');
  });
});

describe('bad input', () => {
  test('a read longer than the bound leaves in pieces, the last one with its terminator', async () => {
    start({ maxBytes: 10 });
    await scan('abcdefghijklmnopqrstuvwxy\r', 1);
    expect(sink.texts).toEqual(['abcdefghij', 'klmnopqrst', 'uvwxy']);
    expect(sink.reads.map(({ partial, overflow }) => [partial, overflow])).toEqual([[true, true], [true, true], [undefined, true]]);
    await scan('next\r', 1);
    expect(sink.reads.at(-1)?.overflow).toBeUndefined();
  });

  test('keys without a character and without an end are bounded too', () => {
    for (let i = 0; i < 100_000; i += 1) {
      press(0x50, true);
      press(0x50, false);
    }
    expect(Math.max(...sink.reads.map(({ keys }) => keys?.length ?? 0))).toBeLessThanOrEqual(65_536);
    expect(sink.reads.length).toBeGreaterThan(2);
  });

  test('lost keys: the read is dropped, what is left of it is noise, the next one is whole', async () => {
    await scan('46000');
    driver.push([{ lost: true, down: [SHIFT, 0x04] }]);
    press(0x04, false);
    press(SHIFT, false);
    await scan('00001\r');
    await scan('4600000000002\r');
    expect(sink.texts).toEqual(['4600000000002']);
    expect(sink.calls.filter(({ call }) => call === 'dropped')).toEqual([
      { call: 'dropped', reason: 'overflow', byteCount: 5 },
      { call: 'dropped', reason: 'noise', byteCount: 5 },
    ]);
  });

  test('lost keys before a pause', async () => {
    driver.push([{ lost: true, down: [] }]);
    await scan('46');
    await clock.advance(200);
    await scan('4600000000002\r');
    expect(sink.texts).toEqual(['4600000000002']);
    expect(sink.calls[0]).toEqual({ call: 'dropped', reason: 'noise', byteCount: 2 });
  });

  test('unplugged in the middle: half a read is dropped and not glued to the next; keys that were down are up', async () => {
    press(SHIFT, true);
    await scan('46000');
    driver.end();
    expect(sink.calls).toEqual([{ call: 'dropped', reason: 'unplugged', byteCount: 5 }]);
    await scan('4600000000002\r');
    expect(sink.texts).toEqual(['4600000000002']);
    await clock.advance(5000);
    expect(sink.reads).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('a bound of nothing is refused', () => expect(() => createKeyCollector({ ...OPTIONS, maxBytes: 0 })).toThrow(RangeError));

  test('any keys at any pace: rows complete in themselves, bounded, every one of them ends', async () => {
    const usage = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(ENTER, SHIFT, LEFT_CTRL, ALT, 0x0d, 0x5a, 0x62));
    const change = fc.record({ kind: fc.constant('key' as const), usage, down: fc.boolean(), pause: fc.constantFrom(0, 0, 1, 5, 20, 70, 300) });
    const lost = fc.record({ kind: fc.constant('lost' as const), down: fc.array(usage, { maxLength: 3 }), pause: fc.constant(0) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof({ weight: 40, arbitrary: change }, { weight: 1, arbitrary: lost }), { maxLength: 200 }), async (script) => {
        start({ maxBytes: 16 });
        for (const step of script) {
          await clock.advance(step.pause);
          driver.push([step.kind === 'key' ? key(step.usage, step.down) : { lost: true, down: step.down }]);
        }
        await clock.advance(2000);
        expect(clock.pending).toBe(0);
        for (const read of sink.reads) {
          expectComplete(read.keys ?? []);
          expect(read.bytes.length).toBeLessThanOrEqual(16);
          expect(read.partial === true && read.silentBefore).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('scans at any pace of a scanner come back to the letter, with the keys that type them again', async () => {
    const text = fc.uint8Array({ minLength: 4, maxLength: 40 }).map((bytes) => bytes.map((byte) => ([13, 10, 9, 3].includes(byte) ? 0x1d : byte)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 5 }), async (codes) => {
        start();
        for (const [bytes, stepMs] of codes) await play(typed(Buffer.from([...bytes, 13]), 0, stepMs));
        expect(sink.texts).toEqual(codes.map(([bytes]) => Buffer.from(bytes).toString('latin1')));
        expect(sink.reads.some(({ partial }) => partial === true)).toBe(false);
        // typed again they are the same reads
        const again = sink.reads.map(({ keys }) => keys ?? []);
        start();
        for (const keys of again) await play(keys.map(({ usage, down, atMs }) => ({ usage, down, at: atMs })));
        expect(sink.texts).toEqual(codes.map(([bytes]) => Buffer.from(bytes).toString('latin1')));
      }),
      // a quick scanner that slows down in the middle of its day, found by chance once
      { numRuns: 100, examples: [[[[Uint8Array.from([0, 0, 0, 0]), 1], [Uint8Array.from([0, 0, 0, 0, 0]), 8]]]] },
    );
  });
});
