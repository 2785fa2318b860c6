import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CharDevice } from './char-device.ts';
import type { Emit, PlayedDevice } from './device.ts';

/** A composite device: HID POS and serial port in one, made by the kernel's own gadget drivers on its dummy controller. */
export interface GadgetSpec {
  readonly name: string;
  readonly vid: number;
  readonly pid: number;
  readonly serial?: string;
  readonly descriptor: Uint8Array;
}

const GADGETS = '/sys/kernel/config/usb_gadget';
const FUNCTIONS = ['hid.usb0', 'acm.usb0'] as const;
const NODE_BUDGET_MS = 5000;

export class GadgetDevice implements PlayedDevice {
  readonly #folder: string;
  readonly #emit: Emit;
  #hid: CharDevice | undefined;
  #serial: CharDevice | undefined;

  constructor(spec: GadgetSpec, emit: Emit) {
    this.#emit = emit;
    this.#folder = join(GADGETS, spec.name);
    this.#make(spec);
  }

  async plug(): Promise<void> {
    writeFileSync(join(this.#folder, 'UDC'), 'dummy_udc.0');
    for (let waited = 0; !(existsSync('/dev/hidg0') && existsSync('/dev/ttyGS0')) && waited < NODE_BUDGET_MS; waited += 20) await pause(20);
    // a tty of its own that would turn every line end into two
    execFileSync('stty', ['-F', '/dev/ttyGS0', 'raw', '-echo']);
    this.#hid = new CharDevice('/dev/hidg0', (data) => this.#emit('output', 0, data));
    this.#serial = new CharDevice('/dev/ttyGS0', (data) => this.#emit('out', 1, data));
  }

  async unplug(): Promise<void> {
    this.#hid?.close();
    this.#serial?.close();
    this.#hid = this.#serial = undefined;
    writeFileSync(join(this.#folder, 'UDC'), '\n');
  }

  async sendReports(...reports: readonly Uint8Array[]): Promise<void> {
    for (const report of reports) this.#hid?.write(report);
  }

  async sendSerial(data: string): Promise<void> {
    this.#serial?.write(data);
  }

  async close(): Promise<void> {
    if (!existsSync(this.#folder)) return;
    if (this.#hid !== undefined) await this.unplug();
    // in the order that the kernel asks for: what is linked before what it is linked to
    for (const name of FUNCTIONS) unlinkSync(join(this.#folder, 'configs/c.1', name));
    for (const path of ['configs/c.1', ...FUNCTIONS.map((name) => `functions/${name}`), 'strings/0x409', '']) rmdirSync(join(this.#folder, path));
  }

  /** Documentation/usb/gadget_configfs.rst and gadget_hid.rst of the kernel. */
  #make(spec: GadgetSpec): void {
    const set = (path: string, value: string | Uint8Array): void => {
      mkdirSync(join(this.#folder, path, '..'), { recursive: true });
      writeFileSync(join(this.#folder, path), value);
    };
    mkdirSync(this.#folder);
    set('idVendor', `0x${spec.vid.toString(16)}`);
    set('idProduct', `0x${spec.pid.toString(16)}`);
    set('strings/0x409/manufacturer', 'Bench');
    set('strings/0x409/product', spec.name);
    set('strings/0x409/serialnumber', spec.serial ?? '');
    set('functions/hid.usb0/protocol', '0');
    set('functions/hid.usb0/subclass', '0');
    set('functions/hid.usb0/report_length', '64');
    set('functions/hid.usb0/report_desc', spec.descriptor);
    mkdirSync(join(this.#folder, 'functions/acm.usb0'));
    mkdirSync(join(this.#folder, 'configs/c.1'), { recursive: true });
    for (const name of FUNCTIONS) symlinkSync(join(this.#folder, 'functions', name), join(this.#folder, 'configs/c.1', name));
  }
}
