import type { ProbeRow } from '@tillbridge/core';
import type { Config, TillConfig } from '../../config/index.js';

interface Native {
  readonly name: string;
  readonly why: string;
  readonly load: () => Promise<unknown>;
  readonly needed: (config: Config) => boolean;
}

const NATIVES: readonly Native[] = [
  {
    name: 'serialport',
    why: 'serial ports',
    load: () => import('serialport'),
    needed: ({ readers, tills }) => readers.some(({ type }) => type === 'serial') || tills.some((till) => portOf(till) === 'port'),
  },
  {
    name: 'koffi',
    why: 'virtual COM ports, typing on Windows and through uinput, and scanners in keyboard mode on Linux',
    load: () => import('koffi'),
    needed: ({ readers, tills }) =>
      tills.some((till) => ['pty', 'sendinput', 'uinput'].includes(portOf(till) ?? '')) || (process.platform !== 'win32' && readers.some((reader) => reader.type === 'keyboard' && reader.access !== 'usb')),
  },
  {
    name: 'node-hid',
    why: 'HID POS scanners',
    load: () => import('node-hid'),
    needed: ({ readers }) => readers.some(({ type }) => type === 'hid'),
  },
  {
    name: 'usb',
    why: 'scanners in keyboard mode without evdev, and quick notice of plugs',
    load: () => import('usb'),
    needed: ({ readers }) => readers.some((reader) => reader.type === 'keyboard' && reader.access === 'usb'),
  },
];

/** The port that a till writes to, itself or as a nested reader. */
function portOf(till: TillConfig): string | undefined {
  if (till.adapter === 'virtual-com' || till.adapter === 'keyboard') return till.transport;
  return till.adapter !== 'client' && till.adapter !== 'webhook' && till.adapter !== 'plugin' && till.transport === 'device' ? till.device.transport : undefined;
}

/** The optional native packages: those that the configuration needs must load. */
export async function nativeRows(config: Config): Promise<readonly ProbeRow[]> {
  return Promise.all(
    NATIVES.map(async ({ name, why, load, needed }): Promise<ProbeRow> => {
      const id = `package ${name}`;
      try {
        await load();
        return { level: 'ok', id, text: `loads (${why})` };
      } catch (error) {
        const text = `is missing or does not load (${why})`;
        return needed(config) ? { level: 'fail', id, text, remedy: remedyOf(name, error) } : { level: 'ok', id, text: `not installed, not needed (${why})` };
      }
    }),
  );
}

/** node-hid's builds for Linux need two libraries of the system, the hidraw one too (found by loading it without them). */
function remedyOf(name: string, error: unknown): string {
  const library = /lib(?:usb-1\.0|udev)\.so/.exec(error instanceof Error ? error.message : '');
  return library === null ? `run: npm install ${name}` : `${library[0]} is missing; on Debian run: sudo apt install libusb-1.0-0 libudev1`;
}
