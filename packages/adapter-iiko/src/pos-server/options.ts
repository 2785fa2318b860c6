import type { Clock, Log } from '@tillbridge/core';
import type { NativeIdentifiers } from '../native-identifier.js';
import type { PosServerOptions } from './client.js';

export interface PosServerTillOptions extends Omit<PosServerOptions, 'url'> {
  /** The till's id. */
  readonly id: string;
  readonly url: string;
  /** Only guests of iikoCard: by phone, card number, card track. */
  readonly nativeIdentifier: NativeIdentifiers;
  /** How phones are written: `e164` begins with +; `asIs` leaves them alone. */
  readonly phone: 'e164' | 'asIs';
}

/** Whether an order shows a guest: the POS server itself cannot tell. */
export interface OrderSight {
  /** undefined: it cannot be told. Never rejects. */
  shows(orderId: string, guest: { readonly phone: string }, signal: AbortSignal): Promise<boolean | undefined>;
  close(): void;
}

export interface PosServerContext {
  readonly clock: Clock;
  readonly log: Log;
  /** Reads orders back; without one the best outcome is `sent`. */
  readonly sight?: OrderSight;
  /** 0 <= x < 1. */
  readonly random?: () => number;
}
