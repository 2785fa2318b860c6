import type { CodeKind, NativeNumber, NumberKind, OutcomeName, Symbology, Unsubscribe } from '@tillbridge/core';
import type { BridgeEvents, ScanEvent } from './events.js';
import type { Receipt } from './receipt.js';

export interface Waiting {
  /** Ends the wait: a call rejects with the signal's reason, an iteration ends. */
  readonly signal?: AbortSignal | undefined;
}

export interface DeliveriesOptions extends Waiting {
  /** How many deliveries may be taken and not yet done; the next one waits until then. Whole number from 1; default: no limit. */
  readonly credit?: number | undefined;
}

export interface ReadOptions extends Waiting {
  /** As which reader; default the first. */
  readonly reader?: string | undefined;
  /** What the code is, whatever the rules say: for typed-in cards and phones. */
  readonly kind?: CodeKind | undefined;
  readonly symbology?: Symbology | undefined;
}

export interface TranslateOptions extends ReadOptions {
  /** Shows value and number in clear; takes the scope `number:reveal`. */
  readonly reveal?: boolean | undefined;
}

export interface ScanOptions extends ReadOptions {
  /** Waits for the outcome. */
  readonly wait?: boolean | undefined;
  /**
   * What the guest named after the first read of this code ended as `rejected` (`confirmRequired`): the code that the loyalty platform sent
   * him. Kept in memory, shown nowhere.
   */
  readonly confirmation?: string | undefined;
}

/** How a code is classified and translated. Nothing was delivered. */
export interface TranslationResult {
  readonly kind: CodeKind;
  readonly value: string;
  readonly steps: readonly string[];
  /** `found`, `coupon`, `notFound`, ... or `goods`. */
  readonly result: string;
  /** Masked, unless `reveal` was asked for. */
  readonly number: string | null;
  readonly reason?: string;
}

/** What became of a read. From a reader of the kind `till`, goods are `handled: false`: they are the caller's own business. */
export interface ScanResult {
  readonly scanId: string;
  readonly kind: CodeKind;
  readonly handled?: boolean;
  readonly duplicate?: boolean;
  /** Only with `wait`. */
  readonly outcome?: OutcomeName;
  readonly reason?: string;
  readonly evidence?: string;
}

export interface ReceiptResult {
  readonly receiptId: string;
  /** `known`: the same receipt was stored before. */
  readonly stored: 'new' | 'known';
}

/** The outcomes that a till program may report. */
export const REPORTABLE = ['applied', 'alreadyApplied', 'sent', 'rejected', 'notFound', 'failed', 'unknown'] as const;
export type ReportedOutcome = (typeof REPORTABLE)[number];

/** A loyalty number on its way to a till, to be claimed by exactly one program. */
export interface Delivery {
  readonly id: string;
  readonly scanId: string;
  readonly till: string;
  readonly kind: NumberKind;
  /** When it ends if nobody has done it. ISO 8601. */
  readonly expiresAt: string;
  /** The order that was open at the scan, where the till told. */
  readonly orderId?: string;
  /** The number may only earn points: nobody could ask the platform, or it says so. Do not spend. */
  readonly accrueOnly?: true;
  /** Aborts when the delivery is over: done, expired, superseded, or claimed by another program. */
  readonly ended: AbortSignal;
  /**
   * Takes the number, for this program alone. It prints masked; `.reveal()` gives the text. Not to be used after `ended`.
   * @throws `TB_API_CONFLICT` when another program has it, `TB_API_GONE` when it is over
   */
  claim(options?: Waiting): Promise<NativeNumber>;
  /**
   * Reports what became of a claimed delivery. Repeats a report that got lost on its way.
   * @param reason one short word, such as `closed`
   * @throws `TB_API_CONFLICT` when another program has it, `TB_API_GONE` when it is over
   */
  done(outcome: ReportedOutcome, reason?: string, options?: Waiting): Promise<void>;
}

/** Puts a claimed number into the sale. Answers what became of it; nothing means `applied`. */
export type Taker = (number: NativeNumber, delivery: Delivery) => TakerAnswer | Promise<TakerAnswer>;
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a function without a return is what most will write
export type TakerAnswer = ReportedOutcome | void;

/** What of the bridge is well: overall and part by part. */
export interface BridgeHealth {
  readonly status: 'healthy' | 'degraded' | 'down';
  readonly parts: readonly PartHealth[];
}

export interface PartHealth {
  readonly part: string;
  readonly id: string;
  readonly status: string;
  readonly health: 'healthy' | 'degraded' | 'down';
  readonly since: string;
  readonly reason?: string;
}

/**
 * Tillbridge as a program sees it: the same whether it runs inside the program (`createBridge`) or beside it (`connect`).
 * Errors carry the catalogue's `code`, `retryable`, and `remedy()`.
 */
export interface Bridge {
  /** Every loyalty scan from now on. Bounded: whoever falls 1000 behind loses the oldest, and hears of it as the event `gap`. */
  scans(options?: Waiting): AsyncIterableIterator<ScanEvent, undefined>;
  /** Every delivery for a till, from now on, that still lives when its turn comes. */
  deliveries(till: string, options?: DeliveriesOptions): AsyncIterableIterator<Delivery, undefined>;
  /**
   * Claims every delivery for a till from now on, one after another, gives `taker` its number and reports the outcome that it answers. One that
   * another program was quicker to claim, or that is over, is passed over. A `taker` that throws is reported as `unknown` (`tillFailed`).
   * Resolves when `signal` aborts or the bridge is closed; rejects with what ended the connection for good.
   */
  take(till: string, taker: Taker, options?: Waiting): Promise<void>;
  /** Calls `handler` for each event of a type; the result ends that. A handler that throws hurts nobody else. */
  on<Name extends keyof BridgeEvents>(event: Name, handler: (event: BridgeEvents[Name]) => void): Unsubscribe;
  /** Classifies and translates, delivers nothing. */
  translate(code: string | Uint8Array, options?: TranslateOptions): Promise<TranslationResult>;
  /** Feeds a read in as if a reader had read it. Resolves when it is durable, with `wait` when it has its outcome. */
  scan(code: string | Uint8Array, options?: ScanOptions): Promise<ScanResult>;
  /** Tells that the till opened or closed an order: what was scanned for another one is dropped. */
  order(till: string, state: 'opened' | 'closed', orderId?: string, options?: Waiting): Promise<void>;
  /** Hands a closed sale over. Safe to repeat: a receipt is stored once by its `receiptId`. */
  receipt(receipt: Receipt, options?: Waiting): Promise<ReceiptResult>;
  health(options?: Waiting): Promise<BridgeHealth>;
  /** Ends every iteration and, of a bridge inside the program, the bridge. Idempotent. */
  close(): Promise<void>;
}
