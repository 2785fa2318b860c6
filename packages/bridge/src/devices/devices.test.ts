import { TillbridgeError } from '@tillbridge/core';
import { builtInProfiles, GENERAL_VENDORS, type ScannerDevice } from '@tillbridge/readers';
import { describe, expect, it } from 'vitest';
import { adviceOf, readerEntry } from './advice.js';
import { udevRules } from './udev-rules.js';
import { changesOf, devicesText, deviceView } from './view.js';

const device = (extra: Partial<ScannerDevice> = {}): ScannerDevice => ({
  key: '1eab:0c10@1-3', path: '/dev/hidraw0', name: 'Newland', mode: 'hidPos', vid: '1eab', pid: '0c10', port: '1-3', profile: 'newland-hidpos',
  nodes: [{ kind: 'hid', path: '/dev/hidraw0' }], usable: 'yes', switching: [], reader: { type: 'hid', match: { vid: '1eab', pid: '0c10' } }, ...extra,
});
/** One that no reader of ours opens as it is. */
const unreadable = (extra: Partial<ScannerDevice>): ScannerDevice => {
  const { key, path, name, mode, nodes, usable, switching } = device();
  return { key, path, name, mode, nodes, usable, switching, ...extra };
};
const newlandWays = builtInProfiles().find(({ id }) => id === 'newland-keyboard')?.switching ?? [];
const first = (one: ScannerDevice): string => adviceOf(one)[0]?.en ?? '';

describe('the right next step', () => {
  it('usable: the lines for the configuration', () => {
    expect(first(device())).toContain('- { id: counter, type: hid, match: { vid: "1eab", pid: "0c10" } }');
    expect(readerEntry({ type: 'serial', path: '/dev/ttyS0' })).toBe('- { id: counter, type: serial, path: "/dev/ttyS0" }');
  });

  it('no permission: the rules', () => {
    const problem = new TillbridgeError('TB_READER_USB_NO_PERMISSION', { reader: '-', path: '/dev/hidraw0' });
    expect(first(device({ usable: 'noPermission', problem }))).toMatch(/tillbridge devices rules \| sudo tee .*70-tillbridge\.rules.*udevadm control --reload/);
  });

  it('keyboard mode on Linux: works, and what would be better', () => {
    const advice = adviceOf(device({ mode: 'keyboard', path: '/dev/input/event3', reader: { type: 'keyboard', match: { vid: '1eab', pid: '0c03' } }, switching: newlandWays }));
    expect(advice.map(({ en }) => en)).toEqual([
      expect.stringContaining('type: keyboard'),
      expect.stringMatching(/^better: serial: .*USB CDC/),
      expect.stringMatching(/^better: HID POS: .*HID-POS/),
    ]);
  });

  it('keyboard mode elsewhere: which code to scan', () => {
    const typing = unreadable({ mode: 'keyboard', usable: 'wrongMode', problem: new TillbridgeError('TB_READER_USB_KEYBOARD_MODE', { device: 'Newland' }), switching: newlandWays });
    expect(first(typing)).toMatch(/^serial: .*"USB CDC"/);
    expect(devicesText([typing], 'en')).toContain('it types its codes into whatever window is open');
    expect(adviceOf({ ...typing, switching: [] })[0]?.en).toContain('with the code from its manual');
  });

  it('a page that only its maker knows', () => {
    const snapi = builtInProfiles().find(({ id }) => id === 'zebra-snapi')!;
    const vendor = unreadable({ mode: 'vendor', name: snapi.name, usable: 'wrongMode', problem: new TillbridgeError('TB_READER_USB_VENDOR_MODE', { device: snapi.name }), switching: snapi.switching });
    expect(first(vendor)).toMatch(/CDC Host/);
  });

  it('a busy port: who has it', () => {
    const problem = new TillbridgeError('TB_READER_BUSY', { reader: '-', path: '/dev/ttyACM0' });
    expect(first(device({ mode: 'serial', usable: 'busy', heldBy: 4711, problem }))).toMatch(/close that program.*\(pid 4711\)$/);
  });

  it('nothing plugged in', () => {
    expect(devicesText([], 'en')).toMatch(/plug one in.*devices --watch[\s\S]*types like a keyboard[\s\S]*devices learn/);
    expect(devicesText([], 'ru')).toMatch(/подключите/);
    // the serial ports of the PC itself are no scanners
    expect(devicesText([device({ mode: 'unknown', path: '/dev/ttyS0', name: '/dev/ttyS0' })], 'en')).toMatch(/ttyS0[\s\S]*plug one in/);
    expect(devicesText([device()], 'en')).not.toMatch(/plug one in/);
  });

  it('in both languages, for every state', () => {
    for (const usable of ['yes', 'busy', 'noPermission', 'wrongMode', 'unknown'] as const) {
      for (const mode of ['hidPos', 'keyboard', 'serial', 'vendor', 'oem', 'unknown'] as const) {
        const problem = new TillbridgeError('TB_READER_BUSY', { reader: '-', path: 'x' });
        const advice = adviceOf(device({ usable, mode, problem }));
        expect(advice).not.toEqual([]);
        for (const { en, ru } of advice) expect([en, ru]).not.toContain('');
        expect(devicesText([device({ usable, mode, problem })], 'ru')).toMatch(/[а-я]/);
      }
    }
  });

  it('JSON: one object, a remedy, no error objects', () => {
    const problem = new TillbridgeError('TB_READER_BUSY', { reader: '-', path: '/dev/ttyACM0' });
    expect(JSON.parse(JSON.stringify(deviceView(device({ usable: 'busy', problem }), 'en')))).toMatchObject({
      key: '1eab:0c10@1-3', usable: 'busy', problem: { code: 'TB_READER_BUSY' }, remedy: expect.stringContaining('close') as string, next: [expect.any(String)],
    });
  });
});

describe('watching', () => {
  const other = device({ key: 'k', path: '/dev/hidraw1' });
  it('tells what came, went and changed', () => {
    const busy = device({ usable: 'busy' });
    expect(changesOf([device()], [busy, other]).map(({ event, device: { key } }) => [event, key])).toEqual([['changed', '1eab:0c10@1-3'], ['added', 'k']]);
    expect(changesOf([device(), other], [other])).toMatchObject([{ event: 'removed' }]);
    expect(changesOf([device()], [device()])).toEqual([]);
  });

  it('the same scanner in another socket', () => {
    const here = device({ key: 's', port: '1-3' });
    expect(changesOf([here], [{ ...here, port: '1-5', path: '/dev/hidraw7' }])).toMatchObject([{ event: 'changed' }]);
  });
});

describe('udev rules', () => {
  const rules = udevRules(builtInProfiles(), [], 'dialout');
  const lines = rules.split('\n').filter((line) => line.startsWith('SUBSYSTEM'));

  it('for exactly the known devices, each named by vendor and product', () => {
    const known = new Set(builtInProfiles().map(({ vid }) => vid));
    for (const line of lines) {
      const vendor = (/(?:idVendor|id\/vendor)\}=="([0-9a-f]{4})"/.exec(line)?.[1] ?? /KERNELS=="\?{4}:([0-9A-F]{4}):/.exec(line)?.[1] ?? '').toLowerCase();
      expect(known).toContain(vendor);
      expect(GENERAL_VENDORS).not.toContain(vendor);
      expect(line).toMatch(/idProduct\}==|id\/product\}==|KERNELS==/);
    }
    expect(lines.length).toBeGreaterThan(20);
  });

  it('for nobody else: never the world', () => {
    for (const line of lines) expect(line).toMatch(/MODE="0660", GROUP="dialout", TAG\+="uaccess"/);
    expect(rules).not.toMatch(/066[1-9]|0777/);
    for (const line of lines.filter((each) => each.includes('"tty"'))) expect(line).toContain('ENV{ID_MM_DEVICE_IGNORE}="1"');
  });

  it('raw HID of something that types only where it can be redirected', () => {
    expect(lines.some((line) => line.includes('hidraw') && line.includes(':0581:'))).toBe(false);
    expect(lines.some((line) => line.includes('hidraw') && line.includes(':0C2E:??[02468ACE][12F]'))).toBe(true);
  });

  it('none for a mode that is not read', () => {
    expect(rules).not.toMatch(/1900/);
    expect(udevRules(builtInProfiles().filter(({ mode }) => mode === 'oem'), [], 'g')).not.toContain('SUBSYSTEM');
  });

  it('what the configuration names, too', () => {
    const named = udevRules([], [{ vid: '1a86', pid: '7523' }, { vid: '24ea' }], 'plugdev');
    expect(named).toContain('SUBSYSTEM=="tty", ATTRS{idVendor}=="1a86", ATTRS{idProduct}=="7523", MODE="0660", GROUP="plugdev"');
    expect(named).toContain('KERNELS=="????:24EA:????.*"');
  });

  it('is text that udev reads: balanced quotes, one rule a line, a jump that lands', () => {
    for (const line of rules.split('\n')) if (!line.startsWith('#')) expect((line.match(/"/g) ?? []).length % 2).toBe(0);
    expect(rules).toMatch(/GOTO="tillbridge_end"[\s\S]*LABEL="tillbridge_end"\n$/);
  });
});
