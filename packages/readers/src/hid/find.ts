import { sep } from 'node:path';
import { listHidNodes, type HidNode } from '../discovery/hidraw.js';
import { locateHid, type DeviceWhere, type Located } from '../discovery/locate-node.js';
import { lookForNode, nodeArrival } from '../discovery/node-arrival.js';
import { arrivalOf, type ArrivalContext, type Attempt } from '../connection/arrival.js';
import type { SystemRoots } from '../discovery/roots.js';
import { normalUsbId, type DeviceProfile } from '../profiles/index.js';
import { named } from '../usb/identity.js';
import type { HidListing } from './host/protocol.js';

/** How one reader finds its device. */
export interface HidFinder {
  /** What there is to see of it now. */
  look(signal: AbortSignal): Promise<string | undefined>;
  /** @throws TillbridgeError when nothing, or more than one scanner, is meant. */
  find(signal: AbortSignal): Promise<Located<HidNode>>;
  /** Resolves when a device that may be the wanted one appeared. */
  arrival(last: Attempt, context: ArrivalContext, signal: AbortSignal): Promise<void>;
}

export interface FinderOptions {
  readonly reader: string;
  readonly where: DeviceWhere;
  readonly profiles: readonly DeviceProfile[];
}

/** How often the driver lists while a device is missing: each time it opens every one, and slows what else is read (node-hid issue 272). */
const LIST_MS = 2000;

/** By sysfs: without opening or even touching a device. Linux. */
export function sysfsFinder({ reader, where, profiles }: FinderOptions, roots: SystemRoots): HidFinder {
  return {
    look: () => lookForNode('hid', where, roots),
    find: async (signal) => locateHid(reader, where, await listHidNodes(roots, signal), profiles),
    arrival: (last, context, signal) => nodeArrival('hid', where, last, context, roots, signal),
  };
}

/** By the driver, in its process. `list` never overlaps itself. */
export function driverFinder(options: FinderOptions, list: (vids: readonly number[], signal: AbortSignal) => Promise<readonly HidListing[]>): HidFinder {
  const { reader, where, profiles } = options;
  const vids = vendorsOf(options);
  const nodes = async (signal: AbortSignal): Promise<readonly HidNode[]> => nodesOf(await list(vids, signal));
  const look = async (signal: AbortSignal): Promise<string | undefined> => (await nodes(signal)).map(({ path }) => path).join('\n');
  return {
    look: (signal) => look(signal).catch(() => undefined),
    find: async (signal) => locateHid(reader, where, await nodes(signal), profiles),
    arrival: (last, context, signal) => {
      let seen = last.seen;
      let at = context.clock.mono();
      const calmly = async (): Promise<string | undefined> => {
        if (context.clock.mono() - at >= LIST_MS) {
          seen = await look(signal).catch(() => undefined);
          at = context.clock.mono();
        }
        return seen;
      };
      return arrivalOf({ look: calmly, folder: sep, concerns: () => false }, last, context, signal);
    },
  };
}

/** Only these vendors' devices are touched: enumeration opens each one, and some take that badly (signal11/hidapi issue 353). */
function vendorsOf({ where, profiles }: FinderOptions): readonly number[] {
  if ('match' in where) return where.match.vid === undefined ? [] : [Number.parseInt(normalUsbId(where.match.vid) ?? '0', 16)];
  if ('path' in where) return [];
  return [...new Set(profiles.filter(({ mode }) => mode !== 'serial' && mode !== 'oem').map(({ vid }) => Number.parseInt(vid, 16)))];
}

/** One node a path; hidapi lists each usage of it. */
export function nodesOf(listings: readonly HidListing[]): readonly HidNode[] {
  const usages = new Map<string, number[]>();
  for (const { path, usage } of listings) usages.set(path, [...(usages.get(path) ?? []), ...(usage === undefined ? [] : [usage])]);
  return [...usages].flatMap(([path, all]) => {
    const listing = listings.find((one) => one.path === path);
    if (listing === undefined) return [];
    const { vid, pid, serial, product, manufacturer, interface: number } = listing;
    const ids = { vid: usbId(vid), pid: usbId(pid) };
    return [
      {
        kind: 'hid' as const,
        path,
        device: serial === undefined ? path : `${ids.vid}:${ids.pid}:${serial}`,
        ...named({ ...ids, serial, product, manufacturer }),
        ...(number === undefined ? {} : { interface: number }),
        usages: all,
      },
    ];
  });
}

const usbId = (id: number): string => id.toString(16).padStart(4, '0');
