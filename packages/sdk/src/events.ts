import type { CodeKind, NumberKind, OutcomeName } from '@tillbridge/core';

/** What stands in every event of the daemon but `hello` and `gap`. */
interface Sequenced {
  /** Rises, also over restarts of the daemon. */
  readonly seq: number;
  /** ISO 8601. */
  readonly time: string;
}

/** A loyalty code was read. */
export interface ScanEvent extends Sequenced {
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  /** The name of the rule that matched; null where the kind was given by hand. */
  readonly rule: string | null;
  /** Masked. */
  readonly code: string;
  /** null where the reader does not tell. */
  readonly symbology: string | null;
}

/** A loyalty scan has ended. */
export interface OutcomeEvent extends Sequenced {
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  /** Masked. */
  readonly code: string;
  /** Masked. */
  readonly number: string | null;
  readonly outcome: OutcomeName;
  readonly reason?: string;
  readonly evidence?: string;
}

/** A reader or a till changed its state. */
export interface PartEvent extends Sequenced {
  readonly id: string;
  readonly status: string;
  readonly health: 'healthy' | 'degraded' | 'down';
  /** What is wrong, in words, and its error code. */
  readonly reason?: string;
  readonly code?: string;
  /** Of a contactless reader: what the guest has to do so that the next try works. */
  readonly hint?: 'unlockPhone' | 'choosePass' | 'openApp' | 'holdLonger' | 'unknownCard';
}

/** A product was read; takes the scope `goods:read`. */
export interface GoodsEvent extends Sequenced {
  /** null for terminator bytes that came after their read. */
  readonly scanId: string | null;
  readonly reader: string;
  readonly till: string;
  readonly text: string;
  /** The bytes as read, hexadecimal: GS (0x1D) of a marking code included. */
  readonly hex: string;
  /** The terminator as read, hexadecimal. */
  readonly terminator: string;
  readonly symbology?: string;
}

/** A loyalty number waits to be claimed; takes the scope `delivery:TILL`. */
export interface DeliveryEvent extends Sequenced {
  readonly deliveryId: string;
  readonly scanId: string;
  readonly till: string;
  readonly kind: Exclude<CodeKind, 'goods'>;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly orderId?: string;
}

/** Events of this range did not reach this program and never will. */
export interface GapEvent {
  readonly from: number;
  readonly to: number;
}

/** The first frame of each connection. */
export interface HelloEvent {
  /** The last `seq` that there was. */
  readonly seq: number;
  readonly product: string;
  readonly version: string;
  readonly wire: number;
  readonly scopes: readonly string[];
}

/** The connection to the daemon was lost; the next attempt starts after `retryInMs`. */
export interface DisconnectedEvent {
  readonly retryInMs: number;
}

export interface BridgeEvents {
  scan: ScanEvent;
  outcome: OutcomeEvent;
  reader: PartEvent;
  till: PartEvent;
  goods: GoodsEvent;
  delivery: DeliveryEvent;
  gap: GapEvent;
  /** Connected, for the first time or again. */
  connected: HelloEvent;
  disconnected: DisconnectedEvent;
  /** The connection ended for good, as when the token was revoked: every iteration throws this error too. */
  failed: Error;
}

/** The events of the wire that have a `seq`. */
export type WireEventName = 'scan' | 'outcome' | 'reader' | 'till' | 'goods' | 'delivery';

export const WIRE_EVENTS: readonly WireEventName[] = ['scan', 'outcome', 'reader', 'till', 'goods', 'delivery'];
