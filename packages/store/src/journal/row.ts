export type EntryType = 'captured' | 'delivering' | 'outcome' | 'discarded' | 'segment';

/** Whether a scan with such an entry behind its others has nothing left that a restart would have to settle. */
export const ends = (type: EntryType): boolean => type === 'outcome' || type === 'discarded';

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
  /** An entry that {@link ends} its scan and was refused once: written if the scan is still open. Not stored, not hashed. */
  readonly owed?: true;
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
