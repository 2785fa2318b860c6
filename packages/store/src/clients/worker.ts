import { doJob } from '../lists/one-job.js';
import type { ClientChange } from './client-record.js';
import { changeClients } from './client-table.js';

/** What the thread is started with; it answers with what became of it and ends. */
export interface ClientJob {
  readonly file: string;
  readonly change: ClientChange;
}

doJob((job) => {
  const { file, change } = job as ClientJob;
  return changeClients(file, change);
});
