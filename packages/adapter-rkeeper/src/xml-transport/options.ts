import type { NumberKind, Secret } from '@tillbridge/core';
import type { Trust } from '../connection/trust.js';
import type { NumberRules } from '../number-rules.js';
import type { McrDevice } from '../rk7/commands.js';
import type { Rk7Ref } from '../rk7/reference.js';
import type { ConflictPolicy } from './setup.js';

/** As configured: objects by ident, code or GUID. */
export type OrderChoiceOption =
  | { readonly by: 'context' }
  | { readonly by: 'station' }
  | { readonly by: 'table'; readonly object: Rk7Ref }
  | { readonly by: 'waiter'; readonly object: Rk7Ref }
  | { readonly by: 'onlyOpen' };

export interface XmlTillOptions {
  /** The till's id. */
  readonly id: string;
  /** `https://host:port` of the cash server's HTTP port; the path may be left out. */
  readonly url: string;
  readonly user: string;
  readonly password: Secret;
  readonly trust: Trust;
  /** Takes TLS 1.0 and weak keys. */
  readonly legacy: boolean;
  /** Reference book CASHES. */
  readonly station: Rk7Ref;
  /** Reference book DEVICES: the logical PDS interface of each kind of number. */
  readonly interfaces: Partial<Readonly<Record<NumberKind, Rk7Ref>>>;
  /** Reference book EMPLOYEES. */
  readonly cashier?: Rk7Ref;
  readonly order: OrderChoiceOption;
  readonly conflict: ConflictPolicy;
  readonly numbers: NumberRules;
  /** A made-up number of the right form for `doctor`: an MCR algorithm must take it for a loyalty card. Never a real card. */
  readonly sample?: { readonly number: string; readonly device: McrDevice };
  /** Tells the waiter at the station what became of the card. */
  readonly waiterMessage?: 'en' | 'ru';
  readonly readTimeoutMs?: number;
  readonly changeTimeoutMs?: number;
}
