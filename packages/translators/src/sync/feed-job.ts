import { rm } from 'node:fs/promises';
import { doneOf, type FeedMapping, type FeedTable } from './card-import.js';
import type { Download, Validators } from './download.js';
import type { SyncDone, SyncWork } from './work.js';

export interface FeedJobOptions {
  readonly id: string;
  readonly type: string;
  readonly download: Download;
  readonly table: FeedTable;
  readonly format: 'auto' | 'csv' | 'jsonl' | 'json';
  readonly mapping?: FeedMapping | undefined;
  /** Fewer rows than this share of the last ones refuse the new ones; 0 to 1. */
  readonly keepShare: number;
}

/**
 * Cards from a file at an address: fetched when it changed, checked whole, swapped in one step. It keeps its own rows alone; a file that is
 * cut off, too large, another thing or suspiciously small changes nothing.
 */
export function feedJob(options: FeedJobOptions): SyncWork {
  const { id, type, download } = options;
  return {
    id,
    type,
    hosts: [download.host],
    run: (full, signal) => run(options, full, signal),
    close: () => download.close(),
  };
}

async function run({ id, download, table, format, mapping, keepShare }: FeedJobOptions, full: boolean, signal: AbortSignal): Promise<SyncDone> {
  const file = table.temporary(id);
  try {
    // the note stands beside the rows: where they were replaced by hand it is gone, and everything is fetched anew
    const got = await download.toFile(file, full ? {} : validatorsOf(table.note(id)), signal);
    if (got.status === 'unchanged') return { unchanged: true };
    const note = JSON.stringify({ etag: got.etag, lastModified: got.lastModified });
    return doneOf(await table.import({ file, format, mode: 'replace', ...(mapping === undefined ? {} : { mapping }), source: { name: id, keepShare, note }, signal }));
  } finally {
    await rm(file, { force: true });
  }
}

function validatorsOf(note: string): Validators {
  try {
    const { etag, lastModified } = JSON.parse(note) as Record<string, unknown>;
    return { etag: typeof etag === 'string' ? etag : undefined, lastModified: typeof lastModified === 'string' ? lastModified : undefined };
  } catch {
    return {};
  }
}

/** Koshelek's Loyalty Online API shows a card as pair of number and barcode (developers.koshelek.app); an export of it is a list of those. */
export const KOSHELEK_PAIRS: FeedMapping = { rows: 'cards', code: 'card.barcode.barcodeNumber', card: 'card.cardNumber', state: 'card.cardState' };
