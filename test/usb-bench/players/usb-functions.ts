import type { Emit } from './device.ts';

/** A control request to one interface. */
export interface ControlRequest {
  readonly requestType: number;
  readonly request: number;
  readonly value: number;
  readonly index: number;
  readonly data: Buffer;
}

/** `wait`: never answered. */
export type ControlAnswer = Uint8Array | 'ok' | 'stall' | 'wait';

/** The endpoints that a function was given, with the direction bit where it is IN. */
export type SendOn = (endpoint: number, data: Uint8Array) => void;

/** One function of a USB device: what it says of itself, and how it answers. */
export interface UsbFunction {
  readonly interfaces: number;
  /** Its part of the configuration descriptor. Endpoints are numbered from `firstEndpoint`; it may use as many as `endpoints` says. */
  describe(firstInterface: number, firstEndpoint: number): Uint8Array;
  readonly endpoints: number;
  /** The least time between two transfers on its IN endpoints, in milliseconds; none for bulk. */
  readonly intervalMs?: number;
  control(request: ControlRequest, emit: Emit): ControlAnswer;
  /** Bytes on an OUT endpoint, numbered within the function from 0. */
  out(endpoint: number, data: Buffer, send: SendOn, emit: Emit): void;
}

export const u16 = (value: number): readonly [number, number] => [value & 0xff, value >> 8];
export const BULK = 2;
export const INTERRUPT = 3;

export function endpointDescriptor(address: number, kind: number, size: number, interval: number): readonly number[] {
  return [7, 5, address, kind, ...u16(size), interval];
}
