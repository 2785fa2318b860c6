import type { DeliveryFrame, GapFrame, GoodsFrame, HelloFrame, OutcomeFrame, PartFrame, ScanFrame } from '@tillbridge/core';

/** A loyalty code was read. */
export type ScanEvent = Omit<ScanFrame, 'type'>;
/** A loyalty scan has ended. */
export type OutcomeEvent = Omit<OutcomeFrame, 'type'>;
/** A reader or a till changed its state. */
export type PartEvent = Omit<PartFrame, 'type'>;
/** A product was read; takes the scope `goods:read`. */
export type GoodsEvent = Omit<GoodsFrame, 'type'>;
/** A loyalty number waits to be claimed; takes the scope `delivery:TILL`. */
export type DeliveryEvent = Omit<DeliveryFrame, 'type'>;
/** Events of this range did not reach this program and never will. */
export type GapEvent = Omit<GapFrame, 'type'>;
/** The first frame of each connection. `seq`: the last that there was. */
export type HelloEvent = Pick<HelloFrame, 'seq' | 'product' | 'version' | 'wire' | 'scopes'>;

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
