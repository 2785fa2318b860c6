import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './line-splitter.js';

describe('lines out of a pipe', () => {
  it('are the ones that went in, however they were cut and though the buffer is used again', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }), (lines, sizes) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const splitter = new LineSplitter();
        const buffer = Buffer.alloc(30);
        const out: string[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const count = bytes.copy(buffer, 0, at, at + (sizes[turn % sizes.length] ?? 1));
          out.push(...splitter.push(buffer.subarray(0, count)));
          buffer.fill(0x0a);
          at += count;
        }
        expect(out).toEqual(lines);
      }),
    );
  });

  it('are bounded', () => {
    const splitter = new LineSplitter(10);
    expect(splitter.push(Buffer.from('0123456789'))).toEqual([]);
    expect(() => splitter.push(Buffer.from('0'))).toThrow(RangeError);
  });
});
