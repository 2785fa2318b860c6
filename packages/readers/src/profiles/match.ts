import type { DeviceMode } from './names.js';
import type { DeviceProfile } from './schema.js';
import { pidMatches } from './usb-id.js';

/** What a USB device says of itself. Ids are four lower-case hex digits. */
export interface UsbIdentity {
  readonly vid?: string | undefined;
  readonly pid?: string | undefined;
  readonly serial?: string | undefined;
}

/** The user's own profiles first: they win over those of the product, and one with the same id takes its place. */
export function mergeProfiles(own: readonly DeviceProfile[], builtIn: readonly DeviceProfile[]): readonly DeviceProfile[] {
  const replaced = new Set(own.map(({ id }) => id));
  return [...own, ...builtIn.filter(({ id }) => !replaced.has(id))];
}

/**
 * The profile of a device. `modes`: what its interfaces show (a tty: `serial`); where the same ids stand for several modes, what is seen
 * decides. A profile for one serial number wins over one for all; then the first in the list does.
 */
export function profileOf(profiles: readonly DeviceProfile[], device: UsbIdentity, modes?: readonly DeviceMode[]): DeviceProfile | undefined {
  const { vid, pid, serial } = device;
  if (vid === undefined || pid === undefined) return undefined;
  const found = profiles.filter(
    (profile) =>
      profile.vid === vid &&
      (profile.serial === undefined || profile.serial === serial) &&
      (modes === undefined || modes.includes(profile.mode)) &&
      profile.pid.some((rule) => pidMatches(rule, pid)),
  );
  return found.find((profile) => profile.serial !== undefined) ?? found[0];
}
