import { stat } from 'node:fs/promises';
import { TillbridgeError } from '@tillbridge/core';
import { listKeyboardNodes, locateKeyboard, type DeviceWhere } from '../discovery/index.js';
import type { SystemRoots } from '../discovery/roots.js';
import type { DeviceProfile } from '../profiles/index.js';
import type { KeyboardTarget } from './host/protocol.js';
import type { KeyboardAccess } from './options.js';
import { hasEvdev, listUsbKeyboards } from './usb-nodes.js';

export interface TargetContext {
  readonly reader: string;
  readonly roots: SystemRoots;
  readonly profiles: readonly DeviceProfile[];
}

/** A keyboard, and the physical device that it is an interface of. */
export interface FoundKeyboard {
  readonly target: KeyboardTarget;
  readonly device: string;
}

/** The keyboard that is meant now, and the way to take it. @throws TillbridgeError when none, or more than one, is meant. */
export async function findTarget(where: DeviceWhere, access: KeyboardAccess, context: TargetContext): Promise<FoundKeyboard> {
  const way = access === 'auto' ? ((await hasEvdev(context.roots)) ? 'evdev' : 'usb') : access;
  return way === 'usb' ? usbTarget(where, context) : evdevTarget(where, context);
}

async function evdevTarget(where: DeviceWhere, { reader, roots, profiles }: TargetContext): Promise<FoundKeyboard> {
  const nodes = await listKeyboardNodes(roots);
  try {
    const { node } = await locateKeyboard(reader, where, nodes, profiles);
    return { target: { access: 'evdev', path: node.path }, device: node.device };
  } catch (error) {
    // something is there, but it types no codes: a mouse, a disk, a typing error
    if ('path' in where && (await stat(where.path).catch(() => undefined)) !== undefined) {
      throw new TillbridgeError('TB_READER_KEYBOARD_NOT_ONE', { reader, path: where.path }, { cause: error });
    }
    throw error;
  }
}

async function usbTarget(where: DeviceWhere, { reader, roots, profiles }: TargetContext): Promise<FoundKeyboard> {
  const nodes = await listUsbKeyboards(roots);
  const { node } = await locateKeyboard(reader, where, nodes, profiles);
  const found = nodes.find(({ device, path }) => device === node.device && path === node.path);
  if (found === undefined) throw new TillbridgeError('TB_READER_NOT_FOUND', { reader, path: node.path });
  return { target: { access: 'usb', path: found.path, name: found.name, bus: found.bus, address: found.address, interface: found.number }, device: node.device };
}

/** What there is to see of keyboards now; changes when one comes or goes. */
export async function lookAtKeyboards(where: DeviceWhere, { roots }: Pick<TargetContext, 'roots'>): Promise<string> {
  const nodes = 'path' in where ? [] : [...(await listKeyboardNodes(roots)), ...(await listUsbKeyboards(roots))];
  const paths = 'path' in where ? [where.path] : nodes.map(({ path }) => path);
  const seen = await Promise.all(paths.map(async (path) => [path, (await stat(path).catch(() => undefined))?.ino].join(':')));
  return seen.join();
}
