import { silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, test } from 'vitest';
import { createHotplug, type UsbWatcher } from './hotplug.js';

function setup(over: Partial<UsbWatcher> = {}): {
  clock: VirtualClock;
  story: string[];
  plug: () => void;
  wait: (abort?: AbortController) => { told: () => boolean };
} {
  const clock = new VirtualClock();
  const story: string[] = [];
  let event: () => void = () => undefined;
  const watcher: UsbWatcher = {
    probe: () => Promise.resolve([]),
    start: (listener) => {
      story.push('start');
      event = listener;
      return Promise.resolve();
    },
    stop: () => {
      story.push('stop');
      event = () => undefined;
      return Promise.resolve();
    },
    ...over,
  };
  const hotplug = createHotplug({ clock, log: silentLog, load: () => Promise.resolve(watcher) });
  return {
    clock,
    story,
    plug: () => event(),
    wait: (abort = new AbortController()) => {
      let told = false;
      void hotplug.changed(abort.signal).then(() => (told = true));
      return { told: () => told };
    },
  };
}

describe('hot-plug', () => {
  test('tells half a second after the last event', async () => {
    const { clock, plug, wait } = setup();
    const one = wait();
    const other = wait();
    await clock.settle();
    plug();
    await clock.advance(400);
    plug();
    await clock.advance(400);
    expect(one.told()).toBe(false);
    await clock.advance(100);
    expect([one.told(), other.told()]).toEqual([true, true]);
    expect(clock.pending).toBe(0);
  });

  test('a plug that never comes to rest is looked at within a second', async () => {
    const { clock, plug, wait } = setup();
    const { told } = wait();
    await clock.settle();
    for (let i = 0; i < 10; i += 1) {
      plug();
      await clock.advance(100);
    }
    expect(told()).toBe(true);
  });

  test('watches only while somebody waits', async () => {
    const { clock, story, wait, plug } = setup();
    const abort = new AbortController();
    wait(abort);
    await clock.settle();
    expect(story).toEqual(['start']);
    plug();
    abort.abort();
    await clock.settle();
    expect(story).toEqual(['start', 'stop']);
    expect(clock.pending).toBe(0);
    wait();
    await clock.settle();
    expect(story).toEqual(['start', 'stop', 'start']);
  });

  test.each<[string, Partial<UsbWatcher>]>([
    ['no USB in sysfs', { probe: () => Promise.reject(new Error('/sys/bus/usb/devices/ not found')) }],
    ['no watcher', { start: () => Promise.reject(new Error('netlink: permission denied')) }],
  ])('%s: nothing is told, nothing breaks, an abort still ends the wait', async (_, over) => {
    const { clock, wait, story } = setup(over);
    const abort = new AbortController();
    const { told } = wait(abort);
    await clock.advance(60_000);
    expect(told()).toBe(false);
    abort.abort();
    await clock.settle();
    expect(told()).toBe(true);
    const again = wait();
    await clock.advance(1000);
    expect(again.told()).toBe(false);
    // a watcher where there is no USB ends the process: it must not even be started
    expect(story).toEqual([]);
  });

  test('the package is not there', async () => {
    const clock = new VirtualClock();
    const hotplug = createHotplug({ clock, log: silentLog, load: () => Promise.reject(new Error('Cannot find package usb')) });
    const abort = new AbortController();
    const wait = hotplug.changed(abort.signal);
    await clock.settle();
    abort.abort();
    await wait;
  });

  test('the real watcher fails softly where there is no USB', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const wait = createHotplug({ clock, log: silentLog }).changed(abort.signal);
    abort.abort();
    await wait;
  });
});
