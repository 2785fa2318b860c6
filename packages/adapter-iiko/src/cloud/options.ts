import type { Clock, Log } from '@tillbridge/core';
import type { NativeIdentifiers } from '../native-identifier.js';
import type { CloudLogin } from './token-keeper.js';

export interface CloudConnection {
  /** The till's id. */
  readonly id: string;
  /** https://api-ru.iiko.services, or https://api-eu.syrve.live. */
  readonly url: string;
  readonly login: CloudLogin;
  /** Id or exact name; may be left out where the login sees only one. */
  readonly organization?: string;
  /** Id or exact name; may be left out where the organisation has only one. */
  readonly terminalGroup?: string;
  /** Budget of one request in milliseconds. Default 8000. */
  readonly timeoutMs?: number;
}

/** Which order a number is for: the one that a program named through the API (`IOrder.Id` of the till), or the only open one at these tables. */
export type CloudOrderChoice = { readonly by: 'context' } | { readonly by: 'tables'; readonly tables: readonly string[] };

export interface CloudTillOptions extends CloudConnection {
  readonly nativeIdentifier: NativeIdentifiers;
  readonly order: CloudOrderChoice;
  /** What a guest without a name is called, 1 to 60 characters. */
  readonly nameless: string;
  /** Where numbers go that are a text for another plugin. */
  readonly dataKey?: string;
  /** How phones are written: `e164` begins with +; `asIs` leaves them alone. */
  readonly phone: 'e164' | 'asIs';
}

export interface CloudContext {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1. */
  readonly random?: () => number;
}
