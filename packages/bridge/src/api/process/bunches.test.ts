import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import { Bunches } from './bunches.js';

describe('calls in bunches', () => {
  it('the first goes at once, those behind it together, in their order', async () => {
    const clock = new VirtualClock();
    const bunches = new Bunches(clock);
    const sent: number[] = [];
    for (let i = 0; i < 4; i += 1) bunches.add(() => sent.push(i), false);
    expect(sent).toEqual([0]);
    await clock.advance(9);
    expect(sent).toEqual([0]);
    await clock.advance(1);
    expect(sent).toEqual([0, 1, 2, 3]);
    await clock.advance(10);
    bunches.add(() => sent.push(4), false);
    expect(sent).toEqual([0, 1, 2, 3, 4]);
  });

  it('what does something goes at once, behind what waits', async () => {
    const clock = new VirtualClock();
    const bunches = new Bunches(clock);
    const sent: string[] = [];
    bunches.add(() => sent.push('a'), false);
    bunches.add(() => sent.push('b'), false);
    bunches.add(() => sent.push('claim'), true);
    expect(sent).toEqual(['a', 'b', 'claim']);
    await clock.advance(100);
    expect(sent).toHaveLength(3);
  });
});
