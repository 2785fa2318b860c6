import type { LoyaltyKind, ReaderId } from './codes.js';
import type { DamageName, FaultName } from './faults.js';

/** One thing that a cashier does at a reader. */
export type Action =
  /** Products, one behind the other as fast as the line takes them. */
  | { readonly do: 'goods'; readonly count: number; readonly marked: boolean }
  /** A guest's code; then so long is waited for it to come out, in ms. */
  | { readonly do: 'loyalty'; readonly kind: LoyaltyKind; readonly waitMs: number }
  | { readonly do: 'pause'; readonly ms: number }
  /** What follows waits until so many ms after the script began. */
  | { readonly do: 'at'; readonly ms: number }
  /** The open order is paid and another one opened: `hall` alone. */
  | { readonly do: 'order' };

export interface FaultStep {
  readonly fault: FaultName;
  /** When so many reads of the round have been sent... */
  readonly afterReads: number;
  /** ...and so many ms later. */
  readonly delayMs: number;
  /** How long it lasts. */
  readonly ms: number;
  readonly target: number;
}

/** What is done to a stopped journal: `at` and `bit` are taken modulo what is there. */
export interface DamageStep {
  readonly damage: DamageName;
  /** Share of the file, 0 <= at < 1. */
  readonly at: number;
  readonly bit: number;
  /** Of `journal.db`, its write-ahead log, or the newest checkpoint beside it. */
  readonly file: 'db' | 'wal' | 'head';
  /** The daemon was killed and not stopped before. */
  readonly killed: boolean;
}

export interface Round {
  readonly scripts: Readonly<Record<ReaderId, readonly Action[]>>;
  /** Loyalty scans that a program hands over, with the pauses before them in ms. */
  readonly program: readonly number[];
  readonly faults: readonly FaultStep[];
  /** After the round. */
  readonly damages: readonly DamageStep[];
}

/** Everything that a run does, as data: the same seed, the same plan. */
export interface Plan {
  readonly version: 1;
  readonly seed: number;
  readonly scans: number;
  readonly rounds: readonly Round[];
}
