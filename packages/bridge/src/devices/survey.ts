import { silentLog, systemClock } from '@tillbridge/core';
import { builtInProfiles, listHidByDriver, listScanners, mergeProfiles, type DeviceProfile, type ScannerDevice } from '@tillbridge/readers';

/** What is connected, by everything that is known about scanners. @throws {TillbridgeError} area NATIVE, not on Linux */
export function surveyScanners(own: readonly DeviceProfile[], signal?: AbortSignal): Promise<readonly ScannerDevice[]> {
  const profiles = mergeProfiles(own, builtInProfiles());
  const listHid = (stop = new AbortController().signal) => listHidByDriver({ clock: systemClock, log: silentLog, profiles }, stop);
  return listScanners(signal, { profiles, listHid });
}
