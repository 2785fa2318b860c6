import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, FrameSplitter } from './frames.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
const message = fc.oneof(
  fc.constant({ kind: 'beat' }),
  fc.record({ kind: fc.constant('report'), report: fc.record({ id: fc.nat(), text: fc.string({ unit: 'binary' }) }) }),
  fc.record({ kind: fc.constant('command'), command: fc.record({ id: fc.nat(), bytes }) }),
  fc.record({ kind: fc.constant('report'), report: fc.record({ text: fc.string({ unit: 'grapheme' }), bytes }) }),
);

/** Bytes as plain ones: what comes back is a view into a Buffer. */
function plain(value: unknown): unknown {
  const { command, report, ...rest } = value as { command?: { bytes?: Uint8Array }; report?: { bytes?: Uint8Array } };
  const part = (inner: { bytes?: Uint8Array } | undefined): unknown => (inner?.bytes === undefined ? inner : { ...inner, bytes: [...inner.bytes] });
  return { ...rest, ...(command === undefined ? {} : { command: part(command) }), ...(report === undefined ? {} : { report: part(report) }) };
}

describe('messages through a pipe', () => {
  test('come out as they went in, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }), (messages, cuts) => {
        const stream = Buffer.concat(messages.map((each) => encodeFrame(each)));
        const splitter = new FrameSplitter();
        const got: unknown[] = [];
        for (let at = 0, i = 0; at < stream.length; i += 1) {
          const size = cuts[i % cuts.length] ?? 1;
          got.push(...splitter.push(Buffer.from(stream.subarray(at, at + size))));
          at += size;
        }
        expect(got.map(plain)).toEqual(messages.map(plain));
      }),
    );
  });

  test('are bounded, and garbage is none', () => {
    const long = encodeFrame({ kind: 'report', report: { bytes: new Uint8Array(2000) } });
    expect(() => new FrameSplitter(1000).push(long)).toThrow(RangeError);
    // its head alone says so
    expect(() => new FrameSplitter(1000).push(long.subarray(0, 8))).toThrow(RangeError);
    expect(() => new FrameSplitter().push(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toThrow(RangeError);
    expect(() => new FrameSplitter().push(Buffer.from([0, 0, 0, 2, 0, 0, 0, 9, 0x7b, 0x7d]))).toThrow(SyntaxError);
    expect(() => new FrameSplitter().push(Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 0x7b]))).toThrow(SyntaxError);
  });
});
