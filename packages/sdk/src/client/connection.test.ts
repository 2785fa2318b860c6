import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeTransport, hello } from '../testing/fake-transport.js';
import { reconnectDelay } from './back-off.js';
import { BridgeError } from './bridge-error.js';
import { Connection } from './connection.js';
import { NEXT, type Input, type State } from './states.js';

function setUp(random = () => 0.5) {
  const transport = new FakeTransport();
  const clock = new VirtualClock();
  const heard: (number | string)[] = [];
  const waits: number[] = [];
  const connection = new Connection(
    { transport, clock, random },
    {
      frame: ({ seq }) => heard.push(seq),
      gap: ({ from, to }) => heard.push(`gap ${from}-${to}`),
      live: () => heard.push('live'),
      lost: (ms) => waits.push(ms),
      failed: ({ code }) => heard.push(code),
    },
  );
  return { transport, clock, heard, waits, connection };
}
const scan = (seq: number): object => ({ type: 'scan', seq });

describe('the back-off', () => {
  it('is full jitter up to 1, 2, 4 ... 32 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const ms = reconnectDelay(attempt, () => random);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(Math.min(32_000, 1000 * 2 ** (attempt - 1)));
      }),
    );
    expect([1, 2, 3, 6, 7].map((n) => reconnectDelay(n, () => 1))).toEqual([1000, 2000, 4000, 32_000, 32_000]);
  });
});

describe('the table of states', () => {
  it('leaves a final state only by closing, and closed never', () => {
    const inputs: Input[] = ['hello', 'lost', 'refused', 'timeUp', 'close'];
    // while it waits nothing of the last stream counts any more
    for (const input of ['hello', 'lost', 'refused'] as const) expect(NEXT.waiting[input]).toBe('waiting');
    for (const input of inputs) {
      expect(NEXT.closed[input]).toBe('closed');
      expect(NEXT.failed[input]).toBe(input === 'close' ? 'closed' : 'failed');
      for (const state of Object.keys(NEXT) as State[]) if (input === 'close') expect(NEXT[state][input]).toBe('closed');
    }
  });
});

describe('a connection', () => {
  it('asks for what it missed, and lets nothing through twice', async () => {
    const { transport, clock, heard, connection } = setUp();
    connection.start();
    expect(transport.stream.since).toBeUndefined();
    transport.stream.frame(hello(10));
    transport.stream.frame(scan(11));
    transport.stream.ended(undefined);
    await clock.advance(500);
    expect(transport.stream.since).toBe(11);
    transport.stream.frame(hello(13));
    for (const seq of [11, 12, 13, 13, 14]) transport.stream.frame(scan(seq));
    expect(heard).toEqual(['live', 11, 'live', 12, 13, 14]);
  });

  it('takes the deliveries that waited from before it, once', () => {
    const { transport, heard, connection } = setUp();
    connection.start();
    transport.stream.frame(hello(10));
    transport.stream.frame({ type: 'delivery', seq: 7 });
    transport.stream.frame(scan(8));
    transport.stream.frame(scan(11));
    transport.stream.frame({ type: 'delivery', seq: 11 });
    expect(heard).toEqual(['live', 7, 11]);
  });

  it('starts anew where the clock was put back between two daemons', async () => {
    const { transport, clock, heard, connection } = setUp();
    connection.start();
    transport.stream.frame(hello(1000));
    transport.stream.ended(undefined);
    await clock.advance(500);
    transport.stream.frame(hello(52));
    transport.stream.frame({ type: 'gap', from: 50, to: 50 });
    for (const seq of [51, 52, 53]) transport.stream.frame(scan(seq));
    expect(heard).toEqual(['live', 'live', 'gap 50-50', 51, 52, 53]);
  });

  it('backs off further each time, and from the beginning after a good minute', async () => {
    const { transport, clock, waits, connection } = setUp(() => 0.999);
    connection.start();
    for (let i = 0; i < 4; i += 1) {
      transport.stream.ended(undefined);
      await clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits.map(Math.round)).toEqual([999, 1998, 3996, 7992]);
    transport.stream.frame(hello(1));
    await clock.advance(59_999);
    transport.stream.ended(undefined);
    await clock.advance(waits.at(-1) ?? 0);
    expect(waits.at(-1)).toBeCloseTo(15_984);
    transport.stream.frame(hello(1));
    await clock.advance(60_000);
    transport.stream.ended(undefined);
    expect(waits.at(-1)).toBeCloseTo(999);
  });

  it('gives up an attempt that says nothing for 10 s', async () => {
    const { transport, clock, waits, connection } = setUp();
    connection.start();
    await clock.advance(10_000);
    expect(waits).toHaveLength(1);
    expect(transport.streams[0]?.left).toBe(true);
    // too late
    transport.streams[0]?.frame(hello(1));
    expect(connection.state).toBe('waiting');
  });

  it('does not knock again where it was refused', async () => {
    const { transport, clock, heard, connection } = setUp();
    connection.start();
    transport.stream.frame(hello(1));
    transport.stream.ended(BridgeError.of({ error: { code: 'TB_API_UNAUTHORIZED', message: 'x' } }));
    await clock.advance(100_000);
    expect(heard).toEqual(['live', 'TB_API_UNAUTHORIZED']);
    expect(transport.streams).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('is not disturbed by frames of any shape', () => {
    const { transport, heard, connection } = setUp();
    connection.start();
    transport.stream.frame(hello(5));
    fc.assert(
      fc.property(fc.anything(), (frame) => {
        fc.pre(!(typeof frame === 'object' && frame !== null && 'seq' in frame));
        transport.stream.frame(frame);
      }),
    );
    transport.stream.frame({ type: 'something newer', seq: 6 });
    transport.stream.frame(scan(Number.NaN));
    transport.stream.frame(scan(7));
    expect(heard).toEqual(['live', 7]);
  });

  it('hears every event once and in order, however often it is cut', async () => {
    const step = fc.oneof(fc.constant('event' as const), fc.constant('cut' as const), fc.constant('silent' as const));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { transport, clock, heard, connection } = setUp(() => 0);
        let last = 100;
        connection.start();
        transport.stream.frame(hello(last));
        const welcome = (): void => {
          const { since = last } = transport.stream;
          transport.stream.frame(hello(last));
          for (let seq = since + 1; seq <= last; seq += 1) transport.stream.frame(scan(seq));
        };
        for (const what of steps) {
          if (what === 'cut') {
            transport.stream.ended(undefined);
            last += 1;
            await clock.advance(1);
            welcome();
          } else if (what === 'silent') {
            await clock.advance(1000);
          } else {
            last += 1;
            transport.stream.frame(scan(last));
          }
        }
        expect(heard.filter((each) => typeof each === 'number')).toEqual(Array.from({ length: last - 100 }, (_, i) => 101 + i));
        connection.close();
        expect(clock.pending).toBe(0);
      }),
    );
  });
});
