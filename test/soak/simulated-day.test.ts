import { expect, it } from 'vitest';
import { heapInUse } from './heap.js';
import { simulatedDay } from './simulated-day.js';

/** What the heap may grow by from the second hour on, in bytes: some 17,000 reads. One kept object of 120 bytes a read would be more. */
const MAY_GROW = 2_000_000;

it('eight hours at a till leave nothing behind: no timer, no listener, no counter, no memory', async () => {
  const { hours, goodsIn, goodsOut, loyalty, outcomes, wrong } = await simulatedDay(8, heapInUse);
  expect({ goodsOut, wrong }).toEqual({ goodsOut: goodsIn, wrong: 0 });
  expect(goodsIn).toBeGreaterThan(2000);
  expect(loyalty).toBeGreaterThan(1500);
  expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['sent', 'rejected', 'superseded', 'expired']));
  const [, second, ...later] = hours;
  for (const hour of later) {
    expect({ timers: hour.timers, underWay: hour.underWay, subscribers: hour.subscribers, counters: hour.counters }).toEqual({ timers: second?.timers, underWay: 0, subscribers: 0, counters: second?.counters });
  }
  expect((hours.at(-1)?.heap ?? 0) - (second?.heap ?? 0)).toBeLessThan(MAY_GROW);
});
