import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineFrames, MAX_MESSAGE_BYTES } from './line-frames.js';
import { readUpward } from './read-report.js';

describe('lines out of a stream', () => {
  test('are the same however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' ')), { maxLength: 20 }), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
        const frames = new LineFrames();
        const got: string[] = [];
        for (let at = 0, i = 0; at < bytes.length; i += 1) {
          const size = cuts[i % cuts.length] ?? 1;
          got.push(...frames.push(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(got).toEqual(lines);
        expect(frames.broken).toBe(false);
      }),
    );
  });

  test('a line of the greatest length passes; one byte more ends it, and nothing comes after', () => {
    const frames = new LineFrames();
    expect(frames.push(Buffer.from(`${'x'.repeat(MAX_MESSAGE_BYTES)}\n`))[0]).toHaveLength(MAX_MESSAGE_BYTES);
    for (let i = 0; i < 2; i += 1) frames.push(Buffer.alloc(MAX_MESSAGE_BYTES / 2 + 1, 0x78));
    expect(frames.broken).toBe(true);
    expect(frames.push(Buffer.from('\nfine\n'))).toEqual([]);
  });

  test('does not keep what is not its own', () => {
    const frames = new LineFrames();
    const chunk = Buffer.from('abc');
    frames.push(chunk);
    chunk.fill(0);
    expect(frames.push(Buffer.from('\n'))).toEqual(['abc']);
  });
});

describe('what a plugin says', () => {
  const line = (report: unknown): string => JSON.stringify({ kind: 'report', report });

  test('is read where it is one of what there is', () => {
    expect(readUpward('{"kind":"beat"}')).toEqual({ kind: 'beat' });
    expect(readUpward(line({ say: 'quiet' }))).toEqual({ kind: 'report', report: { say: 'quiet' } });
    expect(readUpward(line({ say: 'answer', n: 1 }))).toMatchObject({ report: { n: 1 } });
  });

  test.each([
    ['no JSON', 'x'],
    ['another word', line({ say: 'shutdown' })],
    ['a key too many', line({ say: 'quiet', x: 1 })],
    ['bytes that are no base64', line({ say: 'tail', bytes: '%%' })],
    ['a read from the future', line({ say: 'read', read: { bytes: '', terminator: '', age: -1, silence: 'settled', silentBefore: true } })],
    ['a state that there is not', line({ say: 'state', state: { status: 'splendid' } })],
    ['drops without end', line({ say: 'goodsDropped', reads: 1e9, reason: 'x' })],
  ])('is not read: %s', (_, text) => {
    expect(readUpward(text)).toBeUndefined();
  });

  test('whatever it is, reading it does not throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(line)), (text) => void readUpward(text)));
  });
});
