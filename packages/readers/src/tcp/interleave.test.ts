import type { Instant, RawRead } from '@tillbridge/core';
import { RecordingSink } from '@tillbridge/testkit/suites';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFramer, FRAMING_DEFAULTS } from '../framing/index.js';
import { Interleave } from './interleave.js';

const at: Instant = { mono: 0, wall: 0 };
const read = (name: string, silence: RawRead['silence'] = 'awaitQuiet', size = 0): RawRead => ({
  bytes: size > 0 ? new Uint8Array(size) : Uint8Array.from(Buffer.from(name)),
  terminator: Uint8Array.of(13),
  at,
  silence,
  silentBefore: true,
});
const story = (sink: RecordingSink): string[] =>
  sink.calls.map((each) => (each.call === 'read' ? Buffer.from(each.read.bytes.subarray(0, 8)).toString('latin1') : each.call));

describe('interleave', () => {
  test('one connection: everything passes at once', () => {
    const sink = new RecordingSink();
    const lane = new Interleave(sink).lane();
    lane.read(read('A'));
    expect(story(sink)).toEqual(['A']);
    lane.tail(Uint8Array.of(10));
    lane.resumed();
    lane.read(read('B'));
    lane.quiet();
    lane.read(read('C', 'settled'));
    lane.dropped('unplugged', 1);
    expect(story(sink)).toEqual(['A', 'tail', 'resumed', 'B', 'quiet', 'C', 'dropped']);
  });

  test('a read waits for the silence of another connection’s, with all that was said about it', () => {
    const sink = new RecordingSink();
    const interleave = new Interleave(sink);
    const [a, b, c] = [interleave.lane(), interleave.lane(), interleave.lane()];
    a.read(read('A'));
    b.read(read('B'));
    b.tail(Uint8Array.of(10));
    c.read(read('C', 'settled'));
    b.resumed();
    b.read(read('B2'));
    expect(story(sink)).toEqual(['A']);
    a.quiet();
    expect(story(sink)).toEqual(['A', 'quiet', 'B', 'tail', 'resumed', 'C', 'B2']);
    b.quiet();
    expect(story(sink).at(-1)).toBe('quiet');
  });

  test('a late LF is not given to another connection’s read', () => {
    const sink = new RecordingSink();
    const interleave = new Interleave(sink);
    const [a, b] = [interleave.lane(), interleave.lane()];
    a.read(read('A'));
    a.quiet();
    b.read(read('B', 'settled'));
    a.tail(Uint8Array.of(10));
    expect(story(sink)).toEqual(['A', 'quiet', 'B', 'dropped']);
  });

  test('a flood behind a read that waits is bounded: that read counts as not silent', () => {
    const sink = new RecordingSink();
    const interleave = new Interleave(sink);
    const [a, b] = [interleave.lane(), interleave.lane()];
    a.read(read('A'));
    for (let count = 0; count < 33; count += 1) b.read(read('', 'settled', 8192));
    expect(story(sink).slice(0, 2)).toEqual(['A', 'resumed']);
    expect(sink.reads.length).toBe(34);
    a.quiet();
    expect(sink.count('quiet')).toBe(0);
    a.read(read('A2'));
    a.quiet();
    expect(story(sink).slice(-2)).toEqual(['A2', 'quiet']);
  });

  test('whatever comes: every connection keeps its order and bytes, every silence is answered before the next read', () => {
    const step = fc.record({
      lane: fc.nat(2),
      wait: fc.constantFrom(0, 1, 19, 20, 30),
      data: fc.array(fc.constantFrom(0x41, 0x42, 0x0d, 0x0d, 0x0a), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const sink = new RecordingSink();
        const interleave = new Interleave(sink);
        const lanes = [0, 1, 2].map((lane) => ({ framer: createFramer(FRAMING_DEFAULTS), sink: interleave.lane(), lane }));
        let now = 0;
        const advance = (to: number): void => {
          for (;;) {
            const due = lanes
              .map((each) => ({ each, at: each.framer.deadline() ?? Number.POSITIVE_INFINITY }))
              .reduce((first, other) => (other.at < first.at ? other : first));
            if (due.at > to) break;
            due.each.framer.tick({ mono: due.at, wall: 0 }, due.each.sink);
          }
          now = to;
        };
        let sent = 0;
        for (const { lane, wait, data } of steps) {
          advance(now + wait);
          sent += data.length;
          // the lane shows in the high bits of its data bytes
          const marked = Uint8Array.from(data, (byte) => (byte > 0x20 ? byte + lane * 8 : byte));
          lanes[lane]!.framer.push(marked, { mono: now, wall: 0 }, lanes[lane]!.sink);
        }
        advance(now + 1000);
        let waiting = false;
        let out = 0;
        for (const each of sink.calls) {
          if (each.call === 'read') {
            expect(waiting).toBe(false);
            waiting = each.read.silence === 'awaitQuiet';
            out += each.read.bytes.length + each.read.terminator.length;
            expect(new Set([...each.read.bytes].filter((byte) => byte > 0x20).map((byte) => (byte - 0x41) >> 3)).size).toBeLessThanOrEqual(1);
          } else if (each.call === 'quiet' || each.call === 'resumed') {
            expect(waiting).toBe(true);
            waiting = false;
          } else if (each.call === 'tail') out += each.bytes.length;
          else if (each.call === 'dropped') out += each.byteCount;
        }
        expect(waiting).toBe(false);
        expect(out).toBe(sent);
        for (const { lane } of lanes) {
          const letters = (all: Iterable<number>): number[] => [...all].filter((byte) => byte > 0x20 && (byte - 0x41) >> 3 === lane);
          const input = steps.filter((each) => each.lane === lane).flatMap((each) => each.data.filter((byte) => byte > 0x20).map((byte) => byte + lane * 8));
          expect(sink.reads.flatMap((each) => letters(each.bytes))).toEqual(input);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
