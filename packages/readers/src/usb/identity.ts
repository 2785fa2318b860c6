import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { printable } from '@tillbridge/core';
import { normalUsbId } from '../profiles/usb-id.js';

/** What a USB device says of itself, and where it is plugged in. */
export interface UsbFacts {
  /** Four lower-case hex digits. */
  readonly vid?: string;
  readonly pid?: string;
  readonly serial?: string;
  readonly product?: string;
  readonly manufacturer?: string;
  /** The socket, by the hubs on the way: `1-3.2` (kernel: USB sysfs names). It stays the same while the device stays in its socket. */
  readonly port?: string;
  /** Which interface of the device this is, from 0. */
  readonly interface?: number;
}

/** A device node with the USB device behind it. */
export interface NodeFacts extends UsbFacts {
  readonly path: string;
  /** The udev link that stays the same when the device is plugged in elsewhere. */
  readonly stablePath?: string;
  /** Which nodes belong to one physical device: the folder of the device in sysfs, or whatever else says it. Compare only. */
  readonly device: string;
}

/** Which USB device is meant: what is given has to match. Ids in hex, in any usual spelling. */
export interface UsbMatch {
  readonly vid?: string;
  readonly pid?: string;
  /** The USB serial number, to the letter. */
  readonly serial?: string;
  /** The socket, such as `1-3.2`. */
  readonly port?: string;
}

/** The ids stand on the device, above the interface that the node belongs to; a hub is further up. */
const LEVELS_TO_USB_DEVICE = 6;
/** `1-3.2`, `3-1`; an interface is `1-3.2:1.0`. */
const SOCKET = /^\d+-\d+(?:\.\d+)*$/;
const INTERFACE = /^\d+-\d+(?:\.\d+)*:\d+\.(\d+)$/;
const SHOWN = 80;

/** The USB device above a folder of sysfs (its real path). Without one: only `device`. Never rejects. */
export async function usbFactsOf(from: string): Promise<UsbFacts & { readonly device: string }> {
  let folder = from;
  let number: number | undefined;
  for (let level = 0; level < LEVELS_TO_USB_DEVICE; level += 1) {
    const found = INTERFACE.exec(basename(folder))?.[1];
    if (found !== undefined) number = Number(found);
    const [vendor, productId] = await Promise.all([text(join(folder, 'idVendor')), text(join(folder, 'idProduct'))]);
    const vid = normalUsbId(vendor ?? '');
    const pid = normalUsbId(productId ?? '');
    if (vid !== undefined && pid !== undefined) {
      const [serial, product, manufacturer] = await Promise.all(['serial', 'product', 'manufacturer'].map((name) => text(join(folder, name))));
      const port = basename(folder);
      return {
        device: folder,
        vid,
        pid,
        ...named({ serial, product: shown(product), manufacturer: shown(manufacturer) }),
        ...(SOCKET.test(port) ? { port } : {}),
        ...(number === undefined ? {} : { interface: number }),
      };
    }
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return { device: from };
}

/** Whether a device is the one that is meant. An empty match would claim whatever is there: it matches nothing. */
export function matchesUsb(match: UsbMatch, device: UsbFacts): boolean {
  const { vid, pid, serial, port } = match;
  if (vid === undefined && pid === undefined && serial === undefined && port === undefined) return false;
  return (
    (vid === undefined || device.vid === (normalUsbId(vid) ?? '-')) &&
    (pid === undefined || device.pid === (normalUsbId(pid) ?? '-')) &&
    (serial === undefined || device.serial === serial) &&
    (port === undefined || device.port === port)
  );
}

/** How a match is named in error texts. */
export function describeMatch({ vid, pid, serial, port }: UsbMatch): string {
  const parts = [vid && `vid ${vid}`, pid && `pid ${pid}`, serial && `serial ${serial}`, port && `port ${port}`];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** `folder`'s links by the name of the node that they lead to: /dev/serial/by-id, /dev/input/by-id. */
export async function linksInto(folder: string): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>();
  for (const name of await readdir(folder).catch(() => [])) {
    const target = await realpath(join(folder, name)).catch(() => undefined);
    if (target !== undefined) links.set(basename(target), join(folder, name));
  }
  return links;
}

/** The trimmed content of a sysfs file; `undefined` when it is empty or cannot be read. */
export async function text(path: string): Promise<string | undefined> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  const trimmed = content?.trim();
  return trimmed === '' ? undefined : trimmed;
}

export function shown(name: string | undefined): string | undefined {
  return name === undefined ? undefined : printable(name, SHOWN);
}

type Named<T> = { readonly [Key in keyof T]?: string };

/** Without the keys that have no value. */
export function named<T extends Readonly<Record<string, string | undefined>>>(values: T): Named<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Named<T>;
}
