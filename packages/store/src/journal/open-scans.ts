import type { NumberKind, OpenScan } from '@tillbridge/core';
import { ends, type EntryRow, type Masks, type NewRow } from './row.js';

/** A scan without an outcome, with the masks that its outcome will repeat. */
export interface OpenRow {
  readonly scan: OpenScan;
  readonly masks: Masks;
  /** Its first entry. */
  readonly first: number;
}

/** Upper bound of scans without an outcome; beyond it the daemon has lost control and takes no more. */
export const MAX_OPEN_SCANS = 100_000;

/** Which scans have no outcome yet, learned from entries in their order. */
export class OpenScans {
  readonly #open = new Map<string, OpenRow>();

  /** Whether a scan has entries, and neither an outcome nor was discarded. */
  has(scanId: string): boolean {
    return this.#open.has(scanId);
  }

  get size(): number {
    return this.#open.size;
  }

  note(seq: number, row: NewRow): void {
    if (row.scanId === null || row.type === 'segment') return;
    if (ends(row.type)) {
      this.#open.delete(row.scanId);
      return;
    }
    const before = this.#open.get(row.scanId);
    this.#open.set(row.scanId, {
      scan: {
        scanId: row.scanId,
        ...(row.deliveryId === null ? {} : { deliveryId: row.deliveryId }),
        reader: row.reader ?? '',
        till: row.till ?? '',
        kind: (row.kind ?? 'card') as NumberKind,
        time: row.time,
        last: row.type === 'captured' ? 'captured' : 'delivering',
      },
      masks: { code: row.code, codeHash: row.codeHash, number: row.number, numberHash: row.numberHash },
      first: before?.first ?? seq,
    });
  }

  noteAll(entries: readonly EntryRow[]): void {
    for (const entry of entries) this.note(entry.seq, entry);
  }

  /** Oldest first: a Map keeps the order in which its keys came. */
  list(): OpenRow[] {
    return [...this.#open.values()];
  }

  /** The first entry of the oldest one; `undefined` when every scan has its outcome. */
  first(): number | undefined {
    return this.#open.values().next().value?.first;
  }
}
