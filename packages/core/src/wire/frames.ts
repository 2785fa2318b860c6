import type { Symbology } from '../decode/symbology.js';
import type { ScanWay } from '../delivery/way.js';
import type { NumberKind } from '../native-number.js';
import type { OutcomeName } from '../outcome.js';
import type { Health, PartStatus } from '../ports/part.js';
import type { GuestHint } from '../ports/reader.js';

// Events as they leave the bridge, for whoever writes them and for whoever reads them.

/** First on every connection. `seq`: the last event that happened; where none did yet, the number that this run counts from. */
export interface HelloFrame {
  readonly type: 'hello';
  readonly seq: number;
  readonly product: 'tillbridge';
  readonly version: string;
  readonly wire: number;
  readonly scopes: readonly string[];
}

/** Events from `from` to `to` (inclusive) cannot be given any more. */
export interface GapFrame {
  readonly type: 'gap';
  readonly from: number;
  readonly to: number;
}

/** A loyalty code was read. */
export interface ScanBody {
  readonly type: 'scan';
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  /** Name of the code rule that matched; null where the kind was given by hand. */
  readonly rule: string | null;
  /** Masked. */
  readonly code: string;
  /** null where the reader does not tell. */
  readonly symbology: Symbology | null;
}

/** How a loyalty scan ended; that is durable by now. */
export interface OutcomeBody {
  readonly type: 'outcome';
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  /** Masked. */
  readonly code: string;
  /** Masked; null where no number was found. */
  readonly number: string | null;
  readonly outcome: OutcomeName;
  readonly reason?: string;
  readonly evidence?: string;
  /** Milliseconds from the last byte of the scan to the outcome. Absent: the daemon is from before this was told. */
  readonly tookMs?: number;
  /** What lay in between. */
  readonly way?: ScanWay;
}

/** The state of a reader or a till changed. */
export interface PartBody {
  readonly type: 'reader' | 'till';
  readonly id: string;
  readonly status: PartStatus;
  readonly health: Health;
  /** What is wrong, in words. */
  readonly reason?: string;
  /** Its error code. */
  readonly code?: string;
  /** Of a reader: what the guest has to do so that the next try works. */
  readonly hint?: GuestHint;
}

/** Goods on their way to a till, in clear: product codes are no secret of a guest. Scope `goods:read`. */
export interface GoodsBody {
  readonly type: 'goods';
  /** null for terminator bytes that came after their read. */
  readonly scanId: string | null;
  readonly reader: string;
  readonly till: string;
  readonly text: string;
  /** The bytes as read, marking codes with their GS (1d) included. */
  readonly hex: string;
  /** The terminator as read, in hexadecimal; empty where there was none. */
  readonly terminator: string;
  readonly symbology?: Symbology;
}

/** A number waits for the cashier program of a till: who claims it first gets it. Scope `delivery:<till>`. */
export interface DeliveryBody {
  readonly type: 'delivery';
  readonly deliveryId: string;
  readonly scanId: string;
  readonly till: string;
  readonly kind: NumberKind;
  /** ISO 8601. After it nobody can claim, and a number claimed before must not be used any more. */
  readonly expiresAt: string;
  /** The order that was open at the scan, where the till tells. */
  readonly orderId?: string;
  /** The number may only earn points: nobody could ask the platform, or it says so. Do not spend. */
  readonly accrueOnly?: true;
}

/** What happened, before it has its place in the order of events. */
export type EventBody = ScanBody | OutcomeBody | PartBody | GoodsBody | DeliveryBody;

/** Its place: `seq` rises over all events of all daemons of a state folder; `time` is ISO 8601. */
export interface Placed {
  readonly seq: number;
  readonly time: string;
}

export type ScanFrame = ScanBody & Placed;
export type OutcomeFrame = OutcomeBody & Placed;
export type PartFrame = PartBody & Placed;
export type GoodsFrame = GoodsBody & Placed;
export type DeliveryFrame = DeliveryBody & Placed;
export type EventFrame = EventBody & Placed;

/** Everything that stands on the wire: one JSON object a frame. */
export type Frame = HelloFrame | GapFrame | EventFrame;

