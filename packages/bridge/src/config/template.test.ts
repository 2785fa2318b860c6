import { describe, expect, it } from 'vitest';
import { initialConfig, parseConfig, type InitialOptions } from './index.js';

const around = { env: { XDG_RUNTIME_DIR: '/run/user/1000' }, platform: 'linux', uid: 1000, home: '/home/anna' };
const base: InitialOptions = { till: 'virtual-com', reader: 'serial', language: 'en', around };
const parse = (text: string) =>
  parseConfig(text, { path: 'tillbridge.yaml', env: { TILLBRIDGE_WEBHOOK_KEY: 'k'.repeat(32), TILLBRIDGE_1C_TOKEN: 't'.repeat(32), TILLBRIDGE_IIKO_TOKEN: 't'.repeat(32) }, readFile: () => new Uint8Array() });

const variants: readonly [string, Partial<InitialOptions>][] = [
  ['defaults', {}],
  ['as root', { around: { ...around, uid: 0 } }],
  ['without a runtime folder', { around: { ...around, env: {} } }],
  ['on Windows', { around: { ...around, platform: 'win32', uid: undefined, home: 'C:\\Users\\anna' } }],
  ['a chosen link', { till: 'virtual-com:/tmp/a b: #1/front' }],
  ['a chosen COM port', { till: 'virtual-com:COM7', around: { ...around, platform: 'win32', uid: undefined } }],
  ['cashier software', { till: 'client' }],
  ['1C', { till: '1c' }],
  ['1C as a scanner', { till: '1c:/tmp/front' }],
  ['r_keeper', { till: 'rkeeper' }],
  ['typed into a program', { till: 'keyboard:till-gui' }],
  ['typed into a known program', { till: 'keyboard:1c' }],
  ['typed into a program that is guessed, on Windows', { till: 'keyboard:frontol', around: { ...around, platform: 'win32', uid: undefined } }],
  ['r_keeper on a chosen COM port', { till: 'rkeeper:COM7', around: { ...around, platform: 'win32', uid: undefined } }],
  ['iiko', { till: 'iiko:rmsDiscountCard' }],
  ['a webhook', { till: 'webhook:https://till.example/loyalty?a=1#b' }],
  ['a chosen port', { reader: 'serial:/dev/serial/by-id/usb-Foo_Bar-if00' }],
  ['a listening reader', { reader: 'tcp:127.0.0.1:4001' }],
  ['a network scanner', { reader: 'tcp:192.168.1.20:4001' }],
  ['an IPv6 reader', { reader: 'tcp:[::1]:4001' }],
  ['a detected USB device', { device: { path: '/dev/ttyACM0', vid: '0c2e', pid: '0b61', serial: 'X"1', name: 'Voyager: 1470g\n#x' } }],
  ['a HID scanner', { reader: 'hid' }],
  ['phones', { reader: 'mobile' }],
  ['a scanner that types', { reader: 'keyboard:/dev/input/by-id/usb-x-event-kbd' }],
  ['a detected HID scanner', { reader: 'hid', device: { type: 'hid', path: '/dev/hidraw0', vid: '1eab', pid: '0c10', port: '1-3.2', name: 'Newland' } }],
  ['a detected plain port', { device: { path: '/dev/ttyS0' } }],
];

describe.each(['en', 'ru'] as const)('initial configuration (%s)', (language) => {
  it.each(variants)('%s: passes the check without a warning of its own', (_, variant) => {
    const loaded = parse(initialConfig({ ...base, language, ...variant }));
    expect(loaded).toMatchObject({ ok: true, warnings: [] });
  });

  it.each(variants)('%s: every commented-out example is valid once its # is deleted', (_, variant) => {
    const text = initialConfig({ ...base, language, ...variant });
    const examples = text.split('\n').filter((line) => /^\s*#\S/.test(line)).length;
    expect(examples).toBeGreaterThan(12);
    const loaded = parse(text.replace(/^(\s*)#(?=\S)/gm, '$1'));
    expect(loaded).toMatchObject({ ok: true });
  });
});

describe('initial configuration', () => {
  const configOf = (variant: Partial<InitialOptions>) => {
    const loaded = parse(initialConfig({ ...base, ...variant }));
    if (!loaded.ok) throw new Error(loaded.problems.map((problem) => problem.message).join('\n'));
    return loaded.config;
  };

  it('writes what was chosen', () => {
    expect(configOf({ till: 'virtual-com:/tmp/a b: #1/front' }).tills[0]).toMatchObject({ link: '/tmp/a b: #1/front' });
    expect(configOf({}).tills[0]).toMatchObject({ transport: 'pty', link: '/run/user/1000/tillbridge/front' });
    expect(configOf({ around: { ...around, uid: 0 } }).tills[0]).toMatchObject({ link: '/run/tillbridge/front' });
    expect(configOf({ around: { ...around, env: {} } }).tills[0]).toMatchObject({ link: '/home/anna/.local/state/tillbridge/front' });
    expect(configOf({ around: { ...around, platform: 'win32' } }).tills[0]).toMatchObject({ transport: 'port', path: 'COM11' });
    expect(configOf({ till: 'webhook:https://till.example/l?a=1#b' }).tills[0]).toMatchObject({ url: 'https://till.example/l?a=1#b' });
    expect(configOf({ till: '1c' }).tills[0]).toMatchObject({ adapter: '1c', transport: 'addin', listen: '127.0.0.1:7844' });
    expect(configOf({ till: '1c:/tmp/front' }).tills[0]).toMatchObject({ adapter: '1c', transport: 'device', device: { link: '/tmp/front' }, gapMs: 100 });
    expect(configOf({ till: 'rkeeper:/tmp/front' }).tills[0]).toMatchObject({ device: { link: '/tmp/front' }, template: { card: ';778=000012885={number}\r' } });
    expect(configOf({ till: 'iiko:guestCardNumber' }).tills[0]).toMatchObject({ transport: 'front', nativeIdentifier: { card: 'guestCardNumber' } });
    expect(configOf({}).readers[0]).toMatchObject({ auto: true });
    expect(configOf({ reader: 'hid' }).readers[0]).toMatchObject({ type: 'hid', auto: true });
    expect(configOf({ reader: 'keyboard:/dev/input/event3' }).readers[0]).toMatchObject({ type: 'keyboard', path: '/dev/input/event3' });
    const hid = { type: 'hid', path: '/dev/hidraw0', vid: '1eab', pid: '0c10', port: '1-3.2' } as const;
    expect(configOf({ reader: 'hid', device: hid }).readers[0]).toMatchObject({ match: { vid: '1eab', pid: '0c10', port: '1-3.2' } });
    // found, but not what was asked for
    expect(configOf({ reader: 'serial', device: hid }).readers[0]).toMatchObject({ type: 'serial', auto: true });
    expect(configOf({ reader: 'serial:/tmp/scanner' }).readers[0]).toMatchObject({ path: '/tmp/scanner' });
    expect(configOf({ reader: 'tcp:127.0.0.1:4001' }).readers[0]).toMatchObject({ listen: '127.0.0.1:4001' });
    expect(configOf({ reader: 'tcp:192.168.1.20:4001' }).readers[0]).toMatchObject({ connect: '192.168.1.20:4001' });
    expect(configOf({ device: { path: '/dev/ttyACM0', vid: '0c2e', pid: '0b61', serial: 'X"1' } }).readers[0]).toMatchObject({
      match: { vid: '0c2e', pid: '0b61', serial: 'X"1' },
    });
  });

  it.each(['', 'serial:', 'hid:', 'usb', 'tcp', 'tcp:4001', 'tcp:host:99999'])('refuses the reader %j', (reader) => {
    expect(() => initialConfig({ ...base, reader })).toThrow(expect.objectContaining({ code: 'TB_CONFIG_USAGE' }));
  });

  it.each(['', 'webhook', 'client:x', 'iiko', 'iiko:card', 'virtual-com:'])('refuses the till %j', (till) => {
    expect(() => initialConfig({ ...base, till })).toThrow(expect.objectContaining({ code: 'TB_CONFIG_USAGE' }));
  });

  it('takes a universal code of the contract', () => {
    const code = configOf({}).codes[0];
    expect(new RegExp(code?.match ?? '').exec('9812345678901234')?.groups?.['value']).toBe('12345678901234');
  });
});
