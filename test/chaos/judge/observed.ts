import type { LoyaltyKind, ReaderId, Source, TillId } from '../plan/codes.js';
import type { TroubleName } from '../plan/faults.js';

/** Times are ms of the driver's monotonic clock. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Products that left a scanner one behind the other, from the first byte to when the driver had no more business with them. */
export interface Burst extends Span {
  readonly reader: ReaderId;
  /** Numbers of its first read, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** When its last byte was handed to the line. */
  readonly sent: number;
}

/** A loyalty code that was shown, from before its silence until after it. */
export interface Shown extends Span {
  readonly source: Source;
  readonly kind: LoyaltyKind;
  /** Rises by 1 in each source. */
  readonly n: number;
  /** When the last byte was sent. */
  readonly sent: number;
  /** `program`: what the daemon answered, when it acknowledged the scan. */
  readonly acknowledged?: { readonly scanId: string; readonly outcome?: string };
  /** `hall`: the order that was open all the while; undefined: it changed meanwhile. */
  readonly order?: string;
}

/** Something that was done to the daemon, until everything was up again. */
export interface Trouble extends Span {
  readonly name: TroubleName | 'stop';
  /** The reader, till or process that it met. */
  readonly target?: string;
}

/** One frame that a till read. `at`: just before the read that brought its last byte: it was not taken earlier. */
export interface Taken {
  readonly till: TillId;
  readonly at: number;
}

export interface TakenGoods extends Taken {
  readonly reader: ReaderId;
  readonly n: number;
}

export interface TakenNumber extends Taken {
  readonly number: string;
}

export interface TakenText extends Taken {
  readonly text: string;
}

/** A row of the journal, as the daemon shows it. */
export interface JournalRow {
  readonly seq: number;
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: string;
  readonly code: string;
  readonly number: string | null;
  readonly outcome: string;
  readonly reason?: string;
  readonly evidence?: string;
}

/** A card that stands on an order of the simulated restaurant. */
export interface OnOrder {
  readonly order: string;
  readonly card: string;
}

/** Everything that was seen from outside. */
export interface Observed {
  /** Spans in which the driver's own event loop stood still: so did the rest of the machine, more or less. */
  readonly lags: readonly Span[];
  /** When the open order of `hall` was paid and another one opened. */
  readonly orderChanges: readonly number[];
  readonly bursts: readonly Burst[];
  readonly shown: readonly Shown[];
  readonly troubles: readonly Trouble[];
  readonly goods: readonly TakenGoods[];
  readonly numbers: readonly TakenNumber[];
  /** Loyalty codes that came through as goods. */
  readonly codes: readonly TakenText[];
  /** What is neither. */
  readonly others: readonly TakenText[];
  readonly rows: readonly JournalRow[];
  readonly onOrders: readonly OnOrder[];
}

/** How long the driver stood still within a span, in ms. */
export const lagIn = (lags: readonly Span[], span: Span): number => lags.filter((lag) => overlaps(lag, span)).reduce((sum, { from, to }) => sum + to - from, 0);

/** The bounds that the daemon was configured with, in ms, and how much a busy machine may add. */
export const BOUNDS = { expireMs: 2500, hallExpireMs: 4000, backlogMs: 3000, slackMs: 1500, momentMs: 500 } as const;

/** What is not the daemon's: a moment for any machine, and as long as this one stood still, up to `slackMs`. */
export const slackIn = (lags: readonly Span[], span: Span): number => Math.min(BOUNDS.slackMs, BOUNDS.momentMs + 2 * lagIn(lags, span));

export const overlaps = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;
