import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { tempFolder } from '../support/temp-folder.js';

/** A program that waits in vain gives up by itself after 30 s. */
const LIMIT_MS = 60_000;

const recorded = (name: string): string => join(import.meta.dirname, 'recorded', name);

/** Runs a program that sees the recorded device, and gives what it printed, line by line. */
async function play(device: string, program: string, argv: readonly string[] = []): Promise<unknown[]> {
  const all = ['-d', recorded(`${device}.umockdev`), ...argv, '--', process.execPath, join(import.meta.dirname, program)];
  const { stdout } = await promisify(execFile)('umockdev-run', all, { timeout: LIMIT_MS, killSignal: 'SIGKILL' });
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown);
}

/**
 * What was recorded, for a machine that may be busy. umockdev (0.17) begins a script before anybody has opened the device, and again when nobody has at
 * its first write: here it begins with a write, the beep of a program that is ready. Its terminal knows no borders of reports: each gets time to be read.
 */
function playable(script: string): string {
  const [device, ...lines] = script.split('\n');
  return [device, 'w 0 ^D@', ...lines.map((line) => line.replace(/^r \d+ /, 'r 700 '))].join('\n');
}

const list = async (device: string): Promise<unknown> => (await play(device, 'list.mjs'))[0];

// Recorded in the USB bench from a real kernel (record.ts): the devices are played, the way that the kernel shows them is not.
needs('linux', 'umockdev')('recorded devices', () => {
  describe('discovery', () => {
    test('a HID POS scanner', async () => {
      expect(await list('hid-pos')).toMatchObject([
        { key: '0c2e:0b67:H-1', name: 'Honeywell', mode: 'hidPos', usable: 'yes', port: '1-1', nodes: [{ kind: 'hid' }], reader: { type: 'hid', match: { serial: 'H-1' } } },
      ]);
    });

    test('two of a kind without serial numbers are told apart by their sockets', async () => {
      expect(await list('twins')).toMatchObject([
        { key: '1eab:8210@1-2', mode: 'hidPos', reader: { type: 'hid', match: { port: '1-2' } } },
        { key: '1eab:8210@1-3', mode: 'hidPos', reader: { type: 'hid', match: { port: '1-3' } } },
      ]);
    });

    test('a scanner in keyboard mode with a HID POS interface is one device', async () => {
      expect(await list('redirecting')).toMatchObject([{ key: '0c2e:0b61:K-1', mode: 'keyboard', usable: 'yes', reader: { type: 'hid' } }]);
      const [device] = (await list('redirecting')) as { readonly nodes: readonly { readonly kind: string }[] }[];
      expect(device?.nodes.map(({ kind }) => kind).sort()).toEqual(['hid', 'hid', 'keyboard']);
    });

    test('a scanner that only types', async () => {
      expect(await list('keyboard')).toMatchObject([{ mode: 'keyboard', port: '1-5', reader: { type: 'keyboard', match: { vid: '05e0', pid: '1200' } } }]);
    });

    test('a scanner in USB-COM mode', async () => {
      expect(await list('serial')).toMatchObject([{ key: '0c2e:0b6a:C-1', mode: 'serial', port: '1-6', nodes: [{ kind: 'serial' }], reader: { type: 'serial' } }]);
    });
  });

  test('the hid reader: one report, two reports, and a beep that the device answers with the next', async () => {
    const script = join(tempFolder(), 'hid.script');
    writeFileSync(script, playable(readFileSync(recorded('hid.script'), 'latin1')), 'latin1');
    const device = ['-i', `/dev/hidraw0=${recorded('hid.ioctl')}`, '-s', `/dev/hidraw0=${script}`];
    expect(await play('hid-pos', 'read.mjs', device)).toEqual([
      { status: 'opening' },
      { status: 'ready' },
      { text: '4607001234567', symbology: 'qr' },
      { text: `https://shop.example/card?number=4607001234574&${'x'.repeat(30)}`, symbology: 'qr' },
      { text: '4607001234581', symbology: 'qr' },
      { status: 'closed' },
    ]);
  }, LIMIT_MS);
});
