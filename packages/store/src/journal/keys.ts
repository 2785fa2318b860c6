import { createHmac } from 'node:crypto';

/** The keys of the journal, each for one purpose, all made from `keys/journal.key`. */
export interface JournalKeys {
  /** Makes the hash of each entry. */
  readonly chain: Uint8Array;
  /** Signs checkpoints, the anchor and the head. */
  readonly seal: Uint8Array;
}

export function journalKeys(master: Uint8Array): JournalKeys {
  const derive = (purpose: string): Buffer => createHmac('sha256', master).update(`tillbridge journal ${purpose}`).digest();
  return { chain: derive('chain'), seal: derive('seal') };
}

/** A short keyed hash of a code or a number: the same for the same text on this machine, meaningless anywhere else. */
export type Correlator = (clear: string) => string;

/** Ten hex characters of HMAC-SHA-256: enough to follow one guest's card through a log, too few to prove who it was. */
export function correlator(key: Uint8Array): Correlator {
  return (clear) => createHmac('sha256', key).update(clear).digest('hex').slice(0, 10);
}
