import type { Masked } from '@tillbridge/core';
import { hmacSha256, type KeyedHash } from './hmac.js';

/** The keyed hashes of the journal, each for one purpose, all made from `keys/journal.key`. */
export interface JournalKeys {
  /** Makes the hash of each entry. */
  readonly chain: KeyedHash;
  /** Signs checkpoints, the anchor and the head. */
  readonly seal: KeyedHash;
}

export function journalKeys(master: Uint8Array): JournalKeys {
  const derive = hmacSha256(master);
  return { chain: hmacSha256(derive('tillbridge journal chain')), seal: hmacSha256(derive('tillbridge journal seal')) };
}

/** A short keyed hash of a code or a number: the same for the same text on this machine, meaningless anywhere else. */
export type Correlator = (value: Masked) => string;

/** Ten hex characters of HMAC-SHA-256: enough to follow one guest's card through a log, too few to prove who it was. */
export function correlator(key: Uint8Array): Correlator {
  const keyed = hmacSha256(key);
  // each scan has three entries with the same code and number
  const known = new WeakMap<Masked, string>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const short = keyed(value.reveal()).toString('hex').slice(0, 10);
    known.set(value, short);
    return short;
  };
}
