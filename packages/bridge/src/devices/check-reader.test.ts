import { TillbridgeError } from '@tillbridge/core';
import { builtInProfiles, type ScannerDevice } from '@tillbridge/readers';
import { describe, expect, it } from 'vitest';
import { load } from '../config/test-support.js';
import { scannerRow, type ScannerConfig } from './check-reader.js';

const reader = (line: string): ScannerConfig => {
  const { config } = load(`version: 1\nreaders:\n  - { id: r, ${line} }\ntills:\n  - { id: t, adapter: client }\n`);
  return config.readers[0] as ScannerConfig;
};
const newland = builtInProfiles().filter(({ vid }) => vid === '1eab');
const device = (extra: Partial<ScannerDevice> = {}): ScannerDevice => ({
  key: 'k', path: '/dev/hidraw0', name: 'Newland', mode: 'hidPos', vid: '1eab', pid: '0c10', port: '1-3', profile: 'newland-hidpos',
  nodes: [{ kind: 'hid', path: '/dev/hidraw0' }], usable: 'yes', switching: [], reader: { type: 'hid', match: { vid: '1eab', pid: '0c10' } }, ...extra,
});
const typing = (extra: Partial<ScannerDevice> = {}): ScannerDevice =>
  device({ mode: 'keyboard', pid: '0c03', profile: 'newland-keyboard', path: '/dev/input/event3', nodes: [{ kind: 'keyboard', path: '/dev/input/event3' }, { kind: 'hid', path: '/dev/hidraw3' }], reader: { type: 'keyboard', match: { vid: '1eab', pid: '0c03' } }, switching: newland.find(({ mode }) => mode === 'keyboard')!.switching, ...extra });

describe('doctor about a configured scanner', () => {
  it('found and usable, however it is named', () => {
    for (const line of ['type: hid, auto: true', 'type: hid, path: /dev/hidraw0', 'type: hid, match: { vid: "1EAB" }', 'type: hid, match: { port: "1-3" }']) {
      expect(scannerRow(reader(line), [device()], 'en')).toEqual({ level: 'ok', id: 'reader r', text: 'Newland  /dev/hidraw0' });
    }
  });

  it('nothing plugged in', () => {
    const row = scannerRow(reader('type: hid, auto: true'), [], 'en');
    expect(row).toMatchObject({ level: 'fail', text: 'no scanner is connected', remedy: expect.stringMatching(/plug one in/) as string });
    // the PC's own serial port is no scanner
    const pc = device({ mode: 'unknown', path: '/dev/ttyS0', nodes: [{ kind: 'serial', path: '/dev/ttyS0' }], reader: { type: 'serial', path: '/dev/ttyS0' } });
    expect(scannerRow(reader('type: hid, auto: true'), [pc], 'ru').text).toBe('сканер не подключён');
  });

  it('keyboard mode: which code to scan', () => {
    const problem = new TillbridgeError('TB_READER_USB_KEYBOARD_MODE', { device: 'Newland' });
    const row = scannerRow(reader('type: serial, auto: true'), [typing({ usable: 'wrongMode', problem })], 'en');
    expect(row).toMatchObject({ level: 'fail', text: expect.stringMatching(/keyboard mode: it types/) as string, remedy: expect.stringMatching(/^serial: .*USB CDC/) as string });
  });

  it('usable by another type of reader: which one', () => {
    const row = scannerRow(reader('type: hid, match: { vid: "1eab" }'), [typing({ reader: { type: 'keyboard', match: { vid: '1eab', pid: '0c03' } } })], 'en');
    expect(row).toMatchObject({ level: 'fail', text: expect.stringMatching(/no scanner for `type: hid`.*Newland {2}\/dev\/input\/event3/) as string, remedy: expect.stringMatching(/type: keyboard/) as string });
  });

  it("the maker's own page", () => {
    const problem = new TillbridgeError('TB_READER_USB_VENDOR_MODE', { device: 'Zebra (SNAPI)' });
    const snapi = builtInProfiles().find(({ id }) => id === 'zebra-snapi')!;
    const row = scannerRow(reader('type: hid, auto: true'), [device({ mode: 'vendor', profile: snapi.id, switching: snapi.switching, usable: 'wrongMode', problem })], 'en');
    expect(row).toMatchObject({ level: 'fail', text: expect.stringMatching(/maker's own protocol/) as string, remedy: expect.stringMatching(/CDC Host/) as string });
  });

  it('no permission, and a busy port', () => {
    const rights = new TillbridgeError('TB_READER_USB_NO_PERMISSION', { reader: '-', path: '/dev/hidraw0' });
    expect(scannerRow(reader('type: hid, auto: true'), [device({ usable: 'noPermission', problem: rights })], 'en')).toMatchObject({ level: 'fail', remedy: expect.stringMatching(/devices rules/) as string });
    const busy = new TillbridgeError('TB_READER_BUSY', { reader: '-', path: '/dev/ttyACM0' });
    const port = device({ mode: 'serial', profile: 'newland-serial', nodes: [{ kind: 'serial', path: '/dev/ttyACM0' }], usable: 'busy', heldBy: 7, problem: busy });
    expect(scannerRow(reader('type: serial, auto: true'), [port], 'en')).toMatchObject({ level: 'fail', remedy: expect.stringMatching(/close that program.*pid 7/) as string });
  });

  it('two that match', () => {
    const row = scannerRow(reader('type: hid, match: { vid: "1eab" }'), [device(), device({ key: 'l', path: '/dev/hidraw1', port: '1-5' })], 'en');
    expect(row).toMatchObject({ level: 'fail', text: expect.stringMatching(/several scanners.*1-3.*1-5/) as string, remedy: expect.stringMatching(/port/) as string });
  });

  it('a scanner that types beside one that does not: only the second is for HID', () => {
    expect(scannerRow(reader('type: hid, auto: true'), [device(), typing()], 'en')).toMatchObject({ level: 'ok', text: 'Newland  /dev/hidraw0' });
    expect(scannerRow(reader('type: keyboard, auto: true'), [device(), typing()], 'en')).toMatchObject({ level: 'ok', text: 'Newland  /dev/input/event3' });
  });

  it('a device that is no known scanner and that the configuration names', () => {
    const named = reader('type: hid, match: { vid: "1234" }, layout: newland');
    expect(scannerRow(named, [], 'en', { path: '/dev/hidraw7', allowed: true })).toMatchObject({ level: 'ok', text: '/dev/hidraw7' });
    expect(scannerRow(named, [], 'en', { path: '/dev/hidraw7', allowed: false })).toMatchObject({ level: 'fail', remedy: expect.stringMatching(/devices rules/) as string });
  });

  it('auto leaves unknown ones alone', () => {
    const { key, path, name, mode, nodes, usable, switching } = typing();
    expect(scannerRow(reader('type: keyboard, auto: true'), [{ key, path, name, mode, nodes, usable, switching }], 'en').level).toBe('fail');
  });
});
