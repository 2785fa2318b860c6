import { printable, maskText, type JournalEntry, type Masked } from '@tillbridge/core';
import type { Correlator } from './keys.js';

export type EntryType = 'captured' | 'delivering' | 'outcome' | 'segment';

/** An entry as it is stored, without its place in the chain. Only masks and keyed hashes: nothing in clear comes this far. */
export interface NewRow {
  readonly time: number;
  readonly type: EntryType;
  readonly scanId: string | null;
  readonly deliveryId: string | null;
  readonly reader: string | null;
  readonly till: string | null;
  readonly kind: string | null;
  readonly code: string | null;
  readonly codeHash: string | null;
  readonly number: string | null;
  readonly numberHash: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly evidence: string | null;
}

/** An entry in its place: `prev` is the hash of the one before, `hash` its own. */
export interface EntryRow extends NewRow {
  readonly seq: number;
  readonly prev: Uint8Array;
  readonly hash: Uint8Array;
}

/** The fields in the order in which they are hashed and stored. Never reorder: the hashes of every journal depend on it. */
export const FIELDS = [
  'time', 'type', 'scanId', 'deliveryId', 'reader', 'till', 'kind', 'code', 'codeHash', 'number', 'numberHash', 'outcome', 'reason', 'evidence',
] as const satisfies readonly (keyof NewRow)[];

/** The masked fields of a scan: what `settle` repeats for a scan that an earlier process left open. */
export type Masks = Pick<NewRow, 'code' | 'codeHash' | 'number' | 'numberHash'>;

export const NO_MASKS: Masks = { code: null, codeHash: null, number: null, numberHash: null };

/** Upper bound of every text of an entry, in characters. */
const MAX_TEXT = 200;

// No control characters (a journal is printed to terminals) and no lone surrogates (they would not read back as they were hashed).
function text(value: string | undefined): string | null {
  return value === undefined ? null : printable(value.replace(/[\ud800-\udfff]/gu, '\ufffd'), MAX_TEXT);
}

function masked(value: Masked | undefined, correlate: Correlator): { readonly mask: string | null; readonly hash: string | null } {
  if (value === undefined) return { mask: null, hash: null };
  const clear = value.reveal();
  return { mask: text(maskText(clear)), hash: correlate(clear) };
}

/** What is kept of an entry. `wall` stands in for a time that is none. */
export function rowOf(entry: JournalEntry, correlate: Correlator, wall: number): NewRow {
  const code = masked(entry.code, correlate);
  const number = masked('number' in entry ? entry.number : undefined, correlate);
  const outcome = entry.type === 'outcome' ? entry.outcome : undefined;
  return {
    time: Number.isSafeInteger(Math.trunc(entry.time)) ? Math.trunc(entry.time) : Math.trunc(wall),
    type: entry.type,
    scanId: text(entry.scanId),
    deliveryId: text('deliveryId' in entry ? entry.deliveryId : undefined),
    reader: text(entry.reader),
    till: text(entry.till),
    kind: entry.kind,
    code: code.mask,
    codeHash: code.hash,
    number: number.mask,
    numberHash: number.hash,
    outcome: outcome?.outcome ?? null,
    reason: text(outcome?.reason),
    evidence: text(outcome?.evidence),
  };
}
