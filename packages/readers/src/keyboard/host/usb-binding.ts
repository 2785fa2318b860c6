import type { UsbDevice } from 'usb/index.js';
import { OpenRefused } from './key-source.js';

/** A boot keyboard's interface that is ours. */
export interface ClaimedKeyboard {
  /** The next report. Waits for as long as it takes; rejects when the device is gone or was closed. */
  read(): Promise<Uint8Array>;
  /** Gives the interface back to the kernel's driver. Never rejects. */
  close(): Promise<void>;
}

export interface UsbPlace {
  readonly bus: number;
  readonly address: number;
  readonly interface: number;
}

export type ClaimKeyboard = (place: UsbPlace) => Promise<ClaimedKeyboard>;

/** HID 1.11, 7.2.6: SET_PROTOCOL; 0 is the boot protocol. */
const SET_PROTOCOL = 0x0b;
const BOOT_PROTOCOL = 0;
/**
 * usb 3 ends a transfer after its time-out (1 s unless told otherwise) and throws away what had come by then: only one that nobody lives to
 * see loses nothing. Milliseconds: 24 hours.
 */
const NEVER_MS = 86_400_000;
const CONTROL_MS = 1000;

/** Claims through the package `usb`, by its native class: its WebUSB object has no time-outs. @throws OpenRefused */
export const claimUsbKeyboard: ClaimKeyboard = async (place) => {
  const { nativeGetDevices } = await import('usb/index.js').catch((cause: unknown) => {
    throw new OpenRefused('noNative', cause instanceof Error ? cause.message : String(cause), 'usb');
  });
  const device = (await nativeGetDevices()).find(({ bus, address }) => Number(bus) === place.bus && address === place.address);
  if (device === undefined) throw new OpenRefused('missing', 'it is not on the bus');
  try {
    await device.open();
    return keyboard(device, place.interface, await claim(device, place.interface));
  } catch (error) {
    await release(device, place.interface);
    throw error instanceof OpenRefused ? error : new OpenRefused(refusalByText(error), String(error));
  }
};

/** The part of WebUSB's configuration that is used; the package takes its type from the browser's. */
interface Configuration {
  readonly interfaces: readonly { readonly interfaceNumber: number; readonly alternate: { readonly endpoints: readonly Endpoint[] } }[];
}
interface Endpoint {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk' | 'interrupt' | 'isochronous';
  readonly packetSize: number;
}

async function claim(device: UsbDevice, number: number): Promise<Endpoint> {
  const { interfaces } = device.configuration as unknown as Configuration;
  const found = interfaces.find(({ interfaceNumber }) => interfaceNumber === number);
  const endpoint = found?.alternate.endpoints.find(({ direction, type }) => direction === 'in' && type === 'interrupt');
  if (endpoint === undefined) throw new OpenRefused('notKeyboard', 'the interface has no interrupt endpoint');
  // fails where no driver is bound, as after a process that was killed
  await device.detachKernelDriver(number).catch(() => undefined);
  await device.claimInterface(number);
  const setup = { requestType: 'class', recipient: 'interface', request: SET_PROTOCOL, value: BOOT_PROTOCOL, index: number };
  // many know only the boot protocol and refuse to be asked
  await device.nativeControlTransferOut(setup as never, CONTROL_MS, new Uint8Array(0)).catch(() => undefined);
  return endpoint;
}

function keyboard(device: UsbDevice, number: number, { endpointNumber, packetSize }: Endpoint): ClaimedKeyboard {
  return {
    read: async () => {
      for (;;) {
        const data = await device.nativeTransferIn(endpointNumber, NEVER_MS, packetSize);
        // no data: the endpoint stalled
        if (data === null) await device.clearHalt('in', endpointNumber);
        else if (data.length > 0) return data;
      }
    },
    close: () => release(device, number),
  };
}

async function release(device: UsbDevice, number: number): Promise<void> {
  await device.releaseInterface(number).catch(() => undefined);
  await device.attachKernelDriver(number).catch(() => undefined);
  await device.close().catch(() => undefined);
}

/** usb 3 gives texts and no codes (nusb's error kinds: "permission denied", "busy", "disconnected", "not found"). */
function refusalByText(error: unknown): OpenRefused['failure'] {
  const text = String(error);
  if (/permission|access|EACCES|EPERM|os error 13\b/i.test(text)) return 'noPermission';
  if (/busy|EBUSY|os error 16\b/i.test(text)) return 'grabbed';
  return /disconnected|not found|no such device|ENODEV|os error (?:2|19)\b/i.test(text) ? 'missing' : 'other';
}
