// The outbox's thread: receipts and their wait for the disk, apart from goods and from the journal.
import { isMainThread, parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import type { OutboxRow, PutResult } from './outbox-row.js';
import { OutboxTable } from './outbox-table.js';

export interface OutboxRequest {
  readonly id: number;
  readonly row: OutboxRow;
}

export type OutboxReply = { readonly id: number; readonly result: PutResult } | { readonly id: number; readonly problem: string };

/** What the thread is started with. */
export interface OutboxSetup {
  readonly path: string;
}

/** Receipts of one transaction at most. */
const GROUP = 64;

function serve(port: MessagePort, { path }: OutboxSetup): void {
  let table: OutboxTable | undefined;
  const store = (requests: readonly OutboxRequest[]): void => {
    try {
      table ??= new OutboxTable(path);
      const results = table.put(requests.map(({ row }) => row));
      for (const [i, { id }] of requests.entries()) port.postMessage({ id, result: results[i] ?? 'full' } satisfies OutboxReply);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      for (const { id } of requests) port.postMessage({ id, problem } satisfies OutboxReply);
    }
  };
  port.on('message', (first: OutboxRequest | 'end') => {
    let next: OutboxRequest | 'end' | undefined = first;
    while (next !== undefined) {
      // what arrived while the last transaction ran goes into one
      const group: OutboxRequest[] = [];
      while (next !== undefined && next !== 'end' && group.length < GROUP) {
        group.push(next);
        next = receiveMessageOnPort(port)?.message as OutboxRequest | 'end' | undefined;
      }
      if (group.length > 0) store(group);
      if (next !== 'end') continue;
      table?.close();
      port.close();
      return;
    }
  });
}

if (!isMainThread && parentPort !== null) serve(parentPort, workerData as OutboxSetup);
