import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SystemRoots } from '../roots.js';

/** Input report 2 of page 0x8c, usage 2: the top of an HID POS scanner's descriptor. */
export const POS_DESCRIPTOR = Uint8Array.from([0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0xc0]);
/** A boot keyboard's. */
export const KEYBOARD_DESCRIPTOR = Uint8Array.from([0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0xc0]);
export const vendorDescriptor = (page: number): Uint8Array => Uint8Array.from([0x06, page & 0xff, page >> 8, 0x09, 0x01, 0xa1, 0x01, 0xc0]);
/** Digits, letters, Enter: 64-bit words, the highest first. */
export const KEYBOARD_KEYS = '1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe';
/** What a power button has. */
const FEW_KEYS = '10000000000000 0';

export interface FakeUsb {
  readonly port: string;
  readonly vid: string;
  readonly pid: string;
  readonly serial?: string;
  readonly product?: string;
}

/** A folder that looks like /sys and /dev to whoever lists devices. Nodes under /dev are plain files: enough for rights, not for opening. */
export class FakeDevices {
  readonly root = mkdtempSync(join(tmpdir(), 'tillbridge-devices-'));
  readonly roots: SystemRoots = { sys: join(this.root, 'sys'), dev: join(this.root, 'dev'), proc: '/proc' };
  #next = 0;

  constructor() {
    mkdirSync(join(this.roots.dev, 'input/by-id'), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  file(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** The folder of the device in sysfs. */
  usb({ port, vid, pid, serial, product }: FakeUsb): string {
    const folder = join(this.roots.sys, 'devices/pci0000:00/usb1', port);
    this.file(join(folder, 'idVendor'), `${vid}\n`);
    this.file(join(folder, 'idProduct'), `${pid}\n`);
    if (serial !== undefined) this.file(join(folder, 'serial'), `${serial}\n`);
    if (product !== undefined) this.file(join(folder, 'product'), `${product}\n`);
    return folder;
  }

  /** A HID interface of `usb`; gives the path of its node. */
  hid(usb: FakeUsb, descriptor: Uint8Array, number = 0): string {
    const device = join(this.usb(usb), `${usb.port}:1.${String(number)}`, `0003:${usb.vid}:${usb.pid}.000${String(number)}`);
    return this.hidAt(device, descriptor);
  }

  /** A HID device without USB (Bluetooth, uhid). */
  virtualHid(uevent: string, descriptor: Uint8Array): string {
    const device = join(this.roots.sys, 'devices/virtual/misc/uhid', `0003.${String(this.#next)}`);
    this.file(join(device, 'uevent'), uevent);
    return this.hidAt(device, descriptor);
  }

  private hidAt(device: string, descriptor: Uint8Array): string {
    const name = `hidraw${String(this.#next++)}`;
    this.file(join(device, 'report_descriptor'), descriptor);
    this.link(device, join(this.roots.sys, 'class/hidraw', name, 'device'));
    return this.node(name);
  }

  /** A keyboard interface of `usb`; gives the path of its node. */
  keyboard(usb: FakeUsb, number = 0, keys = KEYBOARD_KEYS): string {
    const input = join(this.usb(usb), `${usb.port}:1.${String(number)}`, 'hid', `input/input${String(this.#next)}`);
    return this.inputAt(input, keys);
  }

  /** An input without USB. */
  otherInput(facts: Readonly<Record<string, string>>, keys = FEW_KEYS): string {
    const input = join(this.roots.sys, 'devices/virtual/input', `input${String(this.#next)}`);
    for (const [name, value] of Object.entries(facts)) this.file(join(input, name), `${value}\n`);
    return this.inputAt(input, keys);
  }

  private inputAt(input: string, keys: string): string {
    const name = `event${String(this.#next++)}`;
    this.file(join(input, 'capabilities/key'), `${keys}\n`);
    this.link(input, join(this.roots.sys, 'class/input', name, 'device'));
    return this.node(`input/${name}`);
  }

  /** A serial port of `usb`; gives the path of its node, which is no tty. */
  port(usb: FakeUsb, name: string): string {
    const folder = join(this.usb(usb), `${usb.port}:1.0`);
    mkdirSync(folder, { recursive: true });
    this.link(folder, join(this.roots.sys, 'class/tty', name, 'device'));
    return this.node(name);
  }

  private node(name: string): string {
    const path = join(this.roots.dev, name);
    this.file(path, '');
    return path;
  }

  private link(target: string, path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }
}
