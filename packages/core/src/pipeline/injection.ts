import type { RuleStep } from '../classify/classify.js';
import { codeOf, type Code, type CodeKind } from '../code.js';
import type { Symbology } from '../decode/symbology.js';
import type { Ticket } from '../delivery/ticket.js';
import type { Masked } from '../masked.js';
import type { Scan } from '../scan.js';
import type { Translated } from '../translate.js';

/** A read given by hand or by a program instead of a device. */
export interface Injection {
  readonly bytes: Uint8Array;
  readonly reader: string;
  /** Set: the code is of this kind, whatever the rules say. */
  readonly kind?: CodeKind;
  readonly symbology?: Symbology;
  /** The order that the number is for, whatever the till's screen shows; default the one that is open. */
  readonly orderId?: string;
  /** What the guest named after the first read of this code was answered with `confirmRequired`. */
  readonly confirmation?: Masked;
  /** For `explain`: name what is asked of others, and the rule that decided. */
  readonly detail?: boolean;
}

/** What may be said of a loyalty read beside its code. `till`: the one that it is for, whatever the route says. */
export type SubmitOptions = Pick<Injection, 'orderId' | 'confirmation'> & { readonly till?: string };

/** What became of an injected read. Loyalty: its ticket. Goods: whether a till took it. */
export type Injected =
  | { readonly scanId: string; readonly kind: Code['kind']; readonly ticket: Ticket; readonly duplicate: boolean }
  | { readonly scanId: string; readonly kind: 'goods'; readonly handled: boolean };

/** How a code is classified and translated; nothing is delivered. */
export interface Explanation {
  readonly scan: Scan;
  readonly rules: readonly RuleStep[];
  readonly code: Code | undefined;
  readonly trace: readonly string[];
  readonly translated: Translated | undefined;
}

/** The code that somebody says it is, whatever the rules say. */
export function byHand(kind: CodeKind, scan: Scan): Code | undefined {
  return kind === 'goods' ? undefined : codeOf(kind, scan.text);
}
