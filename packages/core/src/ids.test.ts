import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIds } from './ids.js';

describe('ids', () => {
  it('are unique and rise, whatever the clock does: fractions, steps back, sleeps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(0, 0.1, 0.5, 1, 1000), fc.constantFrom(-1, -1000, -3_600_000)), { maxLength: 60 }), async (steps) => {
        const clock = new VirtualClock();
        const newId = createIds(clock);
        const ids = [newId(), newId()];
        for (const step of steps) {
          if (step < 0) clock.sleepMachine(step);
          else await clock.advance(step);
          ids.push(newId(), newId());
        }
        expect([...ids].sort()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{22}$/);
      }),
    );
  });

  it('do not repeat beyond a million in one millisecond', () => {
    const clock = new VirtualClock();
    const newId = createIds(clock);
    let last = '';
    for (let i = 0; i < 1_100_000; i += 1) {
      const id = newId();
      if (id <= last) throw new Error(`${id} after ${last}`);
      last = id;
    }
    clock.sleepMachine(1);
    expect(newId() > last).toBe(true);
  });

  it('of two sources differ at the same moment', () => {
    const clock = new VirtualClock();
    expect(createIds(clock)()).not.toBe(createIds(clock)());
  });

  it('work with a clock at or before 1970', () => {
    for (const wall of [0, -5000]) {
      const newId = createIds(new VirtualClock(wall));
      const [a, b] = [newId(), newId()];
      expect(a).toHaveLength(22);
      expect(b > a).toBe(true);
    }
  });

  it('carry the time in front', () => {
    const early = createIds(new VirtualClock(1_700_000_000_000), () => 0.999)();
    const late = createIds(new VirtualClock(1_700_000_000_001), () => 0)();
    expect(late > early).toBe(true);
  });
});
