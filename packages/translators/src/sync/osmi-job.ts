import { open, rm } from 'node:fs/promises';
import { TillbridgeError } from '@tillbridge/core';
import { compilePath, type TreePath } from '../http/answer-tree.js';
import type { PlatformClient, Sent } from '../http/client.js';
import { doneOf, type FeedTable } from './card-import.js';
import { readPassPage, type PassPage } from './osmi-pages.js';
import type { SyncDone, SyncWork } from './work.js';

export interface OsmiJobOptions {
  readonly id: string;
  readonly client: PlatformClient;
  readonly table: FeedTable;
  /** Where the card's number stands in a pass: `serialNo`, or `values[label=Card number].value`. */
  readonly numberPath: string;
  /** Only passes of this template. */
  readonly template?: string | undefined;
  readonly keepShare: number;
  /** Pages of one run at most; more are an error. */
  readonly maxPages: number;
}

/**
 * The local index of OSMI passes: the API has no search by barcode, so its pages are walked and the pairs of barcode and number kept. In
 * between what is there is added and corrected; once a night the whole is built anew, so that passes that are gone go.
 */
export function osmiJob(options: OsmiJobOptions): SyncWork {
  const { id, client, numberPath } = options;
  const path = compilePath(numberPath);
  return {
    id,
    type: 'osmi',
    hosts: [client.platform.baseUrl.host],
    run: (full, signal) => {
      if (path === undefined) return Promise.reject(new TillbridgeError('TB_TRANSLATE_SYNC_SHAPE', { source: id, problem: 'the path of the number cannot be read' }));
      return run(options, path, full, signal);
    },
    close: () => client.close(),
  };
}

async function run(options: OsmiJobOptions, number: TreePath, full: boolean, signal: AbortSignal): Promise<SyncDone> {
  const { id, table, keepShare } = options;
  const file = table.temporary(id);
  const handle = await open(file, 'w', 0o600);
  try {
    const skipped = await walk(options, number, signal, (page) => handle.appendFile(page.rows.map(({ code, card }) => `${JSON.stringify({ code, card })}\n`).join('')));
    await handle.close();
    const imported = await table.import({ file, format: 'jsonl', mode: full ? 'replace' : 'upsert', source: { name: id, keepShare, note: '' }, signal });
    const done = doneOf(imported);
    return { ...done, skipped: done.skipped + skipped };
  } finally {
    await handle.close().catch(() => undefined);
    await rm(file, { force: true });
  }
}

/** Every page in order, until one is empty. Gives how many passes could not be used. */
async function walk(options: OsmiJobOptions, number: TreePath, signal: AbortSignal, take: (page: PassPage) => Promise<void>): Promise<number> {
  const { id, maxPages } = options;
  let skipped = 0;
  let last = '';
  for (let at = 1; at <= maxPages; at += 1) {
    const page = await pageAt(options, number, at, signal);
    if (page.passes === 0) return skipped;
    // a server that does not know `page` answers with the same one for ever
    const print = page.rows.map(({ code }) => code).join('\n');
    if (print !== '' && print === last) throw new TillbridgeError('TB_TRANSLATE_SYNC_SHAPE', { source: id, problem: `page ${String(at)} is the one before it` });
    last = print;
    skipped += page.skipped;
    await take(page);
  }
  throw new TillbridgeError('TB_TRANSLATE_SYNC_TOO_LARGE', { source: id, limit: `${String(maxPages)} pages` });
}

async function pageAt({ id, client, template }: OsmiJobOptions, number: TreePath, at: number, signal: AbortSignal): Promise<PassPage> {
  const query = new URLSearchParams({ page: String(at), barcode: 'true', extendedInfo: 'true', ...(template === undefined ? {} : { template }) });
  const request = { method: 'GET', path: `/passes?${query.toString()}`, headers: {}, body: undefined };
  const sent = await client.send(request, { format: 'json', contentTypes: [], repeat: true }, signal);
  const page = readPassPage(answerOf(id, sent), number);
  if (page === undefined) throw new TillbridgeError('TB_TRANSLATE_SYNC_SHAPE', { source: id, problem: 'no list of passes' });
  return page;
}

function answerOf(source: string, sent: Sent): NonNullable<Extract<Sent, { readonly kind: 'answer' }>['answer']['tree']> | undefined {
  if (sent.kind !== 'answer') throw new TillbridgeError('TB_TRANSLATE_SYNC_DOWNLOAD', { source, problem: sent.reason });
  const { status, tree } = sent.answer;
  if (status === 401 || status === 403) throw new TillbridgeError('TB_TRANSLATE_SYNC_DENIED', { source, status });
  if (status >= 500 || status === 429 || status === 408) throw new TillbridgeError('TB_TRANSLATE_SYNC_DOWNLOAD', { source, problem: `HTTP ${String(status)}` });
  if (status !== 200) throw new TillbridgeError('TB_TRANSLATE_SYNC_SHAPE', { source, problem: `HTTP ${String(status)}` });
  return tree ?? undefined;
}
