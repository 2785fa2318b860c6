import { doJob } from '../lists/one-job.js';
import type { PhoneListChange } from './phone-record.js';
import { changePhones } from './phone-table.js';

/** What the thread is started with; it answers with what became of it and ends. */
export interface PhoneJob {
  readonly file: string;
  readonly key: Uint8Array;
  readonly change: PhoneListChange;
}

doJob((job) => {
  const { file, key, change } = job as PhoneJob;
  return changePhones(file, key, change);
});
