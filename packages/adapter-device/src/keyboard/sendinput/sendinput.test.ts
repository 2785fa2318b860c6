import { silentLog, systemClock, TillbridgeError } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Injector, InjectorSource, Stroke } from '../injector.js';
import { describeInjector, type InjectorFixture } from '../testing/suites/injector.js';
import { sendInputSource } from './source.js';
import { InProcessTyping } from '../testing/in-process-typing.js';
import { windowsHand } from './hand.js';
import { PlayedWindows } from './testing/simulated-windows.js';

const never = new AbortController().signal;
const base = { till: 'front', clock: systemClock, log: silentLog, random: () => 0 };

function desk(): { windows: PlayedWindows; fixture: (source: InjectorSource) => InjectorFixture } {
  const windows = new PlayedWindows();
  const till = windows.window('till');
  const other = windows.window('other');
  // a replay is keys by their places: this keyboard types what is printed on them
  const keys: Readonly<Record<string, string>> = { '+5': '4', '+7': '6', '+b': '0', '+8': '7', '+1c': '\r' };
  return {
    windows,
    fixture: (source) => ({
      source,
      guard: { class: 'till class', process: 'till.exe' },
      front: (window) => {
        windows.front = window === 'target' ? till : other;
        return Promise.resolve();
      },
      target: () => till.received + windows.scans.map((scan) => keys[scan] ?? '').join(''),
      other: () => other.received,
      carried: 'Az-Яя😀',
    }),
  };
}

describeInjector('sendinput in a process of its own, on a played Windows', () => {
  const { windows, fixture } = desk();
  const host = new InProcessTyping(() => windowsHand(() => Promise.resolve(windows), systemClock));
  return Promise.resolve(fixture(sendInputSource({ ...base, spawn: host.spawn, platform: 'win32' })));
});

describe('the process that types', () => {
  let windows: PlayedWindows;
  let host: InProcessTyping;
  let source: InjectorSource;
  let open: Injector | undefined;
  const stroke = (over: Partial<Stroke> = {}): Stroke => ({ parts: [{ text: '4607' }], guard: { process: 'till' }, keyDelayMs: 0, mode: 'unicode', withinMs: 5000, ...over });

  beforeEach(() => {
    windows = new PlayedWindows();
    windows.front = windows.window('till');
    host = new InProcessTyping(() => windowsHand(() => Promise.resolve(windows), systemClock));
    source = sendInputSource({ ...base, spawn: host.spawn, platform: 'win32' });
    open = undefined;
  });
  afterEach(async () => {
    await open?.close();
  });

  test('dies in the middle: uncertain, the connection is over, and no other process is started for it', async () => {
    open = await source.open(never);
    windows.beforeEvent = (index) => {
      if (index === 2) host.crash();
    };
    expect(await open.type(stroke({ keyDelayMs: 5 }), never)).toEqual({ result: 'uncertain', reason: 'connectionLost' });
    expect(await open.ended).toMatchObject({ code: 'TB_TILL_KEYBOARD_LOST' });
    expect(await open.type(stroke(), never)).toEqual({ result: 'refused', reason: 'notConnected' });
    expect(host.starts).toBe(1);
  });

  test('a withdrawal that it does not hear is over after a second', async () => {
    open = await source.open(never);
    host.deaf = true;
    const stop = new AbortController();
    const typing = open.type(stroke(), stop.signal);
    stop.abort();
    expect(await typing).toEqual({ result: 'uncertain', reason: 'stopped' });
  });

  test('the way to it counts against the time that is left', async () => {
    const slow = sendInputSource({ ...base, spawn: host.spawn, platform: 'win32', clock: { ...systemClock, mono: () => systemClock.mono(), wall: () => systemClock.wall() - 4000, timer: systemClock.timer.bind(systemClock), afterInput: systemClock.afterInput.bind(systemClock) } });
    open = await slow.open(never);
    expect(await open.type(stroke({ withinMs: 3000 }), never)).toEqual({ result: 'refused', reason: 'late' });
    expect(await open.type(stroke({ withinMs: 60_000 }), never)).toEqual({ result: 'typed' });
  });

  test('a service has no desktop: said so, and not tried again', async () => {
    windows.session0 = true;
    await expect(source.open(never)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_NO_DESKTOP', retryable: false });
  });

  test('without koffi it names the package', async () => {
    const missing = new InProcessTyping(() => windowsHand(() => Promise.reject(new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'transport: sendinput' })), systemClock));
    await expect(sendInputSource({ ...base, spawn: missing.spawn, platform: 'win32' }).open(never)).rejects.toMatchObject({ code: 'TB_NATIVE_MISSING' });
  });

  test('elsewhere than on Windows it is refused in words', async () => {
    await expect(sendInputSource({ ...base, platform: 'linux' }).open(never)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_PLATFORM' });
  });
});
