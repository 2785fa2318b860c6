import type { Clock, Log } from '@tillbridge/core';
import type { SpawnHost } from '@tillbridge/child-host';
import type { HidNode } from '../discovery/hidraw.js';
import type { DeviceProfile } from '../profiles/index.js';
import { nodesOf } from './find.js';
import { HidHostClient } from './host-client.js';

export interface DriverListContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly profiles: readonly DeviceProfile[];
  readonly spawn?: SpawnHost;
}

/**
 * HID interfaces of known vendors through node-hid, in a process of its own that is ended afterwards: for systems without sysfs. Gives none
 * where the driver is missing or hangs (5 s).
 */
export async function listHidByDriver({ clock, log, profiles, spawn }: DriverListContext, signal: AbortSignal): Promise<readonly HidNode[]> {
  const client = new HidHostClient({ reader: '-', clock, log, random: () => 0, spawn });
  try {
    // only these are touched: enumeration opens each device, and some take that badly (signal11/hidapi issue 353)
    const vids = [...new Set(profiles.map(({ vid }) => Number.parseInt(vid, 16)))];
    return nodesOf(await client.list(vids, signal));
  } catch (error) {
    log.debug('HID devices could not be listed', { problem: error instanceof Error ? error.message : String(error) });
    return [];
  } finally {
    await client.stop();
  }
}
