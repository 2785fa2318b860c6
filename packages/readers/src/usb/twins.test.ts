import type { RawRead, Reader, ReaderSink } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { RecordingSink } from '@tillbridge/testkit/suites';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTwinFilter, TwinReads } from './twins.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('copies of a read', () => {
  test('the other interface, within 300 ms, once', () => {
    const reads = new TwinReads();
    expect(reads.isCopy('d', 'hid', bytes('A'), 0)).toBe(false);
    expect(reads.isCopy('d', 'keys', bytes('A'), 120)).toBe(true);
    expect(reads.isCopy('d', 'keys', bytes('A'), 140)).toBe(false);
    expect(reads.isCopy('d', 'hid', bytes('A'), 160)).toBe(true);
  });

  test('too late, another code, another scanner: no copy', () => {
    const reads = new TwinReads();
    reads.isCopy('d', 'hid', bytes('A'), 0);
    expect(reads.isCopy('d', 'keys', bytes('B'), 10)).toBe(false);
    expect(reads.isCopy('e', 'keys', bytes('A'), 10)).toBe(false);
    expect(reads.isCopy('d', 'keys', bytes('A'), 301)).toBe(false);
  });

  test('with the AIM id on one side only', () => {
    const reads = new TwinReads();
    reads.isCopy('d', 'hid', bytes('4607'), 0);
    expect(reads.isCopy('d', 'keys', bytes(']E04607'), 10)).toBe(true);
  });

  test('nothing is kept for longer than it can have copies', () => {
    const reads = new TwinReads();
    reads.isCopy('d', 'hid', bytes('4607'), 0);
    reads.forget(301);
    expect(reads.isCopy('d', 'keys', bytes('4607'), 100)).toBe(false);
  });

  test('one interface never loses a read, however fast and alike; two interfaces that both tell all give each read once', () => {
    const scans = fc.array(fc.record({ code: fc.constantFrom('A', 'B'), after: fc.integer({ min: 0, max: 400 }), lag: fc.integer({ min: 0, max: 300 }) }), { maxLength: 30 });
    fc.assert(
      fc.property(scans, fc.boolean(), (list, both) => {
        const reads = new TwinReads();
        let now = 0;
        let kept = 0;
        const events = list.flatMap(({ code, after, lag }, i) => {
          now += after;
          return [{ at: now, from: 'hid', code, i }, ...(both ? [{ at: now + lag, from: 'keys', code, i }] : [])];
        });
        // each interface keeps its order: a copy does not overtake the copy before it
        let last = 0;
        for (const event of events.filter(({ from }) => from === 'keys')) last = event.at = Math.max(last, event.at);
        for (const { at, from, code } of events.sort((a, b) => a.at - b.at || a.i - b.i)) if (!reads.isCopy('d', from, bytes(code), at)) kept += 1;
        expect(kept).toBeGreaterThanOrEqual(list.length);
        if (!both) expect(kept).toBe(list.length);
      }),
    );
  });
});

describe('the filter', () => {
  /** A reader whose sink the test has. */
  function fakeReader(id: string): { reader: Reader; sink: () => ReaderSink } {
    let given: ReaderSink | undefined;
    const reader: Reader = {
      id,
      kind: 'hid',
      capabilities: { feedback: false },
      state: { status: 'ready', since: 0 },
      open: (sink) => {
        given = sink;
        return Promise.resolve();
      },
      feedback: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    return { reader, sink: () => given! };
  }
  const read = (clock: VirtualClock, text: string, extra: Partial<RawRead> = {}): RawRead => ({
    bytes: bytes(text), terminator: new Uint8Array(), at: { mono: clock.mono(), wall: clock.wall() }, silence: 'settled', silentBefore: true, ...extra,
  });

  async function two(devices: readonly [string | undefined, string | undefined]): Promise<{ clock: VirtualClock; sinks: ReaderSink[]; told: RecordingSink }> {
    const clock = new VirtualClock();
    const filter = createTwinFilter({ clock });
    const told = new RecordingSink();
    const sinks: ReaderSink[] = [];
    for (const [i, device] of devices.entries()) {
      const { reader, sink } = fakeReader(`r${String(i)}`);
      await filter.wrap(reader, () => device).open(told, new AbortController().signal);
      sinks.push(sink());
    }
    return { clock, sinks, told };
  }

  test('leaves out the copy and its tail, counts it, and keeps everything else', async () => {
    const { clock, sinks: [one, other], told } = await two(['d', 'd']);
    one!.read(read(clock, 'A'));
    await clock.advance(50);
    other!.read(read(clock, 'A'));
    other!.tail(bytes('\n'));
    other!.read(read(clock, 'B'));
    other!.tail(bytes('\r'));
    expect(told.texts).toEqual(['A', 'B']);
    expect(told.count('tail')).toBe(1);
    expect(told.calls.filter(({ call }) => call === 'dropped')).toEqual([{ call: 'dropped', reason: 'copy', byteCount: 1 }]);
    await clock.advance(1000);
    expect(clock.pending).toBe(0);
  });

  test('devices that are not known, or are two, have no copies; nor has what was typed by hand', async () => {
    for (const devices of [[undefined, undefined], ['d', 'e'], ['d', undefined]] as const) {
      const { clock, sinks: [one, other], told } = await two(devices);
      one!.read(read(clock, 'A'));
      other!.read(read(clock, 'A'));
      expect(told.reads).toHaveLength(2);
    }
    const { clock, sinks: [one, other], told } = await two(['d', 'd']);
    one!.read(read(clock, '1', { partial: true }));
    other!.read(read(clock, '1', { partial: true }));
    expect(told.reads).toHaveLength(2);
  });
});
