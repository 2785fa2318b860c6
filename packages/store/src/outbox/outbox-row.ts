/** A receipt as it lies in outbox.db. */
export interface OutboxRow {
  readonly receiptId: string;
  readonly till: string;
  /** Unix time in milliseconds at which the sale was closed. */
  readonly closedAt: number;
  /** Unix time in milliseconds at which we got it. */
  readonly storedAt: number;
  /** Keyed hash of the whole receipt. */
  readonly digest: Uint8Array;
  /** What is nobody's in particular, as JSON. */
  readonly body: string;
  /** What belongs to a person, sealed. */
  readonly personal: Uint8Array;
}

/** `new`: stored now. `known`: it was there, the same. `differs`: another receipt has this id. `full`: there is no room. */
export type PutResult = 'new' | 'known' | 'differs' | 'full';
