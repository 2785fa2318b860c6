import type { Emit, FeatureBehaviour } from './device.ts';
import { endpointDescriptor, INTERRUPT, u16, type ControlAnswer, type ControlRequest, type UsbFunction } from './usb-functions.ts';

export interface HidSpec {
  readonly kind: 'hid';
  readonly descriptor: Uint8Array;
  /** A boot keyboard says so in its interface. */
  readonly boot?: 'keyboard';
  /** An interrupt OUT endpoint; without one output reports come as SET_REPORT. Default true, false for a keyboard. */
  readonly outEndpoint?: boolean;
  readonly features?: FeatureBehaviour;
  /**
   * bInterval: the host asks for a report every so many milliseconds (1 to 255, full speed), and no oftener. Default 8, as scanners have it;
   * without a pause for a keyboard. It matters: hidraw keeps 64 reports for a reader (HIDRAW_BUFFER_SIZE of the kernel) and drops the rest, and a virtual
   * hub asks again at once, faster than any bus.
   */
  readonly intervalMs?: number;
  /** `stallDescriptor`: asked for its report descriptor the device stalls; `cutDescriptor`: it gives only half of it. */
  readonly fault?: 'stallDescriptor' | 'cutDescriptor';
}

const SCANNER_INTERVAL_MS = 8;
const CLASS_HID = 3;
/** Requests and descriptor types of the HID class (USB-IF, HID 1.11, 7.1 and 7.2). */
const GET_REPORT = 0x01;
const SET_REPORT = 0x09;
const SET_IDLE = 0x0a;
const SET_PROTOCOL = 0x0b;
const GET_DESCRIPTOR = 0x06;
const TYPE_HID = 0x21;
const TYPE_REPORT = 0x22;
const KIND_OUTPUT = 2;
const KIND_FEATURE = 3;

export class HidFunction implements UsbFunction {
  readonly interfaces = 1;
  readonly endpoints = 1;
  readonly intervalMs: number;
  readonly #spec: HidSpec;
  features: FeatureBehaviour;
  /** Called for every feature report that is set, id first where the device uses ids. */
  onFeature: (report: Uint8Array) => void = () => undefined;

  constructor(spec: HidSpec) {
    this.#spec = spec;
    this.features = spec.features ?? {};
    this.intervalMs = spec.intervalMs ?? (spec.boot === 'keyboard' ? 0 : SCANNER_INTERVAL_MS);
  }

  describe(firstInterface: number, firstEndpoint: number): Uint8Array {
    const keyboard = this.#spec.boot === 'keyboard';
    const out = this.#spec.outEndpoint ?? !keyboard;
    const interval = Math.max(1, this.intervalMs);
    return Uint8Array.from([
      ...[9, 4, firstInterface, 0, out ? 2 : 1, CLASS_HID, keyboard ? 1 : 0, keyboard ? 1 : 0, 0],
      ...this.#hidDescriptor(),
      ...endpointDescriptor(0x80 | firstEndpoint, INTERRUPT, 64, interval),
      ...(out ? endpointDescriptor(firstEndpoint, INTERRUPT, 64, interval) : []),
    ]);
  }

  control({ requestType, request, value, data }: ControlRequest, emit: Emit): ControlAnswer {
    if (requestType === 0x81 && request === GET_DESCRIPTOR) return this.#descriptor(value >> 8);
    if (requestType === 0x21 && (request === SET_IDLE || request === SET_PROTOCOL)) return 'ok';
    if (requestType === 0x21 && request === SET_REPORT) return this.#set(value, data, emit);
    if (requestType === 0xa1 && request === GET_REPORT) return this.#get(value, emit);
    return 'stall';
  }

  out(_endpoint: number, data: Buffer, _send: unknown, emit: Emit): void {
    emit('output', 0, data);
  }

  #hidDescriptor(): readonly number[] {
    return [9, TYPE_HID, 0x11, 1, 0, 1, TYPE_REPORT, ...u16(this.#spec.descriptor.length)];
  }

  #descriptor(type: number): ControlAnswer {
    const { descriptor, fault } = this.#spec;
    if (type === TYPE_HID) return Uint8Array.from(this.#hidDescriptor());
    if (type !== TYPE_REPORT || fault === 'stallDescriptor') return 'stall';
    return fault === 'cutDescriptor' ? descriptor.subarray(0, descriptor.length / 2) : descriptor;
  }

  #set(value: number, data: Buffer, emit: Emit): ControlAnswer {
    if (value >> 8 === KIND_OUTPUT) {
      emit('output', value & 0xff, data);
      return 'ok';
    }
    emit('setReport', value & 0xff, data);
    const answer = this.features.set ?? 'ok';
    if (answer === 'ok') this.onFeature(data);
    return answer === 'ok' ? 'ok' : answer === 'error' ? 'stall' : 'wait';
  }

  #get(value: number, emit: Emit): ControlAnswer {
    emit('getReport', value & 0xff);
    const answer = value >> 8 === KIND_FEATURE ? (this.features.get?.[value & 0xff] ?? 'error') : 'error';
    return answer === 'error' ? 'stall' : answer === 'never' ? 'wait' : answer;
  }
}
