import { VirtualClock } from '@tillbridge/testkit';
import type { Cancel, RawRead } from '@tillbridge/core';
import { describe, expect, test, vi } from 'vitest';
import { createFramingDriver, type FramingDriver } from './driver.js';
import { createFramer, type FrameSink } from './framer.js';

/** Counts timers, and lets a test decide what happens between a timer and what runs after the input. */
class CountingClock extends VirtualClock {
  timers = 0;
  beforeInputIsRead: (() => void) | undefined;
  override timer(ms: number, fn: () => void): Cancel {
    this.timers += 1;
    return super.timer(ms, fn);
  }
  override afterInput(fn: () => void): Cancel {
    return super.timer(0, () => {
      this.beforeInputIsRead?.();
      this.beforeInputIsRead = undefined;
      fn();
    });
  }
}

function setup(): { clock: CountingClock; driver: FramingDriver; story: string[]; push: (text: string) => void } {
  const clock = new CountingClock();
  const story: string[] = [];
  const sink: FrameSink = {
    read: (read) => story.push(`${Buffer.from(read.bytes).toString('latin1')} ${read.silence}`),
    tail: () => story.push('tail'),
    quiet: () => story.push(`quiet ${String(clock.mono())}`),
    resumed: () => story.push('resumed'),
    dropped: (reason, count) => story.push(`dropped ${reason} ${String(count)}`),
  };
  const driver = createFramingDriver(createFramer(), clock, sink);
  return { clock, driver, story, push: (text) => driver.push(Buffer.from(text, 'latin1')) };
}

describe('framing driver', () => {
  test('declares silence on time', async () => {
    const { clock, story, push } = setup();
    push('A\r');
    await clock.advance(19);
    expect(story).toEqual(['A awaitQuiet']);
    await clock.advance(1);
    expect(story).toEqual(['A awaitQuiet', 'quiet 20']);
    expect(clock.pending).toBe(0);
  });

  test('a product that follows another within the silence is told before any clock is looked at; its time is known when the turn ends', async () => {
    const clock = new CountingClock();
    const looks = vi.spyOn(clock, 'mono');
    const dates = vi.spyOn(clock, 'wall');
    const reads: { readonly read: RawRead; readonly looks: number; readonly silentBefore: boolean; readonly looksThen: number }[] = [];
    const nothing = (): void => undefined;
    const sink: FrameSink = {
      read: (read) => void reads.push({ read, looks: looks.mock.calls.length + dates.mock.calls.length, silentBefore: read.silentBefore, looksThen: looks.mock.calls.length + dates.mock.calls.length }),
      tail: nothing,
      quiet: nothing,
      resumed: nothing,
      dropped: nothing,
    };
    const driver = createFramingDriver(createFramer(), clock, sink);
    driver.push(Buffer.from('A\r'));
    await clock.advance(5);
    looks.mockClear();
    dates.mockClear();
    driver.push(Buffer.from('B\r'));
    expect(reads[1]).toMatchObject({ looks: 0, silentBefore: false, looksThen: 0 });
    await clock.advance(100);
    looks.mockClear();
    dates.mockClear();
    driver.push(Buffer.from('C\r'));
    // what may be a loyalty code asks for the silence before it: one look
    expect(reads[2]).toMatchObject({ looks: 0, silentBefore: true, looksThen: 1 });
    await clock.advance(1000);
    expect(reads.map(({ read }) => read.at.mono)).toEqual([0, 5, 105]);
    expect(reads.map(({ read }) => read.at.wall - (reads[0]?.read.at.wall ?? 0))).toEqual([0, 5, 105]);
  });

  test('bytes that already arrived when the timer fires are seen first', async () => {
    const { clock, story, push } = setup();
    push('A\r');
    clock.beforeInputIsRead = () => push('B\r');
    await clock.advance(20);
    expect(story).toEqual(['A awaitQuiet', 'resumed', 'B awaitQuiet']);
    await clock.advance(20);
    expect(story.at(-1)).toBe('quiet 40');
  });

  test('does not arm a timer for every chunk', async () => {
    const { clock, story, push } = setup();
    for (let count = 0; count < 1000; count += 1) {
      push('x');
      await clock.advance(1);
    }
    expect(clock.timers).toBeLessThan(12);
    await clock.advance(119);
    expect(story).toEqual([`${'x'.repeat(1000)} settled`]);
  });

  test('something that is due earlier takes the timer over', async () => {
    const { clock, story, push } = setup();
    push('A');
    await clock.advance(5);
    push('\r');
    await clock.advance(20);
    expect(story).toEqual(['A awaitQuiet', 'quiet 25']);
  });

  test('a silent end of a read without terminator', async () => {
    const { clock, story, push } = setup();
    push('A');
    await clock.advance(120);
    expect(story).toEqual(['A settled']);
  });

  test('the end stops the timer, and the driver serves the next connection', async () => {
    const { clock, driver, story, push } = setup();
    push('A\rB');
    driver.end();
    expect(clock.pending).toBe(0);
    expect(story).toEqual(['A awaitQuiet', 'resumed', 'dropped unplugged 1']);
    push('C\r');
    await clock.advance(20);
    expect(story.slice(3)).toEqual(['C awaitQuiet', 'quiet 20']);
  });
});
