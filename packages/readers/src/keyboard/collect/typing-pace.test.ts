import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TypingPace, type Burst } from './typing-pace.js';

/** Keys with these pauses between them. */
function burst(pauses: readonly number[], terminated = true, firstAt = 0): Burst {
  const spanMs = pauses.reduce((sum, pause) => sum + pause, 0);
  return { presses: pauses.length + 1, spanMs, longestMs: Math.max(0, ...pauses), firstAt, lastAt: firstAt + spanMs, terminated };
}
const even = (count: number, ms: number, terminated = true, firstAt = 0): Burst => burst(new Array<number>(count - 1).fill(ms), terminated, firstAt);

describe('who types', () => {
  test.each([1, 6, 10, 19, 30])('a scanner with %d ms between keys', (ms) => {
    expect(new TypingPace('auto').isScan(even(14, ms))).toBe(true);
    expect(new TypingPace('auto').isScan(even(14, ms, false))).toBe(true);
  });

  test.each([80, 150, 300])('a hand with %d ms between keys', (ms) => expect(new TypingPace('auto').isScan(even(14, ms))).toBe(false));

  test('a key alone shows nothing, few keys only with a terminator behind them', () => {
    const pace = new TypingPace('auto');
    expect(pace.isScan(even(1, 0))).toBe(false);
    expect(pace.isScan(even(2, 5))).toBe(true);
    expect(pace.isScan(even(3, 5, false))).toBe(false);
    expect(pace.isScan(even(4, 5, false))).toBe(true);
  });

  test('a quick scanner draws the line closer', () => {
    const pace = new TypingPace('auto');
    expect(pace.isScan(even(3, 45))).toBe(true);
    for (let i = 0; i < 20; i += 1) pace.learn(even(14, 2));
    expect(pace.isScan(even(3, 45))).toBe(false);
    expect(pace.isScan(even(3, 25))).toBe(true);
  });

  test('with a fixed gap everything without a longer pause', () => {
    const pace = new TypingPace(400);
    expect(pace.gapMs).toBe(400);
    expect(pace.isScan(even(5, 390))).toBe(true);
    expect(pace.isScan(even(1, 0))).toBe(false);
  });

  test('a gap of nothing is refused', () => {
    expect(() => new TypingPace(0)).toThrow(RangeError);
    expect(() => new TypingPace(Number.NaN)).toThrow(RangeError);
  });
});

describe('the pause that ends a read', () => {
  test('is 120 ms until something is known, shorter for a quick scanner, longer for one that stutters', () => {
    const quick = new TypingPace('auto');
    expect(quick.gapMs).toBe(120);
    quick.learn(even(14, 2));
    expect(quick.gapMs).toBe(60);
    quick.learn(burst([2, 2, 45, 2]));
    expect(quick.gapMs).toBe(200);
  });

  test('forgets a stutter slowly', () => {
    const pace = new TypingPace('auto');
    pace.learn(burst([2, 2, 50, 2]));
    pace.learn(even(14, 2));
    expect(pace.gapMs).toBeGreaterThan(150);
    for (let i = 0; i < 40; i += 1) pace.learn(even(14, 2));
    expect(pace.gapMs).toBe(60);
  });

  test('grows when a read was cut in two', () => {
    const pace = new TypingPace('auto');
    pace.learn(even(14, 2));
    pace.learn(even(8, 2, false, 1000));
    pace.learn(even(8, 2, true, 1114));
    expect(pace.gapMs).toBe(150);
  });

  test('does not grow for two reads that have no terminator, or far apart', () => {
    const pace = new TypingPace('auto');
    pace.learn(even(8, 2, false, 1000));
    pace.learn(even(8, 2, false, 1114));
    pace.learn(even(8, 2, true, 9000));
    expect(pace.gapMs).toBe(60);
  });

  test('stays within 60 and 250 ms', () => {
    const one = fc.record({ pauses: fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 20 }), terminated: fc.boolean(), firstAt: fc.nat() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (bursts) => {
        const pace = new TypingPace('auto');
        for (const { pauses, terminated, firstAt } of bursts) pace.learn(burst(pauses, terminated, firstAt));
        expect(pace.gapMs).toBeGreaterThanOrEqual(60);
        expect(pace.gapMs).toBeLessThanOrEqual(250);
      }),
    );
  });
});
