import { expect, it } from 'vitest';
import { heapInUse } from './heap.js';
import { simulatedDay } from './simulated-day.js';

/** What the heap may grow by from the second hour on, in bytes. Some 9,000 reads come in that time: 200 bytes kept of each would be more. */
const MAY_GROW = 1_500_000;
const EVERY_MS = 3000;

it('eight hours at a till leave nothing behind: no timer, no listener, no counter, no memory', async () => {
  const { hours, goodsIn, goodsOut, loyalty, outcomes, wrong } = await simulatedDay(8, heapInUse, EVERY_MS);
  expect({ goodsOut, wrong }).toEqual({ goodsOut: goodsIn, wrong: 0 });
  expect(goodsIn).toBeGreaterThan(2000);
  expect(loyalty).toBeGreaterThan(1500);
  expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['sent', 'rejected', 'unknown', 'expired']));
  const [, second, ...later] = hours;
  for (const hour of later) {
    expect({ timers: hour.timers, underWay: hour.underWay, subscribers: hour.subscribers, counters: hour.counters }).toEqual({ timers: second?.timers, underWay: 0, subscribers: 0, counters: second?.counters });
  }
  expect((hours.at(-1)?.heap ?? 0) - (second?.heap ?? 0)).toBeLessThan(MAY_GROW);
});
