import { readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { linksInto, text, usbFactsOf, type NodeFacts } from '../usb/identity.js';
import type { SystemRoots } from './roots.js';

/** A serial port as Linux's sysfs describes it. */
export type PortFacts = NodeFacts;

/** Names of all ttys: changes when a device comes or goes. Empty where there is no sysfs. */
export async function ttyNames(roots: SystemRoots): Promise<readonly string[]> {
  return (await readdir(join(roots.sys, 'class/tty')).catch(() => [])).sort();
}

/** Every tty that has hardware behind it. Needs no privileges and no udev. */
export async function listPorts(roots: SystemRoots, signal?: AbortSignal): Promise<readonly PortFacts[]> {
  const [names, links] = await Promise.all([ttyNames(roots), linksInto(join(roots.dev, 'serial/by-id'))]);
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
  const stablePath = links.get(name);
  return { path: join(roots.dev, name), ...(stablePath === undefined ? {} : { stablePath }), ...(await usbFactsOf(device)) };
}

/** Which USB device a serial port belongs to, as its other interfaces name it; `undefined` where it is none. */
export async function deviceBehindTty(path: string, roots: SystemRoots): Promise<string | undefined> {
  const node = await realpath(path).catch(() => path);
  const folder = await realpath(join(roots.sys, 'class/tty', basename(node), 'device')).catch(() => undefined);
  if (folder === undefined) return undefined;
  const facts = await usbFactsOf(folder);
  return facts.vid === undefined ? undefined : facts.device;
}
