import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { ClientChange } from './client-record.js';
import { changeClients } from './client-table.js';

/** What the thread is started with; it answers with a {@link ClientJobAnswer} and ends. */
export interface ClientJob {
  readonly file: string;
  readonly change: ClientChange;
}

export type ClientJobAnswer = { readonly changed: boolean } | { readonly problem: string };

if (!isMainThread) parentPort?.postMessage(work(workerData as ClientJob));

function work({ file, change }: ClientJob): ClientJobAnswer {
  try {
    return { changed: changeClients(file, change) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}
