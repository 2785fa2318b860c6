import { constants, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { OWN_KEYBOARD_NAME } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locateHid, locateKeyboard } from './locate-node.js';
import { factsOfUevent, listHidNodes, scannerRank, type HidNode } from './hidraw.js';
import { hasKeys, listKeyboardNodes } from './inputs.js';
import { listScanners, type ScannerDevice } from './scanners.js';
import { FakeDevices, KEYBOARD_DESCRIPTOR, KEYBOARD_KEYS, POS_DESCRIPTOR, vendorDescriptor } from './testing/fake-devices.js';

const newland = { port: '1-3', vid: '1eab', pid: '0c10', product: 'HR100' };
const honeywell = { port: '1-4.2', vid: '0c2e', pid: '0b61', serial: 'H-7' };

describe.runIf(process.platform === 'linux')('scanners from sysfs', () => {
  let fake: FakeDevices;
  beforeEach(() => {
    fake = new FakeDevices();
  });
  afterEach(() => fake.remove());
  const list = (): Promise<readonly ScannerDevice[]> => listScanners(undefined, { roots: fake.roots });

  test('an HID POS scanner', async () => {
    const path = fake.hid({ ...newland, serial: 'N1' }, POS_DESCRIPTOR);
    expect(await list()).toMatchObject([
      {
        key: '1eab:0c10:N1', path, name: 'Newland', mode: 'hidPos', profile: 'newland-hidpos', port: '1-3', usable: 'yes',
        reader: { type: 'hid', match: { vid: '1eab', pid: '0c10', serial: 'N1' } },
      },
    ]);
  });

  test('a composite scanner is one device, read through its HID interface', async () => {
    const keys = fake.keyboard(honeywell, 0);
    const typing = fake.hid(honeywell, KEYBOARD_DESCRIPTOR, 0);
    const pos = fake.hid(honeywell, POS_DESCRIPTOR, 1);
    const [device, ...others] = await list();
    expect(others).toEqual([]);
    expect(device).toMatchObject({ mode: 'keyboard', profile: 'honeywell-keyboard', path: pos, usable: 'yes', reader: { type: 'hid' } });
    expect(device?.nodes.map(({ path }) => path).sort()).toEqual([keys, typing, pos].sort());
  });

  test('a known scanner in keyboard mode, with ways out; an ordinary keyboard is none of our business', async () => {
    const path = fake.keyboard({ port: '1-1', vid: '1eab', pid: '8203' });
    fake.keyboard({ port: '1-2', vid: '046d', pid: 'c31c', product: 'USB Keyboard' });
    fake.otherInput({ name: 'Power Button', 'id/vendor': '0000', 'id/product': '0001' });
    const found = await list();
    expect(found).toMatchObject([{ path, mode: 'keyboard', usable: 'yes', reader: { type: 'keyboard' } }]);
    expect(found[0]?.switching.map(({ to }) => to)).toEqual(['serial', 'hidPos']);
  });

  test('a keyboard of unknown make that calls itself a scanner is shown, and not known', async () => {
    fake.keyboard({ port: '1-1', vid: '24ea', pid: '0197', product: 'USB Barcode Scanner' });
    const [device] = await list();
    expect(device).toMatchObject({ mode: 'keyboard', name: 'USB Barcode Scanner', reader: { type: 'keyboard', match: { vid: '24ea', pid: '0197' } } });
    expect(device?.profile).toBeUndefined();
    await expect(locateKeyboard('r', { auto: true }, await listKeyboardNodes(fake.roots))).rejects.toMatchObject({ code: 'TB_READER_USB_AUTO_NONE' });
  });

  test.each([
    ['a vendor page that only its maker knows', { vid: '05e0', pid: '1900' }, 0xff45 + 1, 'vendor', 'TB_READER_USB_VENDOR_MODE'],
    ['OEM mode', { vid: '05f9', pid: '1206' }, 0xff45, 'oem', 'TB_READER_USB_OEM_MODE'],
    ['OEM mode of an unknown make', { vid: '0aaa', pid: '1206' }, 0xff45, 'oem', 'TB_READER_USB_OEM_MODE'],
  ])('%s cannot be read', async (_, ids, page, mode, code) => {
    fake.hid({ port: '1-1', ...ids }, vendorDescriptor(page));
    const [device] = await list();
    expect(device).toMatchObject({ mode, usable: 'wrongMode', problem: { code } });
    expect(device?.reader).toBeUndefined();
  });

  test('a vendor page that we know the layout of can', async () => {
    fake.hid({ port: '1-1', vid: '05e0', pid: '0600' }, vendorDescriptor(0xff00));
    expect(await list()).toMatchObject([{ mode: 'vendor', usable: 'yes', reader: { type: 'hid' } }]);
  });

  test('no permission: HID needs writing too, for its beeps', async () => {
    const hid = fake.hid(newland, POS_DESCRIPTOR);
    const keys = fake.keyboard({ port: '1-1', vid: '1eab', pid: '8203' });
    const asked: Record<string, number> = {};
    const access = (path: string, rights: number): Promise<void> => {
      asked[path] = rights;
      return Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' }));
    };
    expect(await listScanners(undefined, { roots: fake.roots, access })).toMatchObject([
      { usable: 'noPermission', problem: { code: 'TB_READER_USB_NO_PERMISSION' } },
      { usable: 'noPermission', problem: { code: 'TB_READER_USB_NO_PERMISSION' } },
    ]);
    expect(asked).toEqual({ [hid]: constants.R_OK | constants.W_OK, [keys]: constants.R_OK });
  });

  test('elsewhere than on Linux a keyboard is told how to become something else', async () => {
    const listHid = (): Promise<HidNode[]> =>
      Promise.resolve([{ kind: 'hid', path: 'A', device: 'A', vid: '1eab', pid: '8203', usages: [0x010006] }]);
    const found = await listScanners(undefined, { roots: fake.roots, platform: 'win32', listHid });
    expect(found.filter(({ vid }) => vid === '1eab')).toMatchObject([{ mode: 'keyboard', usable: 'wrongMode', problem: { code: 'TB_READER_USB_KEYBOARD_MODE' } }]);
  });

  test('two of a kind: told apart by their sockets, and the same scanner elsewhere keeps its key', async () => {
    fake.hid(newland, POS_DESCRIPTOR);
    expect((await list())[0]).toMatchObject({ key: '1eab:0c10@1-3', reader: { match: { vid: '1eab', pid: '0c10' } } });
    const other = fake.hid({ ...newland, port: '1-5' }, POS_DESCRIPTOR);
    expect((await list()).map(({ key, reader }) => [key, reader?.match?.port])).toEqual([
      ['1eab:0c10@1-3', '1-3'],
      ['1eab:0c10@1-5', '1-5'],
    ]);
    const nodes = await listHidNodes(fake.roots);
    expect((await locateHid('r', { match: { vid: '1eab', port: '1-5' } }, nodes)).node.path).toBe(other);
    await expect(locateHid('r', { match: { vid: '1eab' } }, nodes)).rejects.toMatchObject({ code: 'TB_READER_USB_MATCH_SEVERAL', message: expect.stringMatching(/1-3.*1-5/) as string });
    await expect(locateHid('r', { auto: true }, nodes)).rejects.toMatchObject({ code: 'TB_READER_AUTO_SEVERAL' });
  });

  test('two clones with the same serial number are two', async () => {
    fake.hid({ ...newland, serial: '00000001' }, POS_DESCRIPTOR);
    fake.hid({ ...newland, port: '1-5', serial: '00000001' }, POS_DESCRIPTOR);
    expect(new Set((await list()).map(({ key }) => key))).toEqual(new Set(['1eab:0c10@1-3', '1eab:0c10@1-5']));
  });

  test('serial ports: USB, of general make, and the same device is one row', async () => {
    fake.port({ port: '1-1', vid: '1eab', pid: '8206' }, 'ttyACM0');
    fake.port({ port: '1-2', vid: '1a86', pid: '7523' }, 'ttyUSB0');
    expect(await list()).toMatchObject([
      { mode: 'serial', profile: 'newland-serial', name: 'Newland', reader: { type: 'serial', match: { vid: '1eab', pid: '8206' } } },
      { mode: 'serial', key: '1a86:7523@1-2' },
    ]);
  });

  test('nothing there', async () => {
    expect(await list()).toEqual([]);
    await expect(locateHid('r', { auto: true }, [])).rejects.toMatchObject({ code: 'TB_READER_USB_AUTO_NONE' });
  });

  test('a path, also through a link; one that is gone', async () => {
    const path = fake.keyboard({ port: '1-1', vid: '046d', pid: 'c31c' });
    const link = join(fake.roots.dev, 'input/by-id/usb-x-event-kbd');
    symlinkSync(path, link);
    const nodes = await listKeyboardNodes(fake.roots);
    expect(nodes[0]?.stablePath).toBe(link);
    // named to the letter: whatever it is, it is meant
    expect((await locateKeyboard('r', { path: link }, nodes)).node.path).toBe(path);
    await expect(locateKeyboard('r', { path: '/dev/input/event99' }, nodes)).rejects.toMatchObject({ code: 'TB_READER_NOT_FOUND' });
  });

  test('the keyboard that we type on is never read, by whatever path', async () => {
    const keyboard = { 'id/vendor': '0000', 'id/product': '0000' };
    const own = fake.otherInput({ ...keyboard, name: OWN_KEYBOARD_NAME }, KEYBOARD_KEYS);
    const other = fake.otherInput({ ...keyboard, name: 'Some keyboard' }, KEYBOARD_KEYS);
    const nodes = await listKeyboardNodes(fake.roots);
    expect(nodes.map(({ path }) => path)).toEqual([other]);
    await expect(locateKeyboard('r', { path: own }, nodes)).rejects.toMatchObject({ code: 'TB_READER_NOT_FOUND' });
  });

  test('a HID device without USB (Bluetooth, uhid)', async () => {
    const uevent = 'HID_ID=0003:00001EAB:00000C10\nHID_NAME=HR\u001b[2J\nHID_PHYS=bench/0/input1\nHID_UNIQ=S1\n';
    fake.virtualHid(uevent, POS_DESCRIPTOR);
    expect(await list()).toMatchObject([{ key: '1eab:0c10:S1', product: 'HR.[2J', mode: 'hidPos' }]);
    expect(factsOfUevent('', '/x')).toEqual({ device: '/x' });
  });

  test('general chips are never taken by themselves, named they are', async () => {
    const path = fake.hid({ port: '1-1', vid: '0483', pid: '5750' }, POS_DESCRIPTOR);
    const nodes = await listHidNodes(fake.roots);
    await expect(locateHid('r', { auto: true }, nodes)).rejects.toMatchObject({ code: 'TB_READER_USB_AUTO_NONE' });
    expect((await locateHid('r', { match: { vid: '0483' } }, nodes)).node.path).toBe(path);
  });
});

describe('which interface', () => {
  test.each([
    ['scanner', [0x8c0002], 2],
    ['keyboard', [0x010006], 0],
    ['keyboard with media keys', [0x010006, 0x0c0001], 0],
    ['remote management, which looks like a scanner', [0xff8c0002], 0],
    ['vendor', [0xff000001], 1],
    ['no descriptor', [], 1],
  ])('%s', (_, usages, rank) => {
    expect(scannerRank({ usages })).toBe(rank);
  });
});

describe('key bitmaps', () => {
  test('as the kernel prints them, for 64 and 32 bits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1 }), fc.constantFrom(32 as const, 64 as const), (keys, width) => {
        const words = Array.from({ length: Math.ceil(256 / width) }, (_, i) =>
          keys.filter((key) => Math.floor(key / width) === i).reduce((word, key) => word | (1n << BigInt(key % width)), 0n).toString(16),
        ).reverse();
        while (words[0] === '0') words.shift();
        const bitmap = words.join(' ');
        expect(hasKeys(bitmap, keys, width)).toBe(true);
        const missing = Array.from({ length: 256 }, (_, key) => key).find((key) => !keys.includes(key));
        if (missing !== undefined) expect(hasKeys(bitmap, [...keys, missing], width)).toBe(false);
      }),
    );
  });

  test('rubbish has no keys', () => {
    expect(hasKeys(undefined, [1])).toBe(false);
    expect(hasKeys('zz', [1])).toBe(false);
    expect(hasKeys('', [1])).toBe(false);
  });
});
