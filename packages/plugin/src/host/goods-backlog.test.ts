import { instant } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GoodsBacklog } from './goods-backlog.js';

function bench() {
  const clock = new VirtualClock();
  const told: { n: number; reader: string }[] = [];
  const dropped: { reads: number; reason: string }[] = [];
  const there = { is: true };
  const backlog = new GoodsBacklog({
    clock,
    tell: ({ n, read }) => {
      if (there.is) told.push({ n, reader: read.reader });
      return there.is;
    },
    dropped: (reads, reason) => dropped.push({ reads, reason }),
  });
  const put = (reader: string): void => backlog.put({ reader, bytes: '', terminator: '', withSuffix: false }, instant(clock));
  return { clock, told, dropped, there, backlog, put };
}

describe('products on their way to a plugin', () => {
  test('wait for a process that is being started, in order, and leave before what comes later', async () => {
    const { clock, told, dropped, there, backlog, put } = bench();
    there.is = false;
    put('a');
    put('b');
    await clock.advance(300);
    there.is = true;
    put('c');
    backlog.flush();
    put('d');
    expect(told.map(({ reader }) => reader)).toEqual(['a', 'b', 'c', 'd']);
    expect(dropped).toEqual([]);
  });

  test('are dropped and counted when they are old: none falls into a later sale', async () => {
    const { clock, told, dropped, there, backlog, put } = bench();
    there.is = false;
    put('old');
    await clock.advance(1500);
    put('young');
    await clock.advance(500);
    expect(dropped).toEqual([{ reads: 1, reason: 'pluginDown' }]);
    there.is = true;
    backlog.flush();
    expect(told.map(({ reader }) => reader)).toEqual(['young']);
    expect(clock.pending).toBe(0);
  });

  test('what a process took and did not acknowledge is counted when it ends, and not sent again', () => {
    const { told, dropped, backlog, put } = bench();
    put('a');
    put('b');
    backlog.taken(told[0]!.n);
    backlog.lost();
    backlog.flush();
    expect(dropped).toEqual([{ reads: 1, reason: 'pluginLost' }]);
    expect(told).toHaveLength(2);
  });

  test('whatever happens: each is sent once or counted once, in order, and no timer is left', async () => {
    const event = fc.constantFrom('put', 'up', 'down', 'take', 'wait', 'long');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
        const { clock, told, dropped, there, backlog, put } = bench();
        let count = 0;
        let acknowledged = 0;
        for (const what of events) {
          if (what === 'put') put(String((count += 1)));
          else if (what === 'up') {
            there.is = true;
            backlog.flush();
          } else if (what === 'down') {
            there.is = false;
            backlog.lost();
            acknowledged = told.length;
          } else if (what === 'take' && acknowledged < told.length) {
            backlog.taken(told[acknowledged]!.n);
            acknowledged += 1;
          } else await clock.advance(what === 'wait' ? 100 : 2500);
        }
        backlog.clear('closed');
        expect(clock.pending).toBe(0);
        const order = told.map(({ reader }) => Number(reader));
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
        const neverSent = dropped.filter(({ reason }) => reason !== 'pluginLost').reduce((sum, { reads }) => sum + reads, 0);
        expect(told.length + neverSent).toBe(count);
      }),
      { numRuns: 200 },
    );
  });
});
