import { VirtualClock } from '@tillbridge/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LockOut } from './lock-out.js';
import { CLIENT_RATE, PUBLIC_RATE, RateLimit } from './rate-limit.js';

const fail = (lock: LockOut, key: string, times: number): void => {
  for (let i = 0; i < times; i += 1) lock.failed(key);
};

describe('the lock-out', () => {
  it('locks at the fifth failure, for 30 s, and nobody else', async () => {
    const clock = new VirtualClock();
    const lock = new LockOut(clock);
    fail(lock, 'a', 4);
    expect(lock.locked('a')).toBe(0);
    lock.failed('a');
    expect(lock.locked('a')).toBe(30);
    expect(lock.locked('b')).toBe(0);
    await clock.advance(29_001);
    expect(lock.locked('a')).toBe(1);
    await clock.advance(999);
    expect(lock.locked('a')).toBe(0);
  });

  it('doubles with every further five failures, up to an hour', async () => {
    const clock = new VirtualClock();
    const lock = new LockOut(clock);
    const locks: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      fail(lock, 'a', 5);
      locks.push(lock.locked('a'));
      await clock.advance(lock.locked('a') * 1000);
    }
    expect(locks).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
  });

  it('is not prolonged by trying while it lasts', async () => {
    const clock = new VirtualClock();
    const lock = new LockOut(clock);
    fail(lock, 'a', 5);
    await clock.advance(10_000);
    fail(lock, 'a', 50);
    expect(lock.locked('a')).toBe(20);
  });

  it('forgets with a success, and after a long silence', async () => {
    const clock = new VirtualClock();
    const lock = new LockOut(clock);
    fail(lock, 'a', 4);
    lock.succeeded('a');
    fail(lock, 'a', 4);
    expect(lock.locked('a')).toBe(0);
    fail(lock, 'b', 5);
    await clock.advance(3 * 3_600_000);
    fail(lock, 'b', 5);
    expect(lock.locked('b')).toBe(30);
  });

  it('remembers a bounded number of keys, those that failed last', () => {
    const lock = new LockOut(new VirtualClock());
    fail(lock, 'first', 4);
    for (let i = 0; i < 2000; i += 1) lock.failed(`k${i}`);
    lock.failed('first');
    expect(lock.locked('first')).toBe(0);
    fail(lock, 'k1999', 4);
    expect(lock.locked('k1999')).toBe(30);
  });
});

describe('the rate limit', () => {
  it('lets a burst through and then so many a second', async () => {
    const clock = new VirtualClock();
    const rate = new RateLimit(clock, CLIENT_RATE);
    const taken = (n: number): number => Array.from({ length: n }, () => rate.take('a')).filter((seconds) => seconds === 0).length;
    expect(taken(200)).toBe(100);
    await clock.advance(1000);
    expect(taken(200)).toBe(50);
    expect(rate.take('b')).toBe(0);
    await clock.advance(60_000);
    expect(taken(200)).toBe(100);
  });

  it('says after how many seconds the next may come, and keeps its word', async () => {
    const clock = new VirtualClock();
    const rate = new RateLimit(clock, { perSecond: 0.2, burst: 1 });
    expect(rate.take('a')).toBe(0);
    expect(rate.take('a')).toBe(5);
    await clock.advance(5000);
    expect(rate.take('a')).toBe(0);
  });

  it('never lets more through than its rate and burst allow, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ wait: fc.integer({ min: 0, max: 3000 }), requests: fc.integer({ min: 0, max: 40 }) }), { maxLength: 30 }), async (steps) => {
        const clock = new VirtualClock();
        const rate = new RateLimit(clock, PUBLIC_RATE);
        let passed = 0;
        for (const { wait, requests } of steps) {
          await clock.advance(wait);
          for (let i = 0; i < requests; i += 1) if (rate.take('public') === 0) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(PUBLIC_RATE.burst + (clock.mono() / 1000) * PUBLIC_RATE.perSecond + 1e-6);
      }),
    );
  });
});
