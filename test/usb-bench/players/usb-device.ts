import type { Socket } from 'node:net';
import type { Emit, FeatureBehaviour, PlayedDevice } from './device.ts';
import { CcidFunction, type ApduAnswers, type CcidSpec } from './usb-ccid.ts';
import { CdcFunction, type CdcSpec } from './usb-cdc.ts';
import { u16, type ControlAnswer, type SendOn, type UsbFunction } from './usb-functions.ts';
import { HidFunction, type HidSpec } from './usb-hid.ts';
import { packAnswer, packUnlinked, parseUsbip, type Answer, type Submit, type Unlink } from './usbip-wire.ts';
import { attach } from './vhci.ts';

export type FunctionSpec = HidSpec | CdcSpec | CcidSpec;

export interface UsbSpec {
  readonly vid: number;
  readonly pid: number;
  /** bcdDevice; default 1.00. */
  readonly release?: number;
  readonly manufacturer?: string;
  readonly product?: string;
  /** Left out: a device without a serial number. */
  readonly serial?: string;
  readonly functions: readonly FunctionSpec[];
  /** Port of the virtual hub, 0 to 7: the same device elsewhere. Default the first that is free. */
  readonly port?: number;
}

const create = (spec: FunctionSpec): UsbFunction =>
  spec.kind === 'hid' ? new HidFunction(spec) : spec.kind === 'cdc' ? new CdcFunction() : new CcidFunction(spec);

interface Placed {
  readonly what: UsbFunction;
  readonly firstInterface: number;
  readonly firstEndpoint: number;
}

/** A USB device played to the kernel's virtual hub: everything from enumeration up is real. */
export class UsbDevice implements PlayedDevice {
  readonly #spec: UsbSpec;
  readonly #emit: Emit;
  readonly #functions: readonly Placed[];
  readonly #configuration: Buffer;
  #socket: Socket | undefined;
  #rest: Buffer = Buffer.alloc(0);
  /** Transfers that wait for data, and data that wait for a transfer, by IN endpoint. */
  readonly #waiting = new Map<number, Submit[]>();
  readonly #ready = new Map<number, Uint8Array[]>();
  /** When the host asks an IN endpoint again, on the clock of `performance.now()`, and what it gets then. */
  readonly #nextAt = new Map<number, number>();
  readonly #paced = new Map<number, { readonly submit: Submit; readonly data: Uint8Array; readonly timer: NodeJS.Timeout }>();
  #silent = false;

  constructor(spec: UsbSpec, emit: Emit) {
    this.#spec = spec;
    this.#emit = emit;
    let [nextInterface, nextEndpoint] = [0, 1];
    this.#functions = spec.functions.map((each) => {
      const placed = { what: create(each), firstInterface: nextInterface, firstEndpoint: nextEndpoint };
      nextInterface += placed.what.interfaces;
      nextEndpoint += placed.what.endpoints;
      return placed;
    });
    this.#configuration = configuration(this.#functions, nextInterface);
  }

  async plug(port: number | undefined = this.#spec.port): Promise<void> {
    const { socket } = await attach((opened) => this.#serve(opened), port);
    this.#socket = socket;
  }

  /** The cable is pulled: what was on its way is lost. */
  async unplug(): Promise<void> {
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#waiting.clear();
    this.#ready.clear();
    for (const { timer } of this.#paced.values()) clearTimeout(timer);
    this.#paced.clear();
    this.#nextAt.clear();
    this.#rest = Buffer.alloc(0);
  }

  /** The device is still there and answers nothing at all any more. */
  async hang(): Promise<void> {
    this.#silent = true;
  }

  /** Sends packets on the first IN endpoint of a function, one after the other. */
  async send(index: number, ...packets: readonly Uint8Array[]): Promise<void> {
    for (const packet of packets) this.#sendOn(this.#function(index))(0, packet);
  }

  async behave(index: number, features: FeatureBehaviour): Promise<void> {
    const { what } = this.#function(index);
    if (what instanceof HidFunction) what.features = features;
  }

  /** A card is held against the reader, or taken away. */
  async card(present: boolean, apdus?: ApduAnswers): Promise<void> {
    for (const placed of this.#functions) {
      const { what } = placed;
      if (!(what instanceof CcidFunction)) continue;
      if (apdus !== undefined) what.apdus = apdus;
      what.card(present, this.#sendOn(placed));
    }
  }

  async close(): Promise<void> {
    await this.unplug();
  }

  protected hid(index: number): HidFunction {
    const { what } = this.#function(index);
    if (!(what instanceof HidFunction)) throw new Error(`function ${String(index)} is no HID interface`);
    return what;
  }

  #function(index: number): Placed {
    const placed = this.#functions[index];
    if (placed === undefined) throw new Error(`the device has no function ${String(index)}`);
    return placed;
  }

  #placed(endpoint: number): Placed | undefined {
    return this.#functions.find(({ firstEndpoint, what }) => endpoint >= firstEndpoint && endpoint < firstEndpoint + what.endpoints);
  }

  #sendOn({ firstEndpoint }: Placed): SendOn {
    return (endpoint, data) => {
      const address = firstEndpoint + endpoint;
      const waiting = this.#waiting.get(address)?.shift();
      if (waiting === undefined) this.#ready.set(address, [...(this.#ready.get(address) ?? []), data]);
      else this.#deliver(waiting, data);
    };
  }

  #serve(socket: Socket): void {
    this.#silent = false;
    socket.on('data', (data: Buffer) => {
      const { messages, rest } = parseUsbip(Buffer.concat([this.#rest, data]));
      this.#rest = rest;
      if (this.#silent) return;
      for (const message of messages) {
        if (message.kind === 'unlink') this.#unlink(message, socket);
        else this.#submitted(message, socket);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.#emit('gone'));
    this.#socket = socket;
  }

  #unlink(message: Unlink, socket: Socket): void {
    let pending = false;
    for (const [endpoint, waiting] of this.#waiting) {
      const left = waiting.filter((each) => each.seq !== message.victim);
      pending ||= left.length < waiting.length;
      this.#waiting.set(endpoint, left);
    }
    for (const [endpoint, { submit, data, timer }] of this.#paced) {
      if (submit.seq !== message.victim) continue;
      clearTimeout(timer);
      this.#paced.delete(endpoint);
      // the host did not get it: it is the next thing that the endpoint has to say
      this.#ready.set(endpoint, [data, ...(this.#ready.get(endpoint) ?? [])]);
      pending = true;
    }
    socket.write(packUnlinked(message, pending));
  }

  #submitted(submit: Submit, socket: Socket): void {
    if (submit.endpoint === 0) {
      const answer = this.#control(submit);
      if (answer !== 'wait') socket.write(packAnswer(submit, answer));
      else this.#wait(submit);
      return;
    }
    if (submit.direction === 'in') {
      const data = this.#ready.get(submit.endpoint)?.shift();
      if (data === undefined) this.#wait(submit);
      else this.#deliver(submit, data);
      return;
    }
    socket.write(packAnswer(submit, 'ok'));
    const placed = this.#placed(submit.endpoint);
    if (placed === undefined) return;
    const emit: Emit = (name, number, data) => this.#emit(name, name === 'output' ? placed.firstInterface : number, data);
    placed.what.out(submit.endpoint - placed.firstEndpoint, submit.data, this.#sendOn(placed), emit);
  }

  #wait(submit: Submit): void {
    this.#waiting.set(submit.endpoint, [...(this.#waiting.get(submit.endpoint) ?? []), submit]);
  }

  #deliver(submit: Submit, data: Uint8Array): void {
    // what the transfer cannot take comes with the next one
    if (data.length > submit.length) this.#ready.set(submit.endpoint, [data.subarray(submit.length), ...(this.#ready.get(submit.endpoint) ?? [])]);
    const now = performance.now();
    const at = Math.max(now, this.#nextAt.get(submit.endpoint) ?? 0);
    this.#nextAt.set(submit.endpoint, at + (this.#placed(submit.endpoint)?.what.intervalMs ?? 0));
    if (at <= now) this.#socket?.write(packAnswer(submit, data));
    else this.#paced.set(submit.endpoint, { submit, data, timer: setTimeout(() => this.#due(submit.endpoint), at - now) });
  }

  /** The host asks the endpoint again: what waited for that goes. */
  #due(endpoint: number): void {
    const paced = this.#paced.get(endpoint);
    this.#paced.delete(endpoint);
    if (paced !== undefined) this.#socket?.write(packAnswer(paced.submit, paced.data));
  }

  #control(submit: Submit): Answer | 'wait' {
    const [requestType = 0, request = 0] = submit.setup;
    const [value, index] = [submit.setup.readUInt16LE(2), submit.setup.readUInt16LE(4)];
    this.#emit('control', request, submit.setup);
    const standard = this.#standard(requestType, request, value);
    if (standard !== undefined) return standard;
    const placed = this.#functions.find(({ firstInterface, what }) => (index & 0xff) >= firstInterface && (index & 0xff) < firstInterface + what.interfaces);
    return placed?.what.control({ requestType, request, value, index, data: submit.data }, this.#emit) ?? 'stall';
  }

  /** Requests that every device answers (USB 2.0, 9.4). */
  #standard(requestType: number, request: number, value: number): ControlAnswer | undefined {
    if (requestType === 0x80 && request === 6) return this.#descriptor(value >> 8, value & 0xff);
    if (requestType === 0x80 && request === 0) return Buffer.alloc(2);
    if (requestType === 0x80 && request === 8) return Buffer.of(1);
    const taken = (requestType === 0 && (request === 5 || request === 9)) || (requestType === 1 && request === 11) || (requestType === 2 && request === 1);
    return taken ? 'ok' : undefined;
  }

  #descriptor(type: number, index: number): ControlAnswer {
    if (type === 1) return deviceDescriptor(this.#spec);
    if (type === 2) return this.#configuration;
    if (type !== 3) return 'stall';
    if (index === 0) return Buffer.of(4, 3, 9, 4);
    const text = strings(this.#spec)[index - 1];
    return text === undefined ? 'stall' : stringDescriptor(text);
  }
}

const strings = ({ manufacturer, product, serial }: UsbSpec): readonly (string | undefined)[] => [manufacturer, product, serial];

function stringDescriptor(text: string): Buffer {
  const content = Buffer.from(text, 'utf16le');
  return Buffer.concat([Buffer.of(content.length + 2, 3), content]);
}

function deviceDescriptor(spec: UsbSpec): Uint8Array {
  // a serial port is told by its interfaces being joined: class "miscellaneous, interface association"
  const joined = spec.functions.some((each) => each.kind === 'cdc') ? [0xef, 2, 1] : [0, 0, 0];
  const texts = strings(spec).map((text, index) => (text === undefined ? 0 : index + 1));
  return Uint8Array.from([18, 1, 0, 2, ...joined, 64, ...u16(spec.vid), ...u16(spec.pid), ...u16(spec.release ?? 0x100), ...texts, 1]);
}

function configuration(functions: readonly Placed[], interfaces: number): Buffer {
  const body = functions.flatMap(({ what, firstInterface, firstEndpoint }) => [...what.describe(firstInterface, firstEndpoint)]);
  return Buffer.from([9, 2, ...u16(9 + body.length), interfaces, 1, 0, 0x80, 50, ...body]);
}
