import type { Emit } from './device.ts';
import { BULK, endpointDescriptor, INTERRUPT, type ControlAnswer, type ControlRequest, type UsbFunction } from './usb-functions.ts';

export interface CdcSpec {
  readonly kind: 'cdc';
}

/** Requests of the communication class (USB-IF, CDC PSTN 1.2, 6.3). */
const SET_LINE_CODING = 0x20;
const GET_LINE_CODING = 0x21;
const SET_CONTROL_LINE_STATE = 0x22;

/** A modem-like serial port: what a scanner in USB-COM mode is. Its data come in on the function's endpoint 0. */
export class CdcFunction implements UsbFunction {
  readonly interfaces = 2;
  readonly endpoints = 2;
  /** 9600 8N1 */
  #lineCoding: Uint8Array = Uint8Array.of(0x80, 0x25, 0, 0, 0, 0, 8);

  describe(firstInterface: number, firstEndpoint: number): Uint8Array {
    const data = firstInterface + 1;
    return Uint8Array.from([
      // both interfaces are one function
      ...[8, 11, firstInterface, 2, 2, 2, 1, 0],
      ...[9, 4, firstInterface, 0, 1, 2, 2, 1, 0],
      ...[5, 0x24, 0, 0x10, 1],
      ...[5, 0x24, 1, 0, data],
      ...[4, 0x24, 2, 2],
      ...[5, 0x24, 6, firstInterface, data],
      ...endpointDescriptor(0x80 | (firstEndpoint + 1), INTERRUPT, 16, 10),
      ...[9, 4, data, 0, 2, 10, 0, 0, 0],
      ...endpointDescriptor(0x80 | firstEndpoint, BULK, 64, 0),
      ...endpointDescriptor(firstEndpoint, BULK, 64, 0),
    ]);
  }

  control({ requestType, request, value, data }: ControlRequest, emit: Emit): ControlAnswer {
    if (requestType === 0x21 && request === SET_LINE_CODING) {
      this.#lineCoding = Uint8Array.from(data);
      emit('lineCoding', data.readUInt32LE(0), data);
      return 'ok';
    }
    if (requestType === 0xa1 && request === GET_LINE_CODING) return this.#lineCoding;
    if (requestType === 0x21 && request === SET_CONTROL_LINE_STATE) {
      emit('lines', value);
      return 'ok';
    }
    return 'stall';
  }

  out(endpoint: number, data: Buffer, _send: unknown, emit: Emit): void {
    if (endpoint === 0) emit('out', 0, data);
  }
}
