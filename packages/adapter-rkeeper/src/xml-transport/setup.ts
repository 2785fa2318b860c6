import type { NumberKind } from '@tillbridge/core';
import type { Rk7Item } from '../rk7/reference.js';
import type { OrderChoice } from './choose-order.js';

/** What a card becomes when another one is on the order. */
export type ConflictPolicy = 'reject' | 'replace';

/** The configured objects, found in the reference books of this cash server. */
export interface XmlSetup {
  readonly station: Rk7Item;
  /** The logical PDS interface of each kind of number; a kind without one is rejected. */
  readonly interfaces: Partial<Readonly<Record<NumberKind, Rk7Item>>>;
  readonly cashier: Rk7Item | undefined;
  readonly choice: OrderChoice;
  readonly conflict: ConflictPolicy;
  /** A GUID of ours, the same for the life of the process: the order is locked with it while the card is applied. */
  readonly lock: string;
}

/** The shortest time from one look at the open orders to the next, in milliseconds; at least 1000. */
export const POLL_MS = 1000;
/** After a refusal for a lock that the list does not show: it lingers for about 5 s after the cashier has left the order. */
export const LINGER_MS = 5000;
/** How long an order is kept locked while one card takes the place of another, in seconds: as long as the card system may take. */
export const LOCK_S = 120;
