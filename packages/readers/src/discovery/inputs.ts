import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { OWN_KEYBOARD_NAME } from '@tillbridge/core';
import { normalUsbId } from '../profiles/usb-id.js';
import { linksInto, named, shown, text, usbFactsOf, type NodeFacts } from '../usb/identity.js';
import { byNumber } from './hidraw.js';
import { SYSTEM_ROOTS, type SystemRoots } from './roots.js';

/** A device that types: on Linux an evdev node. */
export interface KeyboardNode extends NodeFacts {
  readonly kind: 'keyboard';
}

/** Keys that whatever types a code has: 1 to 0 and Enter (linux/input-event-codes.h: KEY_1 = 2 ... KEY_0 = 11, KEY_ENTER = 28). */
const NEEDED_KEYS: readonly number[] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 28];

/** Every evdev node that can type digits and Enter, from sysfs, but our own. Empty where there is no sysfs. */
export async function listKeyboardNodes(roots: SystemRoots = SYSTEM_ROOTS, signal?: AbortSignal): Promise<readonly KeyboardNode[]> {
  const names = (await readdir(join(roots.sys, 'class/input')).catch(() => [])).filter((name) => /^event\d+$/.test(name)).sort(byNumber);
  const links = await linksInto(join(roots.dev, 'input/by-id'));
  const nodes: KeyboardNode[] = [];
  for (const name of names) {
    signal?.throwIfAborted();
    const node = await keyboardNode(roots, name, links);
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

async function keyboardNode(roots: SystemRoots, name: string, links: ReadonlyMap<string, string>): Promise<KeyboardNode | undefined> {
  const device = await realpath(join(roots.sys, 'class/input', name, 'device')).catch(() => undefined);
  if (device === undefined) return undefined;
  if (!hasKeys(await text(join(device, 'capabilities/key')), NEEDED_KEYS)) return undefined;
  const usb = await usbFactsOf(device);
  // a path such as event7 is another device after a restart, and may be the keyboard that we type on
  if (usb.vid === undefined && (await text(join(device, 'name'))) === OWN_KEYBOARD_NAME) return undefined;
  const facts = usb.vid === undefined ? await factsOfInput(device) : usb;
  const stablePath = links.get(name);
  return { kind: 'keyboard', path: join(roots.dev, 'input', name), ...(stablePath === undefined ? {} : { stablePath }), ...facts };
}

/** For inputs without a USB device above them (Bluetooth, uhid): the same facts as {@link factsOfUevent} finds on their HID device. */
async function factsOfInput(device: string): Promise<Omit<NodeFacts, 'path'>> {
  const [vendor, product, phys, uniq, name] = await Promise.all(['id/vendor', 'id/product', 'phys', 'uniq', 'name'].map((file) => text(join(device, file))));
  const vid = normalUsbId(vendor ?? '');
  const pid = normalUsbId(product ?? '');
  const place = phys?.replace(/\/input\d+$/, '');
  const together = place === undefined ? device : `${vid ?? ''}:${pid ?? ''}:${uniq ?? ''}:${place}`;
  // 0000:0000 is the power button and its like
  const ids = vid === '0000' ? {} : named({ vid, pid });
  return { device: together, ...ids, ...named({ serial: uniq, product: shown(name) }) };
}

const NARROW: readonly string[] = ['arm', 'ia32', 'mips', 'mipsel'];

/**
 * Whether all these keys are in a bitmap of sysfs: words in hex, the highest first, 64 bits each, or 32 for a 32-bit program (kernel:
 * input_bits_to_string). Unreadable: no.
 */
export function hasKeys(bitmap: string | undefined, keys: readonly number[], width: 32 | 64 = NARROW.includes(process.arch) ? 32 : 64): boolean {
  const words = (bitmap ?? '').split(/\s+/).filter((word) => word !== '');
  if (!words.every((word) => /^[0-9a-f]{1,16}$/i.test(word))) return false;
  return keys.every((key) => {
    const word = words[words.length - 1 - Math.floor(key / width)];
    return word !== undefined && ((BigInt(`0x${word}`) >> BigInt(key % width)) & 1n) === 1n;
  });
}
