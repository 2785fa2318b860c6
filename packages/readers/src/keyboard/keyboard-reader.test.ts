import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeyboardReader } from './keyboard-reader.js';
import type { KeyboardReaderContext, KeyboardReaderOptions } from './options.js';
import { OpenRefused } from './host/key-source.js';
import { InProcessHosts } from './testing/in-process-host.js';
import { SimulatedKeyboard } from './testing/simulated-keyboard.js';
import { SimulatedUsbKeyboard } from './testing/simulated-usb-keyboard.js';

const ENTER = 0x28;
const SHIFT = 0xe1;

describe('keyboard reader', () => {
  let device: SimulatedKeyboard;
  let usb: SimulatedUsbKeyboard;
  let hosts: InProcessHosts;
  let sink: RecordingSink;
  let abort: AbortController;
  let reader: Reader;
  let missing: string | undefined;

  const make = (options: Partial<KeyboardReaderOptions> = {}, context: Partial<KeyboardReaderContext> = {}): Reader => {
    reader = createKeyboardReader(
      { id: 'counter', where: { match: { vid: '0c2e' } }, ...options },
      { clock: systemClock, log: silentLog, random: () => 0, roots: device.roots, platform: 'linux', spawn: hosts.spawn, ...context },
    );
    return reader;
  };
  const open = async (options?: Partial<KeyboardReaderOptions>): Promise<void> => {
    await make(options).open(sink, abort.signal);
  };
  const scan = (text: string): void => device.send(Buffer.from(text, 'latin1'));
  const key = (usage: number, down: boolean): void => device.press({ usage, down, at: performance.now() });
  const reason = (): string | undefined => reader.state.reason?.code;

  beforeEach(() => {
    device = new SimulatedKeyboard();
    usb = new SimulatedUsbKeyboard();
    missing = undefined;
    hosts = new InProcessHosts({
      clock: systemClock,
      evdev: () => (missing === undefined ? Promise.resolve(device.binding) : Promise.reject(new OpenRefused('noNative', 'not installed', missing))),
      claim: (place) => usb.claim(place),
    });
    sink = new RecordingSink();
    abort = new AbortController();
  });
  afterEach(async () => {
    await reader.close();
    device.dispose();
  });

  test('takes the keyboard for itself, gives it back', async () => {
    await open();
    expect(device.grabbed).toBe(true);
    scan('4600000000001\r');
    await sink.untilReads(1);
    expect(device.leaked).toBe(0);
    await reader.close();
    expect(device.grabbed).toBe(false);
    expect(device.openCount).toBe(0);
    scan('4600000000002\r');
    expect(device.leaked).toBeGreaterThan(0);
  });

  test('has no way back to the scanner', async () => {
    await open();
    expect(reader.capabilities).toEqual({ feedback: false });
    await reader.feedback('good');
  });

  test.each([
    ['EBUSY', 'TB_READER_KEYBOARD_GRABBED'],
    ['EACCES', 'TB_READER_USB_NO_PERMISSION'],
    ['ENXIO', 'TB_READER_NOT_FOUND'],
    ['ENOTTY', 'TB_READER_KEYBOARD_NOT_ONE'],
    ['EIO', 'TB_READER_OPEN_FAILED'],
  ])('%s on opening: says %s, tries again, reads then', async (errno, code) => {
    device.refuse = errno;
    await open();
    expect(reason()).toBe(code);
    for (const text of [reader.state.reason!.message, reader.state.reason!.remedy('en'), reader.state.reason!.text('ru'), reader.state.reason!.remedy('ru')]) {
      expect(text).not.toMatch(/\?|undefined/);
    }
    device.refuse = undefined;
    await sink.untilStatus('ready');
    scan('4600000000001\r');
    await sink.untilReads(1);
  });

  test('another program has it: says so until it lets go, and keeps nothing open', async () => {
    device.takenByAnother = true;
    await open();
    expect(reason()).toBe('TB_READER_KEYBOARD_GRABBED');
    expect(device.openCount).toBe(0);
    device.takenByAnother = false;
    await sink.untilStatus('ready');
  });

  test('koffi is not there: the error names it, and trying again is of no use', async () => {
    missing = 'koffi';
    make();
    await expect(reader.open(sink, abort.signal)).rejects.toMatchObject({ code: 'TB_NATIVE_MISSING', params: { package: 'koffi' } });
    expect(reader.state.status).toBe('failed');
  });

  test('a device without digits is no scanner', async () => {
    device.typesDigits = false;
    await open();
    expect(reason()).toBe('TB_READER_KEYBOARD_NOT_ONE');
    expect(device.openCount).toBe(0);
  });

  describe('where it is', () => {
    test('by path, by match, by auto', async () => {
      for (const where of [{ path: device.path }, { match: { vid: '0C2E', pid: '0b61' } }, { auto: true } as const]) {
        await open({ where });
        expect(reader.state.status, JSON.stringify(where)).toBe('ready');
        await reader.close();
      }
    });

    test('a path to something else', async () => {
      const mouse = join(device.roots.dev, 'input/event9');
      writeFileSync(mouse, '');
      await open({ where: { path: mouse } });
      expect(reason()).toBe('TB_READER_KEYBOARD_NOT_ONE');
    });

    test('a path to nothing', async () => {
      await open({ where: { path: join(device.roots.dev, 'input/event77') } });
      expect(reason()).toBe('TB_READER_NOT_FOUND');
    });

    test('nothing that matches', async () => {
      await open({ where: { match: { vid: '1234' } } });
      expect(reason()).toBe('TB_READER_NO_MATCH');
    });

    test('auto never takes a keyboard that nobody knows as a scanner', async () => {
      writeFileSync(join(device.roots.sys, 'class/input/event5/device/id/vendor'), '046d\n');
      await open({ where: { auto: true } });
      expect(reason()).toBe('TB_READER_USB_AUTO_NONE');
    });
  });

  describe('the moment of taking it', () => {
    test('waits until no key is down: nobody else must keep one for ever', async () => {
      key(SHIFT, true);
      const opening = open();
      await sink.untilStatus('opening');
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(device.grabbed).toBe(false);
      key(SHIFT, false);
      await opening;
      expect(device.grabbed).toBe(true);
    });

    test('does not wait for ever, and the rest of what was being typed is no read', async () => {
      key(SHIFT, true);
      await open();
      expect(reader.state.status).toBe('ready');
      expect(device.letUp).toBe(1);
      scan('46\r');
      key(SHIFT, false);
      scan('4600000000001\r');
      await sink.untilReads(1);
      expect(sink.texts).toEqual(['4600000000001']);
      expect(sink.calls.filter(({ call }) => call === 'dropped')).toEqual([{ call: 'dropped', reason: 'noise', byteCount: 2 }]);
    });

    test('closing while it waits', async () => {
      key(SHIFT, true);
      const opening = open();
      await sink.untilStatus('opening');
      await new Promise((resolve) => setTimeout(resolve, 100));
      await reader.close();
      await opening;
      expect(device.openCount).toBe(0);
      expect(reader.state.status).toBe('closed');
    });
  });

  describe('the helper process', () => {
    test('dies: half a read is dropped, what was complete came once, the next reads come', async () => {
      await open();
      scan('4600000000001\r4600');
      await sink.untilReads(1);
      hosts.crash();
      await sink.untilStatus('retrying');
      expect(reason()).toBe('TB_READER_KEYBOARD_HELPER');
      expect(device.grabbed).toBe(false);
      await sink.untilStatus('ready', 8000);
      expect(hosts.starts).toBe(2);
      scan('4600000000002\r');
      await sink.untilReads(2);
      expect(sink.texts).toEqual(['4600000000001', '4600000000002']);
      expect(sink.calls.filter(({ call }) => call === 'dropped')).toEqual([{ call: 'dropped', reason: 'unplugged', byteCount: 4 }]);
    });

    test('is gone after close', async () => {
      await open();
      await reader.close();
      hosts.crash();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(hosts.starts).toBe(1);
      expect(sink.statuses).toEqual(['opening', 'ready', 'closed']);
    });
  });

  test('keys that the kernel dropped: the read is no read, the next one is', async () => {
    await open();
    scan('46000');
    device.overrun();
    scan('00001\r4600000000002\r');
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['4600000000002']);
    expect(sink.calls.filter(({ call }) => call === 'dropped')).toEqual([
      { call: 'dropped', reason: 'overflow', byteCount: 5 },
      { call: 'dropped', reason: 'noise', byteCount: 5 },
    ]);
  });

  test('200 reads in a row come whole and in order', async () => {
    await open();
    const codes = Array.from({ length: 200 }, (_, i) => `46000000${String(i).padStart(5, '0')}`);
    for (const code of codes) scan(`${code}\r`);
    await sink.untilReads(200);
    expect(sink.texts).toEqual(codes);
  });

  test('settings reach the keys: suffix, gs, the code page', async () => {
    await open({ suffix: ['TAB'], gs: ['f8'], gapMs: 500, fallbackCharset: 'latin1' });
    scan('A\u001dB\rC\t');
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['AB\rC']);
  });

  test('values out of range are refused when it is made', () => {
    expect(() => make({ gapMs: 0 })).toThrow(RangeError);
    expect(() => make({ maxBytes: 0 })).toThrow(RangeError);
  });

  describe.each([['darwin', 'macOS']] as const)('on %s', (platform, name) => {
    test('says that it cannot, and what can', async () => {
      make({}, { platform });
      const error = await reader.open(sink, abort.signal).then(() => undefined, (thrown: unknown) => thrown as { code: string; message: string; remedy(language: 'en' | 'ru'): string });
      expect(error).toMatchObject({ code: 'TB_READER_KEYBOARD_UNSUPPORTED', retryable: false });
      expect(error?.message).toContain(name);
      for (const language of ['en', 'ru'] as const) {
        expect(error?.remedy(language)).toContain('USB-COM');
        expect(error?.remedy(language)).toContain('HID POS');
      }
      expect(reader.state.status).toBe('failed');
      expect(hosts.starts).toBe(0);
    });

    test('names the configuration code of the scanner that is meant', async () => {
      make({ where: { match: { vid: '0c2e', pid: '0b61' } } }, { platform });
      const error = await reader.open(sink, abort.signal).catch((thrown: unknown) => thrown as Error & { remedy(language: 'en'): string });
      expect(error?.remedy('en')).toContain('Honeywell: TERMID130 = USB-COM, TERMID131 = HID POS');
    });
  });

  test('a service that sees nothing of /proc takes evdev all the same where its nodes are, and the bus where there are none', async () => {
    rmSync(device.roots.proc, { recursive: true });
    usb.showIn(device.roots);
    await open();
    expect([device.grabbed, usb.claimed]).toEqual([true, false]);
    await reader.close();
    rmSync(join(device.roots.sys, 'class/input'), { recursive: true });
    make();
    await open();
    expect([device.grabbed, usb.claimed]).toEqual([false, true]);
  });

  describe('without evdev', () => {
    beforeEach(() => {
      writeFileSync(join(device.roots.proc, 'bus/input/handlers'), 'N: Number=0 Name=kbd\n');
      usb.showIn(device.roots);
    });

    test('claims the keyboard on the bus, and gives it back', async () => {
      await open({ where: { match: { vid: '0c2e', pid: '0b61', port: '1-3.2' } } });
      expect(reader.state.status).toBe('ready');
      expect(usb.claimedAt).toMatchObject({ bus: 1, address: 7, interface: 0 });
      usb.type('4600000000001\r');
      await sink.untilReads(1);
      expect(sink.texts).toEqual(['4600000000001']);
      await reader.close();
      expect(usb.claimed).toBe(false);
      expect(readFileSync(join(device.roots.sys, 'bus/usb/drivers_probe'), 'utf8')).toBe('1-3.2:1.0');
    });

    test('the device goes: half a read is dropped, and it is looked for again', async () => {
      await open();
      usb.type('46');
      await new Promise((resolve) => setTimeout(resolve, 20));
      usb.unplug();
      await sink.untilStatus('retrying');
      expect(reason()).toBe('TB_READER_VANISHED');
      usb.replug();
      await sink.untilStatus('ready');
      usb.type('4600000000002\r');
      await sink.untilReads(1);
      expect(sink.texts).toEqual(['4600000000002']);
    });

    test('with no keyboard on the bus', async () => {
      await open({ where: { match: { vid: '0c2e', pid: '9999' } } });
      expect(reason()).toBe('TB_READER_NO_MATCH');
    });

    test('evdev asked for by name is not replaced', async () => {
      await open({ access: 'evdev' });
      expect(usb.claimed).toBe(false);
      expect(device.grabbed).toBe(true);
    });
  });

  test('usb asked for by name is used though evdev is there', async () => {
    usb.showIn(device.roots);
    await open({ access: 'usb' });
    expect(usb.claimed).toBe(true);
    expect(device.openCount).toBe(0);
  });

  test('a terminator on its own from a hand passes as such', async () => {
    await open();
    key(ENTER, true);
    key(ENTER, false);
    await sink.untilReads(1);
    expect(sink.reads[0]).toMatchObject({ bytes: new Uint8Array(0), terminator: Uint8Array.of(13), partial: true });
  });

  test('folders of the system that are not there yet', async () => {
    const roots = { sys: join(device.roots.sys, 'none'), dev: join(device.roots.dev, 'none'), proc: join(device.roots.proc, 'none') };
    make({}, { roots });
    await reader.open(sink, abort.signal);
    expect(reason()).toBe('TB_READER_NO_MATCH');
    mkdirSync(dirname(roots.dev), { recursive: true });
  });
});
