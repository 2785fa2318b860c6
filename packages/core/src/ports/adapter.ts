import type { Code } from '../code.js';
import type { NativeNumber } from '../native-number.js';
import type { Outcome, OutcomeName } from '../outcome.js';
import type { Instant } from './clock.js';
import type { KeyEvent } from '../key-event.js';
import type { Scan } from '../scan.js';
import type { Translation } from '../translation.js';
import type { PartState, ProbeRow } from './part.js';

/** A loyalty number on its way to one till. */
export interface DeliveryRequest {
  /** Unique and sortable; the idempotency key towards the till. */
  readonly id: string;
  readonly scanId: string;
  readonly till: string;
  readonly number: NativeNumber;
  /** When the code was read: what `expireMs` counts from. */
  readonly at: Instant;
  /** The order that was open at the scan, where the till tells us. */
  readonly orderId?: string;
  /** The scan named `orderId` itself (a waiter's terminal): it is that order's whatever the till's screen shows. */
  readonly ownOrder?: true;
  /** The number may only earn: the platform could not be asked, or it says so. Only for tills that can carry it. */
  readonly accrueOnly?: true;
  /** True once the number is too old on either clock. Ask again right before the first byte leaves. */
  expired(): boolean;
}

/** What is left of a delivery whose process died: enough to ask the till, never enough to repeat it. */
export interface DeliveryTrace {
  readonly id: string;
  readonly scanId: string;
  readonly till: string;
  /** Unix time in milliseconds of the scan. */
  readonly time: number;
}

/** A goods read on its way through. */
export interface GoodsRead {
  readonly reader: string;
  readonly bytes: Uint8Array;
  /** As read; the adapter puts its own suffix where the reader has none by nature (`withSuffix`). */
  readonly terminator: Uint8Array;
  /** True for HID, NFC and mobile reads, which have no terminator of their own. */
  readonly withSuffix: boolean;
  readonly at: Instant;
  /** The keys that it came as, where a keyboard was read: what a till that types types again. */
  readonly keys?: readonly KeyEvent[];
  /** What was read; absent for terminator bytes that came after their read. */
  readonly scan?: Scan;
}

export interface AdapterCapabilities {
  readonly goods: boolean;
  /** Types the `keys` of goods again. Others are not given goods that are keys alone (an arrow, a function key). */
  readonly keys?: boolean;
  /** The best outcome that this path can prove; `rejected`: the till only asks (`lookUp`), nothing can be delivered to it. */
  readonly best: OutcomeName;
  /** The cashier program tells a loyalty system of its sales itself: reporting its receipts as well would credit guests twice. */
  readonly reportsItself?: boolean;
  /** Whether `verify` can answer anything but `unknown`. */
  readonly verify: boolean;
  /** Whether the till can be told that a number may only earn. Others are not given such numbers. */
  readonly accrueOnly?: boolean;
}

/** Why the bridge takes a delivery back: the reason of the AbortSignal given to `deliver`. */
export type WithdrawCause = 'expired' | 'superseded' | 'orderChanged' | 'shutdown';

export class Withdrawal extends Error {
  readonly withdraw: WithdrawCause;

  constructor(cause: WithdrawCause) {
    super(`delivery withdrawn: ${cause}`);
    this.name = 'Withdrawal';
    this.withdraw = cause;
  }
}

/** What an adapter can tell the bridge: everything a till says enters the pipeline at the top. */
export interface Inbound {
  /** The state of the till's connection changed. */
  state(state: PartState): void;
  /** Goods that could not be handed over and were dropped: a stale product must not fall into a later sale. */
  goodsDropped(reads: number, reason: string): void;
  /** The till opened or closed an order: pending numbers of another order are dropped. */
  order(state: 'opened' | 'closed', orderId?: string): void;
  /**
   * The till has read a code itself and asks what it stands for: the same rules and translators as for a scan, nothing is delivered.
   * Never rejects; answers at the latest when `signal` aborts. Absent where there is nobody to ask.
   */
  lookUp?(text: string, signal: AbortSignal): Promise<LookedUp>;
}

/** What a code is that a till asked about; not matched: no rule takes it for a loyalty code. */
export type LookedUp = { readonly matched: false } | { readonly matched: true; readonly code: Code; readonly translation: Translation };

/** Serves one till. */
export interface Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities;
  readonly state: PartState;
  /** Resolves when the till's side is up or the adapter is retrying on its own; rejects with what retrying cannot mend. */
  open(inbound: Inbound, signal: AbortSignal): Promise<void>;
  /** Rows for `doctor`; changes nothing at the till. */
  probe(signal: AbortSignal): Promise<readonly ProbeRow[]>;
  /**
   * Hands one number over and says how that went. When `signal` aborts (its reason is a {@link Withdrawal}) the adapter takes the number
   * back if it still can and answers with `withdrawn(signal)`; where it cannot tell, `unknown`. Rejecting counts as `unknown` too.
   * One delivery at a time.
   */
  deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome>;
  /** Asks the till what became of an unknown delivery; never repeats it. */
  verify?(delivery: DeliveryTrace, signal: AbortSignal): Promise<Outcome>;
  /** A delivery is likely within milliseconds: what changes nothing at the till may be made ready. Never throws. */
  expect?(): void;
  /** Passes a product on, synchronously; present when `capabilities.goods`. */
  goods?(read: GoodsRead): void;
  /** Releases everything. Idempotent; resolves within 2 s. */
  close(): Promise<void>;
}
