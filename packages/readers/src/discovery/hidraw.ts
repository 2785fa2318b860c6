import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readReportDescriptor } from '../hid/report-descriptor.js';
import { normalUsbId } from '../profiles/usb-id.js';
import { named, shown, text, usbFactsOf, type NodeFacts } from '../usb/identity.js';
import { SYSTEM_ROOTS, type SystemRoots } from './roots.js';

/** USB-IF "HID Point of Sale Usage Tables" 1.02: page Bar Code Scanner (0x8c), usage Bar Code Scanner. */
export const POS_SCANNER = 0x8c0002;
/** Generic Desktop, Keyboard. */
export const KEYBOARD = 0x010006;
/** Generic Desktop: keyboard, and its neighbours that no scanner is. */
const DESKTOP_PAGE = 0x01;
const CONSUMER_PAGE = 0x0c;
/** Honeywell's remote management interface: it has the shape of a scanner and carries no reads. */
const MANAGEMENT = 0xff8c0002;
/** IBM and Toshiba's own scanner interface ("USB OEM", SurePOS). */
export const OEM_PAGE = 0xff45;

export const usagePage = (usage: number): number => Math.floor(usage / 0x10000);

/** A HID interface: on Linux a hidraw node. */
export interface HidNode extends NodeFacts {
  readonly kind: 'hid';
  /** Page (upper 16 bits) and usage of each top-level collection: what kinds of things it is. */
  readonly usages: readonly number[];
  /** The report descriptor, where the system shows it. */
  readonly descriptor?: Uint8Array;
}

/** Every hidraw node, from sysfs: needs no privileges and no udev. Empty where there is no sysfs. */
export async function listHidNodes(roots: SystemRoots = SYSTEM_ROOTS, signal?: AbortSignal): Promise<readonly HidNode[]> {
  const names = await readdir(join(roots.sys, 'class/hidraw')).catch(() => []);
  const nodes: HidNode[] = [];
  for (const name of names.sort(byNumber)) {
    signal?.throwIfAborted();
    const node = await hidNode(roots, name);
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

/** hidraw2 before hidraw10. */
export function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

async function hidNode(roots: SystemRoots, name: string): Promise<HidNode | undefined> {
  const device = await realpath(join(roots.sys, 'class/hidraw', name, 'device')).catch(() => undefined);
  if (device === undefined) return undefined;
  const [usb, uevent, descriptor] = await Promise.all([
    usbFactsOf(device),
    text(join(device, 'uevent')),
    readFile(join(device, 'report_descriptor')).catch(() => undefined),
  ]);
  const facts = usb.vid === undefined ? factsOfUevent(uevent ?? '', device) : usb;
  const usages = descriptor === undefined ? [] : readReportDescriptor(descriptor).collections;
  return { kind: 'hid', path: join(roots.dev, name), ...facts, usages, ...(descriptor === undefined ? {} : { descriptor }) };
}

/**
 * For HID devices without a USB device above them (Bluetooth, uhid): `HID_ID=0003:00000C2E:00000B67`, HID_NAME, HID_PHYS, HID_UNIQ
 * (kernel: hid_uevent). Interfaces of one device share what stands before `/input` in HID_PHYS.
 */
export function factsOfUevent(uevent: string, device: string): Omit<NodeFacts, 'path'> {
  const value = (key: string): string | undefined => {
    const found = new RegExp(`^${key}=(.+)$`, 'm').exec(uevent)?.[1]?.trim();
    return found === '' ? undefined : found;
  };
  const ids = /^[0-9A-F]{4}:0000([0-9A-F]{4}):0000([0-9A-F]{4})$/i.exec(value('HID_ID') ?? '');
  const vid = normalUsbId(ids?.[1] ?? '');
  const pid = normalUsbId(ids?.[2] ?? '');
  const phys = value('HID_PHYS')?.replace(/\/input\d+$/, '');
  const serial = value('HID_UNIQ');
  const together = phys === undefined ? device : `${vid ?? ''}:${pid ?? ''}:${serial ?? ''}:${phys}`;
  return { device: together, ...named({ vid, pid, serial, product: shown(value('HID_NAME')) }) };
}

/** How likely reads come from this interface: 2 it says so, 1 its maker's own page, 0 not from here. */
export function scannerRank({ usages }: Pick<HidNode, 'usages'>): 0 | 1 | 2 {
  if (usages.includes(POS_SCANNER)) return 2;
  const own = usages.filter((usage) => usage !== MANAGEMENT && ![DESKTOP_PAGE, CONSUMER_PAGE].includes(usagePage(usage)));
  return own.length > 0 || usages.length === 0 ? 1 : 0;
}
