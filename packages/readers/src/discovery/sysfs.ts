import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { printable } from '@tillbridge/core';
import { normalUsbId } from '../profiles/usb-id.js';
import type { SystemRoots } from './roots.js';

/** A serial port as Linux's sysfs describes it. */
export interface PortFacts {
  readonly path: string;
  /** The udev link that stays the same when the device is plugged in elsewhere. */
  readonly stablePath?: string;
  readonly vid?: string;
  readonly pid?: string;
  readonly serial?: string;
  readonly product?: string;
}

/** The USB ids stand on the device, above the interface that the tty belongs to; a hub is further up. */
const LEVELS_TO_USB_DEVICE = 4;

/** Names of all ttys: changes when a device comes or goes. Empty where there is no sysfs. */
export async function ttyNames(roots: SystemRoots): Promise<readonly string[]> {
  return (await readdir(join(roots.sys, 'class/tty')).catch(() => [])).sort();
}

/** Every tty that has hardware behind it. Needs no privileges and no udev. */
export async function listPorts(roots: SystemRoots, signal?: AbortSignal): Promise<readonly PortFacts[]> {
  const [names, links] = await Promise.all([ttyNames(roots), stableLinks(roots)]);
  const found: PortFacts[] = [];
  for (const name of names) {
    signal?.throwIfAborted();
    const facts = await portFacts(roots, name, links);
    if (facts !== undefined) found.push(facts);
  }
  return found;
}

async function portFacts(roots: SystemRoots, name: string, links: ReadonlyMap<string, string>): Promise<PortFacts | undefined> {
  const folder = join(roots.sys, 'class/tty', name);
  const device = await realpath(join(folder, 'device')).catch(() => undefined);
  if (device === undefined) return undefined;
  // the 8250 driver shows four ports whether they exist or not; type 0 means that none answered (kernel: PORT_UNKNOWN)
  if ((await text(join(folder, 'type'))) === '0') return undefined;
  const path = join(roots.dev, name);
  const stablePath = links.get(name);
  const usb = await usbDevice(device);
  return { path, ...(stablePath === undefined ? {} : { stablePath }), ...usb };
}

async function usbDevice(from: string): Promise<Omit<PortFacts, 'path' | 'stablePath'>> {
  let folder = from;
  for (let level = 0; level < LEVELS_TO_USB_DEVICE; level += 1) {
    const [vendor, productId] = await Promise.all([text(join(folder, 'idVendor')), text(join(folder, 'idProduct'))]);
    const vid = normalUsbId(vendor ?? '');
    const pid = normalUsbId(productId ?? '');
    if (vid !== undefined && pid !== undefined) {
      const [serial, product] = await Promise.all([text(join(folder, 'serial')), text(join(folder, 'product'))]);
      return { vid, pid, ...(serial === undefined ? {} : { serial }), ...(product === undefined ? {} : { product: printable(product, 80) }) };
    }
    folder = dirname(folder);
  }
  return {};
}

/** tty name -> its link under /dev/serial/by-id. */
async function stableLinks(roots: SystemRoots): Promise<ReadonlyMap<string, string>> {
  const folder = join(roots.dev, 'serial/by-id');
  const links = new Map<string, string>();
  for (const name of await readdir(folder).catch(() => [])) {
    const target = await realpath(join(folder, name)).catch(() => undefined);
    if (target !== undefined) links.set(target.slice(dirname(target).length + 1), join(folder, name));
  }
  return links;
}

async function text(path: string): Promise<string | undefined> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  const trimmed = content?.trim();
  return trimmed === '' ? undefined : trimmed;
}
