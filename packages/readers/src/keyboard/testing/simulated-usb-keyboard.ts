import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemRoots } from '../../discovery/roots.js';
import { OpenRefused } from '../host/key-source.js';
import type { ClaimedKeyboard, UsbPlace } from '../host/usb-binding.js';
import { chordsOf } from './typist.js';

/** A boot keyboard on a made-up bus: sends what a device would, a report a key. */
export class SimulatedUsbKeyboard {
  #plugged = true;
  readonly #reports: Uint8Array[] = [];
  #waiting: { readonly resolve: (report: Uint8Array) => void; readonly reject: (error: Error) => void } | undefined;
  claimedAt: UsbPlace | undefined;

  get claimed(): boolean {
    return this.claimedAt !== undefined;
  }

  /** Shows it in sysfs: bus 1, address 7, port 1-3.2, keyboard on interface 0. */
  showIn(roots: SystemRoots): void {
    const device = join(roots.sys, 'devices/usb1/1-3/1-3.2');
    const keyboard = join(device, '1-3.2:1.0');
    const bus = join(roots.sys, 'bus/usb/devices');
    mkdirSync(keyboard, { recursive: true });
    mkdirSync(bus, { recursive: true });
    const write = (folder: string, files: Readonly<Record<string, string>>): void => {
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), `${text}\n`);
    };
    write(keyboard, { bInterfaceClass: '03', bInterfaceSubClass: '01', bInterfaceProtocol: '01', bInterfaceNumber: '00' });
    write(device, { busnum: '1', devnum: '7', idVendor: '0c2e', idProduct: '0b61' });
    writeFileSync(join(roots.sys, 'bus/usb/drivers_probe'), '');
    symlinkSync(device, join(bus, '1-3.2'));
    symlinkSync(keyboard, join(bus, '1-3.2:1.0'));
  }

  claim(place: UsbPlace): Promise<ClaimedKeyboard> {
    if (!this.#plugged) return Promise.reject(new OpenRefused('missing', 'it is not on the bus'));
    this.claimedAt = place;
    return Promise.resolve({
      read: () => this.#read(),
      close: () => {
        this.claimedAt = undefined;
        this.#fail(new Error('closed'));
        return Promise.resolve();
      },
    });
  }

  type(text: string): void {
    for (const byte of Buffer.from(text, 'latin1')) {
      for (const chord of chordsOf(byte)) {
        const usage = chord.at(-1) ?? 0;
        this.#report(chord.length > 1 ? 1 << ((chord[0] ?? 0) - 0xe0) : 0, usage);
        this.#report(0, 0);
      }
    }
  }

  unplug(): void {
    this.#plugged = false;
    this.#fail(new Error('disconnected'));
  }

  replug(): void {
    this.#plugged = true;
  }

  #report(modifiers: number, usage: number): void {
    const report = Uint8Array.of(modifiers, 0, usage, 0, 0, 0, 0, 0);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#reports.push(report);
    else waiting.resolve(report);
  }

  #fail(error: Error): void {
    this.#reports.length = 0;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  #read(): Promise<Uint8Array> {
    const next = this.#reports.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (!this.#plugged) return Promise.reject(new Error('disconnected'));
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  }
}
