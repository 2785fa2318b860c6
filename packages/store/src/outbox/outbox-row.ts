/**
 * Where a receipt stands. `kept`: nobody is to be told of it (receipts were not reported when it came). `waiting`: it has to be reported.
 * `done`: the platform has it. `skipped`: there was nothing to tell. `dead`: the platform refuses it, or a week was not enough; somebody
 * has to look at it.
 */
export type ReceiptState = 'kept' | 'waiting' | 'done' | 'skipped' | 'dead';

/** The reason of what waits because the receipt that it is of is not here. Others of its till go past it. */
export const SALE_NOT_HERE = 'saleNotHere';

export const RECEIPT_STATES: readonly ReceiptState[] = ['kept', 'waiting', 'done', 'skipped', 'dead'];

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
  readonly state: 'kept' | 'waiting' | 'skipped';
  /** The receipt that this one returns or cancels. */
  readonly original: string | null;
  /** The platform that is to be told. */
  readonly target: string | null;
  /** What is known for the report beside the receipt itself, sealed. */
  readonly progress: Uint8Array | null;
  /** Why nothing is reported. */
  readonly reason: string | null;
  /** Keyed hash of the guest, where a guest of this store is to be remembered. */
  readonly guest: Uint8Array | null;
  /** Loyalty scans that are this receipt's: nobody has to know them any more. */
  readonly scans?: readonly string[];
}

/** Who a loyalty scan was of, until the receipt of its sale is there. */
export interface ScanRow {
  readonly scanId: string;
  readonly till: string;
  readonly orderId: string | null;
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly sealed: Uint8Array;
}

/** A sale is open for so long at most, in ms: an evening at a table. */
export const SCAN_KEEP_MS = 12 * 3_600_000;

/** `new`: stored now. `known`: it was there, the same. `differs`: another receipt has this id. `full`: there is no room. */
export type PutResult = 'new' | 'known' | 'differs' | 'full';

/** One step of a receipt from a state to a state. Absent fields stay as they are. */
export interface RowMove {
  readonly receiptId: string;
  /** Nothing is changed where it stands elsewhere by now. */
  readonly from: ReceiptState;
  readonly to: ReceiptState;
  readonly attempts?: number;
  /** Unix time in milliseconds of the next attempt, of the first one and of the end. */
  readonly nextAt?: number;
  readonly firstAt?: number;
  readonly endedAt?: number;
  /** A word. */
  readonly reason?: string | null;
  readonly progress?: Uint8Array | null;
  /** Nothing but hash and ids is left. */
  readonly strip?: true;
}
