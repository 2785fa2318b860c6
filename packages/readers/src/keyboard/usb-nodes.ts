import { constants } from 'node:fs';
import { open, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KeyboardNode } from '../discovery/index.js';
import type { SystemRoots } from '../discovery/roots.js';
import { text, usbFactsOf } from '../usb/identity.js';

/** A boot keyboard as the bus shows it, whether or not a driver of the kernel has it. */
export interface UsbKeyboardNode extends KeyboardNode {
  readonly bus: number;
  readonly address: number;
  readonly number: number;
  /** The interface's name in sysfs: `1-3.2:1.0`. */
  readonly name: string;
}

/** USB-IF, HID 1.11, 4.1 to 4.3: class 3, subclass 1 (boot), protocol 1 (keyboard). */
const BOOT_KEYBOARD = '03 01 01';

/** Every boot keyboard interface, from sysfs. Its path is that of usbfs. Empty where there is no USB. */
export async function listUsbKeyboards(roots: SystemRoots): Promise<readonly UsbKeyboardNode[]> {
  const folder = join(roots.sys, 'bus/usb/devices');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.includes(':')).sort();
  const nodes = await Promise.all(names.map((name) => usbKeyboard(roots, join(folder, name))));
  return nodes.filter((node) => node !== undefined);
}

async function usbKeyboard(roots: SystemRoots, folder: string): Promise<UsbKeyboardNode | undefined> {
  const kind = await Promise.all(['bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol', 'bInterfaceNumber'].map((file) => text(join(folder, file))));
  const number = kind.pop();
  if (kind.join(' ') !== BOOT_KEYBOARD || number === undefined) return undefined;
  // what stands on the bus are links; the device is above its interface
  const real = await realpath(folder).catch(() => folder);
  const [busnum, devnum] = await Promise.all(['busnum', 'devnum'].map((file) => text(join(dirname(real), file))));
  const [bus, address] = [Number(busnum), Number(devnum)];
  if (!Number.isInteger(bus) || !Number.isInteger(address)) return undefined;
  const path = join(roots.dev, 'bus/usb', String(bus).padStart(3, '0'), String(address).padStart(3, '0'));
  return { kind: 'keyboard', path, ...(await usbFactsOf(real)), bus, address, number: parseInt(number, 16), name: basename(real) };
}

/**
 * Whether the kernel hands out key events at all: its evdev handler is there. A hardened service sees nothing of /proc but processes
 * (systemd.exec(5), ProcSubset=pid): there the nodes of that handler tell, which every machine with a power button has.
 */
export async function hasEvdev(roots: SystemRoots): Promise<boolean> {
  const handlers = await readFile(join(roots.proc, 'bus/input/handlers'), 'utf8').catch(() => undefined);
  if (handlers !== undefined) return handlers.includes('Name=evdev');
  const inputs = await readdir(join(roots.sys, 'class/input')).catch(() => []);
  return inputs.some((name) => /^event\d+$/.test(name));
}

/**
 * Lets the kernel's driver have an interface again that nobody claims any more (Documentation/ABI/testing/sysfs-bus-usb: drivers_probe). Only
 * root may; otherwise the keyboard comes back when it is plugged in anew. Never rejects.
 */
export async function giveBack(roots: SystemRoots, name: string): Promise<void> {
  // the file can be written and not read, and sysfs refuses to open it for both
  const file = await open(join(roots.sys, 'bus/usb/drivers_probe'), constants.O_WRONLY).catch(() => undefined);
  await file?.writeFile(name).catch(() => undefined);
  await file?.close().catch(() => undefined);
}
