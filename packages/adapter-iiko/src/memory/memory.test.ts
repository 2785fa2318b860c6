import { inspect } from 'node:util';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recent, Remembered, samePhone } from './index.js';

describe('what is remembered of numbers', () => {
  it('for its time, for this very number and order, and without showing it', async () => {
    const clock = new VirtualClock();
    const memory = new Remembered(clock, 1000);
    memory.add('order', '1002003004005');
    expect([memory.has('order', '1002003004005'), memory.has('order', '100'), memory.has('order1002003004005')]).toEqual([true, false, false]);
    expect(inspect(memory, { depth: 9, showHidden: true })).not.toContain('1002003004005');
    await clock.advance(1000);
    expect(memory.has('order', '1002003004005')).toBe(false);
  });

  it('has a bound: the oldest is forgotten first', () => {
    const memory = new Remembered(new VirtualClock(), 1000);
    for (let i = 0; i < 129; i += 1) memory.add(String(i));
    expect([memory.has('0'), memory.has('1'), memory.has('128')]).toEqual([false, true, true]);
    const recent = new Recent<number>();
    for (let i = 0; i < 65; i += 1) recent.put(String(i), i);
    expect([recent.get('0'), recent.get('1'), recent.get('64')]).toEqual([undefined, 1, 64]);
  });
});

describe('two spellings of a phone', () => {
  it.each([
    ['+79990001122', '89990001122', true],
    ['+7 (999) 000-11-22', '9990001122', true],
    ['+79990001122', '+79990001123', false],
    ['', '', false],
    ['+7', '+7', true],
    ['0001122', '79990001122', false],
  ])('%s and %s: %s', (one, other, same) => expect(samePhone(one, other)).toBe(same));

  it('does not depend on the order or the marks between digits', () => {
    const digits = fc.stringMatching(/^\d{1,15}$/);
    fc.assert(
      fc.property(digits, digits, (one, other) => {
        expect(samePhone(one, other)).toBe(samePhone(`+${other.replace(/(?<=\d)(?=\d)/g, '-')}`, one));
      }),
    );
  });
});
