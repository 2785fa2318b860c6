import { systemClock } from '@tillbridge/core';
import { keyPairOf, tillIdOf } from '@tillbridge/phone-link';
import { phoneListOf } from '@tillbridge/store';
import type { StateFolder } from '@tillbridge/store/state';
import { nodeCurve } from './node-curve.js';
import { phoneView, type PhoneView } from './phone-view.js';

/** The paired phones of a daemon that does not run. @throws {TillbridgeError} `TB_READER_MOBILE_PHONES`, `TB_JOURNAL_STATE_KEY` */
export function phonesAtRest(folder: StateFolder): { readonly tillId: string | null; readonly phones: readonly PhoneView[] } {
  const key = folder.existingKey('phone-till');
  const phones = phoneListOf(folder, systemClock).read();
  return { tillId: key === undefined ? null : tillIdOf(keyPairOf(new Uint8Array(key), nodeCurve).public), phones: phones.map((phone) => phoneView({ ...phone, state: 'paired' }, false)) };
}

/** Forgets a phone for good. False: there is none. @throws {TillbridgeError} `TB_READER_MOBILE_PHONES`, `TB_JOURNAL_STATE_KEY` */
export async function revokeAtRest(folder: StateFolder, id: string): Promise<boolean> {
  const list = phoneListOf(folder, systemClock);
  return list.read().some((phone) => phone.id === id) && (await list.change({ do: 'remove', id }));
}
