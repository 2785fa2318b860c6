import { existsSync } from 'node:fs';
import type { Clock } from '@tillbridge/core';
import { ListWriter, threadUrl } from '../lists/one-job.js';
import type { StateFolder } from '../state/state-folder.js';
import type { KeptPhone, PhoneListChange } from './phone-record.js';
import { lostKey, readPhones } from './phone-table.js';
import type { PhoneJob } from './worker.js';

const FILE = 'phones.db';
const KEY = 'phones';

/** phones.db of a state folder. */
export interface PhoneList {
  /** Every paired phone, in the order of pairing. @throws {TillbridgeError} `TB_READER_MOBILE_PHONES`, `TB_JOURNAL_STATE_KEY` */
  read(): readonly KeptPhone[];
  /**
   * Makes a change, durably, after those asked for before, each on a thread of its own. Resolves with whether anything was changed.
   * @throws {TillbridgeError} `TB_READER_MOBILE_PHONES`, `TB_JOURNAL_STATE_KEY`
   */
  change(change: PhoneListChange): Promise<boolean>;
}

/** Nothing is created before the first phone is paired. */
export function phoneListOf(folder: StateFolder, clock: Clock, url: URL = threadUrl('phones-worker', import.meta.url)): PhoneList {
  const file = folder.file(FILE);
  const writer = new ListWriter<PhoneJob>(url, clock, 'TB_READER_MOBILE_PHONES');
  return {
    read: () => {
      if (!existsSync(file)) return [];
      const key = folder.existingKey(KEY);
      if (key === undefined) throw lostKey(file);
      return readPhones(file, key);
    },
    change: async (change) => writer.change({ file, key: new Uint8Array(folder.key(KEY)), change }),
  };
}
