import type { Clock, Log } from '@tillbridge/core';
import type { AgentPorts } from './agent-ports.js';
import type { DeviceProfile } from '@tillbridge/readers/profiles';
import { createHotplug, createTwinFilter, type Hotplug, type TwinFilter } from '@tillbridge/readers/usb';

/** What the scanners of one bridge share. */
export interface ScannerSupport {
  /** The user's own; those of the product are loaded by whoever needs them (a megabyte that most daemons never need). */
  readonly profiles: readonly DeviceProfile[];
  readonly hotplug: Hotplug;
  readonly twins: TwinFilter;
}

export interface ScannerPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly scanners: ScannerSupport;
  /** The agent of the cashier's session, where there can be one. */
  readonly agents?: AgentPorts;
}

export function createScannerSupport({ clock, log }: { readonly clock: Clock; readonly log: Log }, profiles: readonly DeviceProfile[]): ScannerSupport {
  return { profiles, hotplug: createHotplug({ clock, log }), twins: createTwinFilter({ clock }) };
}
