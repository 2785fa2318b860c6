// The outbox's thread: receipts and their wait for the disk, apart from goods and from the journal.
import { isMainThread, parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import type { OutboxRow, PutResult, RowMove, ScanRow } from './outbox-row.js';
import { OutboxTable } from './outbox-table.js';

export type OutboxRequest = { readonly id: number } & ({ readonly row: OutboxRow } | { readonly moves: readonly RowMove[] } | { readonly scan: ScanRow });

export type OutboxReply = { readonly id: number; readonly result: PutResult | boolean } | { readonly id: number; readonly problem: string };

/** What the thread is started with. */
export interface OutboxSetup {
  readonly path: string;
}

/** Receipts of one transaction at most. */
const GROUP = 64;

type PutRequest = Extract<OutboxRequest, { readonly row: OutboxRow }>;

function serve(port: MessagePort, { path }: OutboxSetup): void {
  let table: OutboxTable | undefined;
  const attempt = (requests: readonly OutboxRequest[], work: (open: OutboxTable) => readonly (PutResult | boolean)[]): void => {
    try {
      table ??= new OutboxTable(path);
      const results = work(table);
      for (const [i, { id }] of requests.entries()) port.postMessage({ id, result: results[i] ?? 'full' } satisfies OutboxReply);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      for (const { id } of requests) port.postMessage({ id, problem } satisfies OutboxReply);
    }
  };
  const run = (requests: readonly OutboxRequest[]): void => {
    let puts: PutRequest[] = [];
    const flush = (): void => {
      const group = puts;
      puts = [];
      if (group.length > 0) attempt(group, (open) => open.put(group.map(({ row }) => row)));
    };
    for (const request of requests) {
      if ('row' in request) puts.push(request);
      else {
        // in the order in which they came: a step may be of a receipt that stands right before it
        flush();
        attempt([request], (open) => ['moves' in request ? open.move(request.moves) : open.scan(request.scan)]);
      }
    }
    flush();
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
      if (group.length > 0) run(group);
      if (next !== 'end') continue;
      table?.close();
      port.close();
      return;
    }
  });
}

if (!isMainThread && parentPort !== null) serve(parentPort, workerData as OutboxSetup);
