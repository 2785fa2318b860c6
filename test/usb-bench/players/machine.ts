import { setTimeout as pause } from 'node:timers/promises';
import { CharDevice } from './char-device.ts';
import type { Emit, PlayedDevice } from './device.ts';

/** QEMU's own devices, which we did not write: a serial cable with an FTDI chip, and a keyboard. */
export interface MachineSpec {
  readonly device: 'serialCable' | 'keyboard';
  readonly serial?: string;
}

interface QmpAnswer {
  readonly return?: unknown;
  readonly error?: { readonly desc: string };
}

const ADD_TRIES = 250;

/** Speaks to the machine's monitor (QEMU: docs/interop/qmp-spec.rst) from inside of it, and holds the far end of the serial cable. */
export class MachineDevice implements PlayedDevice {
  readonly #spec: MachineSpec;
  readonly #emit: Emit;
  #monitor: CharDevice | undefined;
  #far: CharDevice | undefined;
  #text = '';
  readonly #waiting: ((answer: QmpAnswer) => void)[] = [];

  constructor(spec: MachineSpec, emit: Emit) {
    this.#spec = spec;
    this.#emit = emit;
  }

  async plug(): Promise<void> {
    const { device, serial } = this.#spec;
    const cable = { driver: 'usb-serial', id: device, chardev: 'ftdi', bus: 'xhci.0', serial: serial ?? 'FT0001' };
    const args = device === 'serialCable' ? cable : { driver: 'usb-kbd', id: device, bus: 'xhci.0' };
    if (device === 'serialCable') this.#far ??= new CharDevice('/dev/virtio-ports/ftdi', (data) => this.#emit('out', 0, data));
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#ask('device_add', args);
      if (answer.error === undefined) return;
      // one that was just taken away still counts for some milliseconds
      if (tries === ADD_TRIES) throw new Error(answer.error.desc);
      await pause(20);
    }
  }

  async unplug(): Promise<void> {
    await this.#ask('device_del', { id: this.#spec.device });
  }

  /** The scanner at the far end of the cable sends. */
  async sendSerial(data: string): Promise<void> {
    this.#far?.write(data);
  }

  /** Types digits and `\n`. QEMU holds each key for 100 ms and keeps at most 16 events: one key after the other. */
  async type(text: string): Promise<void> {
    for (const char of text) {
      const key = char === '\n' ? 'ret' : char;
      await this.#ask('send-key', { keys: [{ type: 'qcode', data: key }], 'hold-time': 20 });
      await pause(60);
    }
  }

  async close(): Promise<void> {
    if (this.#monitor !== undefined) await this.unplug();
    this.#monitor?.close();
    this.#far?.close();
    this.#monitor = this.#far = undefined;
  }

  async #ask(execute: string, args: object = {}): Promise<QmpAnswer> {
    if (this.#monitor === undefined) {
      this.#monitor = new CharDevice('/dev/virtio-ports/qmp', (data) => this.#received(data.toString('latin1')));
      // refused when an earlier group has negotiated already: the session is the machine's
      await this.#send('qmp_capabilities', {});
    }
    return this.#send(execute, args);
  }

  #send(execute: string, args: object): Promise<QmpAnswer> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#monitor?.write(`${JSON.stringify({ execute, arguments: args })}\n`);
    });
  }

  #received(text: string): void {
    const lines = (this.#text + text).split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines.filter((each) => each.trim() !== '')) {
      const answer = JSON.parse(line) as QmpAnswer;
      if (answer.return !== undefined || answer.error !== undefined) this.#waiting.shift()?.(answer);
    }
  }
}
