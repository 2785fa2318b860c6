import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAKER, CircuitBreaker } from './breaker.js';

const OPTIONS = { failures: 5, firstPauseMs: 5000, longestPauseMs: 300_000 };
const { failures: MOST_FAILURES, firstPauseMs: FIRST_PAUSE_MS, longestPauseMs: LONGEST_PAUSE_MS } = OPTIONS;

describe('the circuit breaker', () => {
  const EVENTS = ['answered', 'failed', 'tooMany', 'gaveUp'] as const;

  it('its table is total', () => {
    for (const row of Object.values(BREAKER)) expect(Object.keys(row).sort()).toEqual(['answered', 'failed', 'gaveUp', 'paused', 'tooMany']);
  });

  it('opens after failures in a row, lets one through after a pause, and closes when that one is answered', async () => {
    const clock = new VirtualClock();
    const breaker = new CircuitBreaker(clock, () => 0.5, OPTIONS);
    for (let i = 0; i < MOST_FAILURES - 1; i += 1) breaker.note('failed');
    breaker.note('answered');
    for (let i = 0; i < MOST_FAILURES; i += 1) {
      expect(breaker.allows()).toBe(true);
      breaker.note('failed');
    }
    expect(breaker.allows()).toBe(false);
    await clock.advance(FIRST_PAUSE_MS - 1);
    expect(breaker.allows()).toBe(false);
    await clock.advance(1);
    expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
    breaker.note('answered');
    expect(breaker.state).toBe('closed');
  });

  it('pauses twice as long each time, up to its longest, and as long as the service asks', async () => {
    const clock = new VirtualClock();
    const breaker = new CircuitBreaker(clock, () => 0.5, OPTIONS);
    breaker.note('tooMany', 60_000);
    await clock.advance(59_999);
    expect(breaker.allows()).toBe(false);
    await clock.advance(1);
    for (let pause = FIRST_PAUSE_MS * 2; pause < LONGEST_PAUSE_MS * 4; pause *= 2) {
      expect(breaker.allows()).toBe(true);
      breaker.note('failed');
      await clock.advance(Math.min(pause, LONGEST_PAUSE_MS) - 1);
      expect(breaker.allows()).toBe(false);
      await clock.advance(1);
    }
  });

  it('one who gave up leaves the try to the next', async () => {
    const clock = new VirtualClock();
    const breaker = new CircuitBreaker(clock, () => 0.5, OPTIONS);
    breaker.note('tooMany');
    await clock.advance(FIRST_PAUSE_MS);
    expect(breaker.allows()).toBe(true);
    breaker.note('gaveUp');
    expect(breaker.allows()).toBe(true);
  });

  it('whatever happens: open lets nothing through before its time, and some time it lets something through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...EVENTS), fc.integer({ min: 0, max: 20_000 })), { maxLength: 60 }), async (steps) => {
        const clock = new VirtualClock();
        const breaker = new CircuitBreaker(clock, () => 0, OPTIONS);
        for (const [event, ms] of steps) {
          if (breaker.allows()) breaker.note(event);
          await clock.advance(ms);
        }
        await clock.advance(LONGEST_PAUSE_MS);
        expect(breaker.allows()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
