import type { DropReason, Instant, RawRead } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFramer, type FrameSink, type Framer } from './framer.js';
import { FRAMING_DEFAULTS, SUFFIXES, type FramingOptions } from './options.js';
import { createReadlineFramer } from './readline-framer.js';

const at = (mono: number): Instant => ({ mono, wall: 1_768_000_000_000 + mono });
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const text = (data: Uint8Array): string => Buffer.from(data).toString('latin1');

type Call =
  | { readonly call: 'read'; readonly read: RawRead }
  | { readonly call: 'tail'; readonly bytes: Uint8Array }
  | { readonly call: 'quiet' | 'resumed' }
  | { readonly call: 'dropped'; readonly reason: DropReason; readonly count: number };

class Trace implements FrameSink {
  readonly calls: Call[] = [];
  read(read: RawRead): void {
    this.calls.push({ call: 'read', read });
  }
  tail(data: Uint8Array): void {
    this.calls.push({ call: 'tail', bytes: data });
  }
  quiet(): void {
    this.calls.push({ call: 'quiet' });
  }
  resumed(): void {
    this.calls.push({ call: 'resumed' });
  }
  dropped(reason: DropReason, count: number): void {
    this.calls.push({ call: 'dropped', reason, count });
  }
  get reads(): RawRead[] {
    return this.calls.flatMap((call) => (call.call === 'read' ? [call.read] : []));
  }
  /** One short word per call. */
  get story(): string[] {
    return this.calls.map((call) => {
      if (call.call === 'read') return `${text(call.read.bytes)}|${JSON.stringify(text(call.read.terminator)).slice(1, -1)}`;
      if (call.call === 'tail') return `tail ${JSON.stringify(text(call.bytes)).slice(1, -1)}`;
      return call.call === 'dropped' ? `dropped ${call.reason} ${String(call.count)}` : call.call;
    });
  }
  /** All bytes that came out, in order. */
  get output(): Uint8Array {
    return Buffer.concat(
      this.calls.flatMap((call) => (call.call === 'read' ? [call.read.bytes, call.read.terminator] : call.call === 'tail' ? [call.bytes] : [])),
    );
  }
}

function run(options: Partial<FramingOptions>, ...steps: readonly (readonly [number, string | null])[]): Trace {
  const trace = new Trace();
  const framer = createFramer({ ...FRAMING_DEFAULTS, ...options });
  for (const [time, data] of steps) {
    if (data === null) framer.tick(at(time), trace);
    else framer.push(bytes(data), at(time), trace);
  }
  return trace;
}

describe('terminators', () => {
  test.each([
    ['A\rB\r', ['A|\\r', 'resumed', 'B|\\r']],
    ['A\r\nB\r\n', ['A|\\r\\n', 'resumed', 'B|\\r\\n']],
    ['A\nB\tC\u0003', ['A|\\n', 'resumed', 'B|\\t', 'resumed', 'C|\\u0003']],
    ['\r', ['|\\r']],
    ['\r\r\n\n', ['|\\r', 'resumed', '|\\r\\n', 'resumed', '|\\n']],
    ['\u0002A\u0003', ['\u0002A|\\u0003']],
    ['A\u001dB\u0000C\r', ['A\u001dB\u0000C|\\r']],
  ])('%j', (input, story) => {
    expect(run({}, [0, input]).story).toEqual(story);
  });

  test('the LF of a split CR LF follows as a tail, however late', () => {
    expect(run({}, [0, 'A\r'], [1, '\n'], [21, null], [100, 'B\r'], [120, null], [9000, '\nC\r']).story).toEqual([
      'A|\\r', 'tail \\n', 'quiet', 'B|\\r', 'quiet', 'tail \\n', 'C|\\r',
    ]);
  });

  test('the tail starts the silence anew but does not end the read’s chance of it', () => {
    const trace = run({}, [0, 'A\r'], [15, '\n'], [20, null], [34.9, null], [35, null]);
    expect(trace.story).toEqual(['A|\\r', 'tail \\n', 'quiet']);
    expect(run({}, [0, 'A\r'], [15, '\n'], [20, null], [30, 'B']).story).toEqual(['A|\\r', 'tail \\n', 'resumed']);
    expect(run({}, [0, 'A\r'], [20, null], [25, '\n'], [30, 'B\r']).reads[1]?.silentBefore).toBe(false);
  });

  test('CRLF alone: a lone CR is data, also at the end of a chunk', () => {
    expect(run({ suffix: ['CRLF'] }, [0, 'A\rB'], [1, '\r'], [2, '\nC\n\r\n']).story).toEqual(['A\rB|\\r\\n', 'resumed', 'C\n|\\r\\n']);
  });

  test('LF and CRLF without CR', () => {
    expect(run({ suffix: ['LF', 'CRLF'] }, [0, 'A\r'], [0, '\nB\nC\rD\n']).story).toEqual([
      'A|\\r\\n', 'resumed', 'B|\\n', 'resumed', 'C\rD|\\n',
    ]);
  });

  test('what is not in the set is data', () => {
    expect(run({ suffix: ['TAB'] }, [0, 'A\r\nB\t']).story).toEqual(['A\r\nB|\\t']);
  });
});

describe('silence', () => {
  test('quiet after quietMs, once', () => {
    const trace = run({}, [0, 'A\r'], [19, null], [20, null], [21, null], [500, null]);
    expect(trace.story).toEqual(['A|\\r', 'quiet']);
    expect(trace.reads[0]).toMatchObject({ silence: 'awaitQuiet', silentBefore: true, at: at(0) });
  });

  test('a byte before quietMs resumes, and that read had no silence before it', () => {
    const trace = run({}, [0, 'A\r'], [10, 'B'], [12, '\r'], [32, null]);
    expect(trace.story).toEqual(['A|\\r', 'resumed', 'B|\\r', 'quiet']);
    expect(trace.reads.map((read) => read.silentBefore)).toEqual([true, false]);
  });

  test('silence that was not declared has not happened', () => {
    const trace = run({}, [0, 'A\r'], [500, 'B\r'], [520, null]);
    expect(trace.story).toEqual(['A|\\r', 'resumed', 'B|\\r', 'quiet']);
    expect(trace.reads[1]?.silentBefore).toBe(false);
  });

  test('silence before counts from the last byte to the first', () => {
    const trace = run({}, [0, 'A\r'], [20, null], [20, 'B'], [100, 'C\r'], [120, null], [139, 'D\r']);
    expect(trace.reads.map((read) => read.silentBefore)).toEqual([true, true, true]);
    expect(trace.reads.map((read) => text(read.bytes))).toEqual(['A', 'BC', 'D']);
  });

  test('quietMs 0: every read is settled and nothing else is called', () => {
    const trace = run({ quietMs: 0 }, [0, 'A\rB\r'], [1, 'C\r'], [100, null]);
    expect(trace.story).toEqual(['A|\\r', 'B|\\r', 'C|\\r']);
    expect(trace.reads.every((read) => read.silence === 'settled' && read.silentBefore)).toBe(true);
  });
});

describe('reads without a terminator', () => {
  test('end after idleMs, dated by their last byte', () => {
    const trace = run({}, [0, 'AB'], [100, 'C'], [120, null], [220, null]);
    expect(trace.story).toEqual(['ABC|']);
    expect(trace.reads[0]).toMatchObject({ silence: 'settled', at: at(100) });
  });

  test('idleMs 0: never', () => {
    const framer = createFramer({ ...FRAMING_DEFAULTS, idleMs: 0 });
    const trace = new Trace();
    framer.push(bytes('A'), at(0), trace);
    expect(framer.deadline()).toBeUndefined();
    framer.tick(at(1e9), trace);
    expect(trace.calls).toEqual([]);
  });

  test('an idle time below quietMs still waits for the silence', () => {
    expect(run({ idleMs: 5, quietMs: 20 }, [0, 'A'], [5, null], [19, null], [20, null]).story).toEqual(['A|', 'quiet']);
    expect(run({ idleMs: 5, quietMs: 20 }, [0, 'A'], [5, null], [9, 'B\r']).story).toEqual(['A|', 'resumed', 'B|\\r']);
  });

  test('unplugged: half a read is dropped and reported, a whole one has its silence', () => {
    const trace = new Trace();
    const framer = createFramer();
    framer.push(bytes('half'), at(0), trace);
    framer.end(trace);
    framer.push(bytes('NEXT\r'), at(1), trace);
    framer.end(trace);
    framer.push(bytes('\nA\r'), at(2), trace);
    expect(trace.story).toEqual(['dropped unplugged 4', 'NEXT|\\r', 'quiet', '|\\n', 'resumed', 'A|\\r']);
    expect(trace.reads[0]?.silentBefore).toBe(true);
    expect(framer.deadline()).toBe(22);
  });
});

describe('bounds', () => {
  test('a read of maxBytes is whole, one byte more leaves in pieces that are goods', () => {
    const options = { maxBytes: 4 };
    expect(run(options, [0, 'ABCD\r']).reads).toMatchObject([{ silence: 'awaitQuiet' }]);
    expect(run(options, [0, 'ABCD\r']).reads[0]?.overflow).toBeUndefined();
    const long = run(options, [0, 'ABC'], [1, 'DEFGHI'], [2, '\r'], [50, 'J\r']);
    expect(long.story).toEqual(['ABCD|', 'EFGH|', 'I|\\r', 'J|\\r']);
    expect(long.reads.map((read) => read.overflow)).toEqual([true, true, true, undefined]);
    expect(long.reads.map((read) => read.silence)).toEqual(['settled', 'settled', 'settled', 'awaitQuiet']);
    expect(long.reads[0]?.at).toEqual(at(1));
  });

  test('1 MB without an end, NUL bytes, garbage: all there, in bounded pieces', () => {
    const input = Buffer.alloc(1 << 20);
    for (let index = 0; index < input.length; index += 1) input[index] = index % 7 === 0 ? 0 : 0x80 + (index % 100);
    const trace = new Trace();
    const framer = createFramer();
    for (let from = 0; from < input.length; from += 65_536) framer.push(input.subarray(from, from + 65_536), at(from / 1e5), trace);
    framer.tick(at(1e6), trace);
    expect(Buffer.compare(trace.output, input)).toBe(0);
    expect(Math.max(...trace.reads.map((read) => read.bytes.length))).toBe(8192);
    expect(trace.reads.every((read) => read.overflow === true)).toBe(true);
  });

  test('maxBytes below 1 is refused', () => {
    expect(() => createFramer({ ...FRAMING_DEFAULTS, maxBytes: 0 })).toThrow(RangeError);
    expect(() => createFramer({ ...FRAMING_DEFAULTS, maxBytes: Number.NaN })).toThrow(RangeError);
  });

  test('an emitted read is a copy', () => {
    const chunk = bytes('AB\r');
    const trace = new Trace();
    createFramer().push(chunk, at(0), trace);
    chunk.fill(0);
    expect(text(trace.reads[0]!.bytes)).toBe('AB');
  });
});

// bytes that matter are frequent
const byte = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0x0d, 0x0a, 0x09, 0x03, 0x02, 0x1d) }, { weight: 4, arbitrary: fc.integer({ min: 0, max: 255 }) });
const stream = fc.array(byte, { maxLength: 80 }).map((data) => Uint8Array.from(data));
const optionsOf = fc.record({
  suffix: fc.subarray([...SUFFIXES]),
  idleMs: fc.constantFrom(0, 5, 120),
  quietMs: fc.constantFrom(0, 20, 200),
  maxBytes: fc.integer({ min: 1, max: 20 }),
});

function cut(data: Uint8Array, at: readonly number[]): Uint8Array[] {
  const edges = [...new Set([0, ...at.map((edge) => edge % (data.length + 1)), data.length])].sort((a, b) => a - b);
  return edges.slice(1).map((edge, index) => data.slice(edges[index], edge));
}

/** The reads with a late LF put back to its terminator. */
function frames(trace: Trace): string[] {
  const all: string[] = [];
  for (const call of trace.calls) {
    if (call.call === 'read') all.push(`${text(call.read.bytes)}|${text(call.read.terminator)}|${String(call.read.overflow ?? false)}`);
    if (call.call === 'tail') all.push((all.pop() ?? '').replace('\r|', `\r${text(call.bytes)}|`));
  }
  return all;
}

/** Every read that awaits silence gets exactly one answer, before the next read; nothing else gets one. */
function checkAnswers(trace: Trace, mayAwaitAtEnd: boolean): void {
  let awaiting = false;
  for (const call of trace.calls) {
    if (call.call === 'read') {
      expect(awaiting).toBe(false);
      awaiting = call.read.silence === 'awaitQuiet';
    }
    if (call.call === 'quiet' || call.call === 'resumed') {
      expect(awaiting).toBe(true);
      awaiting = false;
    }
  }
  if (!mayAwaitAtEnd) expect(awaiting).toBe(false);
}

const readlineOf = fc.record({
  delimiter: fc.constantFrom('\n', '\r', '\r\n', 'ab').map(bytes),
  quietMs: fc.constantFrom(0, 20),
  maxBytes: fc.integer({ min: 2, max: 20 }),
});
const framerOf: fc.Arbitrary<{ readonly make: () => Framer; readonly maxBytes: number; readonly quietMs: number; readonly exact: boolean }> = fc.oneof(
  optionsOf.map((options) => ({ ...options, make: () => createFramer(options), exact: true })),
  // a delimiter that the bound cuts in two is not seen as one: only the bytes are promised then
  readlineOf.map((options) => ({ ...options, make: () => createReadlineFramer(options), exact: false })),
);

describe('properties', () => {
  test('nothing is lost, added or moved, and how the bytes were cut does not matter', () => {
    fc.assert(
      fc.property(framerOf, stream, fc.array(fc.nat(100), { maxLength: 8 }), ({ make, maxBytes, exact }, data, edges) => {
        const whole = new Trace();
        make().push(data, at(0), whole);
        const pieces = new Trace();
        const framer = make();
        for (const chunk of cut(data, edges)) framer.push(chunk, at(0), pieces);
        if (exact) expect(frames(pieces)).toEqual(frames(whole));
        for (const trace of [whole, pieces]) {
          expect(data.subarray(0, trace.output.length)).toEqual(Uint8Array.from(trace.output));
          expect(data.length - trace.output.length).toBeLessThanOrEqual(maxBytes);
          expect(trace.reads.every((read) => read.bytes.length <= maxBytes)).toBe(true);
          checkAnswers(trace, true);
        }
        const held = data.length - pieces.output.length;
        framer.end(pieces);
        const dropped = pieces.calls.flatMap((call) => (call.call === 'dropped' ? [call.count] : []));
        expect(dropped).toEqual(held > 0 ? [held] : []);
        checkAnswers(pieces, false);
      }),
      { numRuns: 3000 },
    );
  });

  test('in time: silence is answered exactly once and declared only after quietMs without a byte', () => {
    const step = fc.record({ wait: fc.constantFrom(0, 1, 10, 19, 20, 21, 119, 120, 500), data: fc.array(byte, { minLength: 1, maxLength: 12 }) });
    fc.assert(
      fc.property(framerOf, fc.array(step, { maxLength: 15 }), ({ make, quietMs }, steps) => {
        const trace = new Trace();
        const framer = make();
        let now = 0;
        let last = Number.NEGATIVE_INFINITY;
        const advance = (to: number): void => {
          for (let due = framer.deadline(); due !== undefined && due <= to; due = framer.deadline()) {
            const before = trace.calls.length;
            framer.tick(at(due), trace);
            expect(trace.calls.length).toBeGreaterThan(before);
            if (trace.calls.at(-1)?.call === 'quiet') expect(due - last).toBeGreaterThanOrEqual(quietMs);
          }
        };
        const input: number[] = [];
        for (const { wait, data } of steps) {
          now += wait;
          advance(now);
          framer.push(Uint8Array.from(data), at(now), trace);
          input.push(...data);
          last = now;
        }
        advance(now + 10_000);
        expect(input.slice(0, trace.output.length)).toEqual([...trace.output]);
        checkAnswers(trace, false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readline', () => {
  const line = (delimiter: string, maxBytes = 64): Framer => createReadlineFramer({ delimiter: bytes(delimiter), quietMs: 20, maxBytes });

  test('splits on its delimiter only, keeps every byte', () => {
    const trace = new Trace();
    const framer = line('\r\n');
    framer.push(bytes('OK \xe9\xff\r'), at(0), trace);
    framer.push(bytes('\n\r\nA\rB\nC\t\r\nhalf'), at(1), trace);
    expect(trace.story).toEqual(['OK \xe9\xff|\\r\\n', 'resumed', '|\\r\\n', 'resumed', 'A\rB\nC\t|\\r\\n', 'resumed']);
    framer.end(trace);
    expect(trace.story.at(-1)).toBe('dropped unplugged 4');
    framer.push(bytes('NEXT\r\n'), at(2), trace);
    framer.tick(at(22), trace);
    expect(trace.story.slice(-2)).toEqual(['NEXT|\\r\\n', 'quiet']);
  });

  test('a line beyond the bound leaves in pieces, and many lines in one chunk are all there', () => {
    const trace = new Trace();
    line('\n', 4).push(bytes('ABCDEFGHIJ\nK\n'), at(0), trace);
    expect(trace.story).toEqual(['ABCD|', 'EFGH|', 'IJ|\\n', 'K|\\n']);
    const many = new Trace();
    line('\n', 8192).push(bytes('x\n'.repeat(1000)), at(0), many);
    expect(many.reads.length).toBe(1000);
  });

  test('2 MB without a delimiter stay bounded', () => {
    const trace = new Trace();
    const framer = line('\n', 8192);
    const chunk = new Uint8Array(65_536).fill(0x41);
    for (let count = 0; count < 32; count += 1) framer.push(chunk, at(count), trace);
    expect(trace.reads.length).toBe(255);
    framer.end(trace);
    expect(trace.story.at(-1)).toBe('dropped unplugged 8192');
  });

  test('delimiters it cannot serve are refused', () => {
    for (const delimiter of ['', '123456789', '\r\r', 'aba']) expect(() => line(delimiter)).toThrow(RangeError);
    expect(() => line('ab', 1)).toThrow(RangeError);
  });
});
