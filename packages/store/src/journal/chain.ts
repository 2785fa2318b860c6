import type { JournalKeys } from './keys.js';
import { FIELDS, type NewRow } from './row.js';

/** What stands before the first entry of a journal or of a segment. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/**
 * The hash of an entry: HMAC-SHA-256 over the hash of the entry before it and its own fields as one JSON array of integers, texts and
 * nulls, which is unambiguous. Keyed, so that whoever can write the database but not read the key cannot compute a chain anew.
 */
export function entryHash(keys: JournalKeys, prev: Uint8Array, seq: number, row: NewRow): Buffer {
  const fields = JSON.stringify([seq, ...FIELDS.map((name) => row[name])]);
  return keys.chain(prev, fields);
}

/** A signed statement about the journal up to and including entry `seq`. */
export interface Checkpoint {
  readonly seq: number;
  readonly hash: Uint8Array;
  /** `seq` of the checkpoint before, 0 for the first: so that none can be taken out. */
  readonly previous: number;
  /** The first entry of the oldest scan without an outcome; `seq + 1` when there is none. What a restart reads begins here. */
  readonly openFrom: number;
  readonly mac: Uint8Array;
}

/** What is left of deleted entries: the place and hash of the last of them. */
export interface Anchor {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly mac: Uint8Array;
}

/** The newest checkpoint as it is kept beside the database. */
export interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly mac: Uint8Array;
}

function mac(keys: JournalKeys, purpose: 'checkpoint' | 'anchor' | 'head', hash: Uint8Array, ...numbers: readonly number[]): Buffer {
  return keys.seal(JSON.stringify([purpose, ...numbers]), hash);
}

export function sealCheckpoint(keys: JournalKeys, body: Omit<Checkpoint, 'mac'>): Checkpoint {
  return { ...body, mac: mac(keys, 'checkpoint', body.hash, body.seq, body.previous, body.openFrom) };
}

export function sealAnchor(keys: JournalKeys, seq: number, hash: Uint8Array): Anchor {
  return { seq, hash, mac: mac(keys, 'anchor', hash, seq) };
}

export function sealHead(keys: JournalKeys, seq: number, hash: Uint8Array): Head {
  return { seq, hash, mac: mac(keys, 'head', hash, seq) };
}

export function checkpointHolds(keys: JournalKeys, c: Checkpoint): boolean {
  return sameBytes(c.mac, mac(keys, 'checkpoint', c.hash, c.seq, c.previous, c.openFrom));
}

export function anchorHolds(keys: JournalKeys, a: Anchor): boolean {
  return sameBytes(a.mac, mac(keys, 'anchor', a.hash, a.seq));
}

export function headHolds(keys: JournalKeys, h: Head): boolean {
  return sameBytes(h.mac, mac(keys, 'head', h.hash, h.seq));
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
