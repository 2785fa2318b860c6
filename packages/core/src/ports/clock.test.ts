import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { within } from '../within.js';
import { Arrival, deadline, elapsed, instant, raceAbort, sleep } from './clock.js';

const settled = async (promise: Promise<unknown>): Promise<unknown> => {
  const open = Symbol('open');
  const turns = async (): Promise<symbol> => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    return open;
  };
  const state = await Promise.race([promise.then((value) => ({ value }), (error: unknown) => ({ error })), turns()]);
  return state === open ? 'open' : state;
};

describe('Arrival', () => {
  class Asked extends VirtualClock {
    readonly asked: string[] = [];
    override mono(): number {
      this.asked.push('mono');
      return super.mono();
    }
    override wall(): number {
      this.asked.push('wall');
      return super.wall();
    }
  }

  it('looks at each clock once, when it is asked for', async () => {
    const clock = new Asked();
    const arrival = new Arrival(clock);
    expect(clock.asked).toEqual([]);
    expect(arrival.mono).toBe(0);
    await clock.advance(5);
    expect(arrival.mono).toBe(0);
    clock.asked.length = 0;
    arrival.settle();
    expect(clock.asked).toEqual(['wall']);
    const { wall } = arrival;
    await clock.advance(5);
    arrival.settle();
    expect([arrival.mono, arrival.wall]).toEqual([0, wall]);
    expect(clock.asked).toEqual(['wall']);
  });
});

describe('elapsed', () => {
  it('is what the clock that went further says, never negative', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.integer({ min: -100_000, max: 100_000 }), async (ran, slept) => {
        const clock = new VirtualClock();
        const then = instant(clock);
        await clock.advance(ran);
        clock.sleepMachine(slept);
        expect(elapsed(clock, then)).toBe(Math.max(ran, ran + slept));
      }),
    );
    expect(elapsed(new VirtualClock(0), { mono: 5, wall: 5 })).toBe(0);
  });
});

describe('sleep', () => {
  it('ends with its time or its signal, and leaves no timer and no listener', async () => {
    const clock = new VirtualClock();
    const first = sleep(clock, 100);
    await clock.advance(99);
    expect(await settled(first)).toBe('open');
    await clock.advance(1);
    expect(await settled(first)).toEqual({ value: undefined });

    const controller = new AbortController();
    const second = sleep(clock, 100, controller.signal);
    controller.abort();
    expect(await settled(second)).toEqual({ value: undefined });
    expect(await settled(sleep(clock, 100, controller.signal))).toEqual({ value: undefined });
    expect(clock.pending).toBe(0);
  });
});

describe('deadline', () => {
  it('aborts after its time', async () => {
    const clock = new VirtualClock();
    const { signal } = deadline(clock, 50);
    await clock.advance(49);
    expect(signal.aborted).toBe(false);
    await clock.advance(1);
    expect(signal.aborted).toBe(true);
    expect(String(signal.reason)).toContain('50 ms');
  });

  it('follows its parent, with its reason, also one that aborted before', () => {
    const clock = new VirtualClock();
    const parent = new AbortController();
    const child = deadline(clock, 50, parent.signal);
    parent.abort('gone');
    expect(child.signal.reason).toBe('gone');
    expect(deadline(clock, 50, parent.signal).signal.reason).toBe('gone');
  });

  it('ends for good when disposed', async () => {
    const clock = new VirtualClock();
    const parent = new AbortController();
    const child = deadline(clock, 50, parent.signal);
    child.dispose();
    parent.abort();
    await clock.advance(100);
    expect(child.signal.aborted).toBe(false);
    expect(clock.pending).toBe(0);
  });
});

describe('raceAbort', () => {
  it('gives the work, or the answer to the abort, and swallows what comes later', async () => {
    const never = new AbortController().signal;
    expect(await raceAbort(Promise.resolve(1), never, () => 2)).toBe(1);
    await expect(raceAbort(Promise.reject(new Error('broken')), never, () => 2)).rejects.toThrow('broken');
    const late = new AbortController();
    const raced = raceAbort(new Promise<number>((_, reject) => late.signal.addEventListener('abort', () => reject(new Error('late')))), late.signal, () => 2);
    late.abort();
    expect([0, 2]).toContain(await raced.catch(() => 0));
    expect(await raceAbort(Promise.reject<number>(new Error('unseen')), late.signal, () => 3)).toBe(3);
    expect(await raceAbort(new Promise<number>(() => undefined), late.signal, () => 4)).toBe(4);
    const third = new AbortController();
    const thrown = raceAbort(new Promise<number>(() => undefined), third.signal, () => {
      throw new Error('called off');
    });
    third.abort();
    await expect(thrown).rejects.toThrow('called off');
  });
});

describe('within', () => {
  const late = (): Error => new Error('too late');

  it('gives what the work gives, also a throw out of the call, and leaves no timer', async () => {
    const clock = new VirtualClock();
    expect(await within(clock, 10, () => Promise.resolve(1), late)).toBe(1);
    await expect(within(clock, 10, () => Promise.reject(new Error('broken')), late)).rejects.toThrow('broken');
    await expect(within(clock, 10, () => { throw new Error('thrown'); }, late)).rejects.toThrow('thrown');
    expect(clock.pending).toBe(0);
  });

  it('gives up when the time is over', async () => {
    const clock = new VirtualClock();
    const work = within(clock, 10, () => new Promise<void>(() => undefined), late);
    const failed = expect(work).rejects.toThrow('too late');
    await clock.advance(10);
    await failed;
  });
});
