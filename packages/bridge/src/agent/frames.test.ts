import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framed, FrameSplitter, MAX_GREETING } from './frames.js';

/** The stream in pieces of these lengths, the rest at the end. */
function* pieces(stream: Buffer, lengths: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (const length of lengths) {
    yield stream.subarray(at, at + length);
    at += length;
  }
  yield stream.subarray(at);
}

describe('frames', () => {
  it('come out as they went in, however the stream was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 20 }), fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (bodies, cuts) => {
        const splitter = new FrameSplitter();
        const got: Buffer[] = [];
        for (const piece of pieces(Buffer.concat(bodies.map(framed)), cuts)) expect(splitter.push(piece, (frame) => got.push(Buffer.from(frame)) > 0)).toBe(true);
        expect(got).toEqual(bodies.map((body) => Buffer.from(body)));
      }),
    );
  });

  it('one that is empty or announced as too long ends it, before its body comes; nothing follows', () => {
    for (const length of [0, MAX_GREETING + 1, 0xffff_ffff]) {
      const splitter = new FrameSplitter();
      const head = Buffer.alloc(4);
      head.writeUInt32BE(length);
      const got: Buffer[] = [];
      expect(splitter.push(Buffer.concat([framed(Buffer.from('a')), head]), (frame) => got.push(frame) > 0)).toBe(false);
      expect(splitter.push(framed(Buffer.from('b')), (frame) => got.push(frame) > 0)).toBe(false);
      expect(got.map(String)).toEqual(['a']);
    }
  });

  it('longer ones are allowed from within a frame on', () => {
    const splitter = new FrameSplitter(4);
    const got: string[] = [];
    const stream = Buffer.concat([framed(Buffer.from('ok')), framed(Buffer.from('longer than four'))]);
    expect(
      splitter.push(stream, (frame) => {
        got.push(String(frame));
        splitter.allow(100);
        return true;
      }),
    ).toBe(true);
    expect(got).toEqual(['ok', 'longer than four']);
  });
});
