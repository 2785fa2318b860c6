import type { Clock, Log } from '@tillbridge/core';
import type { SpawnHost } from '@tillbridge/child-host';
import type { Hotplug } from '../connection/arrival.js';
import type { DeviceWhere } from '../discovery/locate-node.js';
import type { SystemRoots } from '../discovery/roots.js';
import type { DeviceProfile, LayoutChoice } from '../profiles/index.js';

export interface HidReaderOptions {
  readonly id: string;
  readonly where: DeviceWhere;
  /** How its reports are laid out; default `auto`: report descriptor, profile, the look of the first report. */
  readonly layout?: LayoutChoice;
  /** `auto` (default): a composite scanner that would type is told to report here, where its profile knows how. */
  readonly redirect?: 'auto' | 'off';
  /** A read that says that it goes on is over after this much silence; default 250 ms, 50 to 5000. */
  readonly flushMs?: number;
  /** Longest read in one piece; default 8192 bytes, 64 to 65,536. */
  readonly maxBytes?: number;
}

export interface HidReaderContext {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1, for the jitter of the back-off; default Math.random. */
  readonly random?: () => number;
  /** Default: the profiles of the product. */
  readonly profiles?: readonly DeviceProfile[];
  /** Tells when something is plugged in; without it the system is polled. */
  readonly hotplug?: Hotplug;
  /** Told which physical device is read, at each connection, and `undefined` when it is gone. */
  readonly onDevice?: (device: string | undefined) => void;
  /** Where Linux shows its devices; for tests. */
  readonly roots?: SystemRoots;
  /** Where devices are found: sysfs on Linux, else the driver. */
  readonly finder?: 'sysfs' | 'driver';
  /** How the helper process is made; for tests. */
  readonly spawn?: SpawnHost;
}
