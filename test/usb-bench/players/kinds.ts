import type { DeviceEvent, Emit } from './device.ts';
import { GadgetDevice, type GadgetSpec } from './gadget.ts';
import { MachineDevice, type MachineSpec } from './machine.ts';
import { RedirectingScanner } from './redirecting-scanner.ts';
import { UhidDevice, type UhidSpec } from './uhid-device.ts';
import { UsbDevice, type UsbSpec } from './usb-device.ts';

/** Every kind of device that a player can be. */
export const KINDS = {
  uhid: (spec: UhidSpec, emit: Emit) => new UhidDevice(spec, emit),
  usb: (spec: UsbSpec, emit: Emit) => new UsbDevice(spec, emit),
  redirecting: (spec: Omit<UsbSpec, 'functions'>, emit: Emit) => new RedirectingScanner(spec, emit),
  gadget: (spec: GadgetSpec, emit: Emit) => new GadgetDevice(spec, emit),
  machine: (spec: MachineSpec, emit: Emit) => new MachineDevice(spec, emit),
} as const;

export type Kind = keyof typeof KINDS;
export type SpecOf<K extends Kind> = Parameters<(typeof KINDS)[K]>[0];
export type DeviceOf<K extends Kind> = ReturnType<(typeof KINDS)[K]>;

/** Messages between a group and its player process. */
export type ToPlayer =
  | { readonly id: number; readonly create: Kind; readonly device: number; readonly spec: unknown }
  | { readonly id: number; readonly call: string; readonly device: number; readonly args: readonly unknown[] };

export type FromPlayer =
  | { readonly id: number; readonly error?: string }
  | { readonly device: number; readonly event: DeviceEvent };
