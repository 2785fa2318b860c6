import type { Clock } from '@tillbridge/core';
import { ListWriter, threadUrl } from '../lists/one-job.js';
import type { ClientChange } from './client-record.js';
import type { ClientJob } from './worker.js';

export interface ClientWriter {
  /**
   * Makes a change, durably, after those asked for before. Resolves with whether anything was changed.
   * @throws {TillbridgeError} `TB_API_CLIENTS_UNREADABLE`
   */
  change(change: ClientChange): Promise<boolean>;
}

/** Changes clients.db, each change on a thread of its own. */
export function createClientWriter(file: string, clock: Clock, url: URL = threadUrl('clients-worker', import.meta.url)): ClientWriter {
  const writer = new ListWriter<ClientJob>(url, clock, 'TB_API_CLIENTS_UNREADABLE');
  return { change: (change) => writer.change({ file, change }) };
}
