import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { silentLog, systemClock } from '@tillbridge/core';
import { listHidNodes, listKeyboardNodes, listScanners, locateHid, locateKeyboard, type ScannerDevice } from '@tillbridge/readers/discovery';
import { listHidByDriver } from '@tillbridge/readers/hid';
import { builtInProfiles, mergeProfiles, type DeviceProfile } from '@tillbridge/readers/profiles';
import type { FoundNode, ScannerConfig } from './check-reader.js';

/** What is connected, by everything that is known about scanners. @throws {TillbridgeError} area NATIVE, not on Linux */
export function surveyScanners(own: readonly DeviceProfile[], signal?: AbortSignal): Promise<readonly ScannerDevice[]> {
  const profiles = mergeProfiles(own, builtInProfiles());
  const listHid = (stop = new AbortController().signal) => listHidByDriver({ clock: systemClock, log: silentLog, profiles }, stop);
  return listScanners(signal, { profiles, listHid });
}

/** What a HID or keyboard reader itself would open now; `undefined`: nothing, or more than one. Linux. */
export async function foundNode(reader: ScannerConfig, own: readonly DeviceProfile[]): Promise<FoundNode | undefined> {
  const { id, type, path, match } = reader;
  if (type === 'serial') return undefined;
  const where = path !== undefined ? { path } : match !== undefined ? { match } : ({ auto: true } as const);
  const profiles = mergeProfiles(own, builtInProfiles());
  try {
    const { node } = type === 'hid' ? await locateHid(id, where, await listHidNodes(), profiles) : await locateKeyboard(id, where, await listKeyboardNodes(), profiles);
    const allowed = await access(node.path, constants.R_OK).then(
      () => true,
      () => false,
    );
    return { path: node.path, allowed };
  } catch {
    return undefined;
  }
}
