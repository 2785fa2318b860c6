import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPty, type Pty } from '@tillbridge/adapter-device';
import { silentLog, systemClock } from '@tillbridge/core';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSerialReader } from '../serial/index.js';
import { listSerialDevices } from './list.js';
import { lockHolder, probeSerialPath } from './probe.js';

const linux = process.platform === 'linux';

describe.runIf(linux)('listing from sysfs', () => {
  let root: string;
  let roots: { sys: string; dev: string; proc: string };
  const ptys: Pty[] = [];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tillbridge-sysfs-'));
    roots = { sys: join(root, 'sys'), dev: join(root, 'dev'), proc: '/proc' };
    mkdirSync(join(root, 'dev/serial/by-id'), { recursive: true });
  });
  afterEach(() => {
    for (const pty of ptys.splice(0)) pty.close();
    rmSync(root, { recursive: true, force: true });
  });

  const file = (path: string, content: string): void => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  };
  /** As the kernel lays it out: the tty hangs below the interface, the ids stand on the device above; a bus further up has ids too. */
  const usb = (name: string, ids: { vid: string; pid: string; serial?: string; product?: string }, extraLevel = false): void => {
    const device = join(roots.sys, 'devices/pci/usb1', name);
    file(join(device, 'idVendor'), `${ids.vid}\n`);
    file(join(device, 'idProduct'), `${ids.pid}\n`);
    if (ids.serial !== undefined) file(join(device, 'serial'), `${ids.serial}\n`);
    if (ids.product !== undefined) file(join(device, 'product'), `${ids.product}\n`);
    // usb-serial drivers have the port between the interface and the tty
    const tty = extraLevel ? join(device, '1-1:1.0', name) : join(device, '1-1:1.0');
    mkdirSync(tty, { recursive: true });
    mkdirSync(join(roots.sys, 'class/tty', name), { recursive: true });
    symlinkSync(tty, join(roots.sys, 'class/tty', name, 'device'));
  };

  test('USB ports with their identity; built-in ports that exist; nothing else', async () => {
    usb('ttyACM0', { vid: '1eab', pid: '0c06', serial: 'N-17', product: 'HR20\u001b[2J scanner' });
    usb('ttyUSB0', { vid: '1a86', pid: '7523' }, true);
    for (const [name, type] of [['ttyS0', '4'], ['ttyS1', '0']] as const) {
      mkdirSync(join(roots.sys, 'devices/platform', name), { recursive: true });
      file(join(roots.sys, 'class/tty', name, 'type'), `${type}\n`);
      symlinkSync(join(roots.sys, 'devices/platform', name), join(roots.sys, 'class/tty', name, 'device'));
    }
    mkdirSync(join(roots.sys, 'class/tty/tty0'), { recursive: true });
    const pty = await openPty({ link: join(roots.dev, 'ttyACM0') });
    ptys.push(pty);
    symlinkSync(join(roots.dev, 'ttyACM0'), join(roots.dev, 'serial/by-id/usb-Newland-if00'));
    const devices = await listSerialDevices(undefined, { roots });
    expect(devices.map((device) => device.path.slice(roots.dev.length + 1))).toEqual(['ttyACM0', 'ttyS0', 'ttyUSB0']);
    expect(devices[0]).toMatchObject({
      vid: '1eab', pid: '0c06', serial: 'N-17', product: 'HR20.[2J scanner', known: { name: 'Newland', mode: 'usb-com' }, usable: 'yes',
    });
    expect(devices[1]?.vid).toBeUndefined();
    expect(devices[2]).toMatchObject({ vid: '1a86', pid: '7523', usable: 'unknown' });
    expect(devices[2]?.known).toBeUndefined();
  });

  test('the stable name is the link to this tty', async () => {
    usb('ttyACM0', { vid: '1eab', pid: '0c06' });
    writeFileSync(join(roots.dev, 'ttyACM0'), '');
    symlinkSync('../../ttyACM0', join(roots.dev, 'serial/by-id/usb-Newland-if00'));
    symlinkSync('../../gone', join(roots.dev, 'serial/by-id/usb-gone'));
    expect((await listSerialDevices(undefined, { roots }))[0]?.stablePath).toBe(join(roots.dev, 'serial/by-id/usb-Newland-if00'));
  });

  test('a port that another program locked: busy, by whom, and what to do', async () => {
    usb('ttyACM0', { vid: '1eab', pid: '0c06' });
    ptys.push(await openPty({ link: join(roots.dev, 'ttyACM0') }));
    const reader = createSerialReader({ id: 'holder', where: { path: join(roots.dev, 'ttyACM0') } }, { clock: systemClock, log: silentLog });
    await reader.open(new RecordingSink(), new AbortController().signal);
    const [device] = await listSerialDevices(undefined, { roots });
    await reader.close();
    expect(device).toMatchObject({ usable: 'busy', heldBy: process.pid, problem: { code: 'TB_READER_BUSY' } });
    expect(device?.remedy).toContain(device?.path);
    expect((await listSerialDevices(undefined, { roots }))[0]?.usable).toBe('yes');
  });

  test('nothing there, and an abort', async () => {
    expect(await listSerialDevices(undefined, { roots })).toEqual([]);
    usb('ttyACM0', { vid: '1eab', pid: '0c06' });
    await expect(listSerialDevices(AbortSignal.abort(), { roots })).rejects.toThrow();
  });
});

describe.runIf(linux)('probing a path', () => {
  test.each([
    ['/nowhere/at/all', 'missing'],
    ['/etc/passwd/x', 'missing'],
    ['/dev/null', 'notSerial'],
    ['/tmp', 'notSerial'],
    ['/etc/passwd', 'notSerial'],
  ])('%s: %s', async (path, expected) => {
    expect(await probeSerialPath(path)).toBe(expected);
  });

  test('a tty', async () => {
    const pty = await openPty();
    expect(await probeSerialPath(pty.path)).toBe('ok');
    pty.close();
    expect(await probeSerialPath(pty.path)).toBe('missing');
  });

  test('reads the kernel’s lock table', async () => {
    const root = mkdtempSync(join(tmpdir(), 'tillbridge-proc-'));
    const own = statSync(root);
    const hex = (value: number): string => value.toString(16).padStart(2, '0');
    const major = (own.dev >> 8) & 0xfff;
    const minor = (own.dev & 0xff) | ((own.dev >> 12) & 0xfff00);
    const line = (kind: string, inode: number): string => `1: ${kind}  ADVISORY  WRITE 4711 ${hex(major)}:${hex(minor)}:${String(inode)} 0 EOF\n`;
    const roots = { sys: root, dev: root, proc: root };
    for (const [content, holder] of [
      [line('FLOCK', own.ino), 4711],
      [line('POSIX', own.ino), undefined],
      [line('FLOCK', own.ino + 1), undefined],
      ['rubbish\n\n1: FLOCK\n', undefined],
      ['', undefined],
    ] as const) {
      writeFileSync(join(root, 'locks'), content);
      expect(await lockHolder(own, roots)).toBe(holder);
    }
    rmSync(root, { recursive: true });
  });
});
