import type { Clock, DeliveryRequest, Language, Log, NativeNumber, Outcome, ProbeRow } from '@tillbridge/core';
import type { AuthorizeAnswer, CredentialScope } from './contract.js';
import type { PlanOptions } from './plan.js';

export interface FrontOptions extends Omit<PlanOptions, 'posServer'> {
  readonly id: string;
  /** How long a number may be under way, in ms from its scan; the lane keeps the same time. */
  readonly expireMs: number;
  /** The language of what the cashier reads; off: nothing is said. */
  readonly cashierMessage: Language | 'off';
  /** External-data key that waiters' terminals write scans to. */
  readonly watchKey?: string;
  /** Whether reads that are a product's GTIN may be loyalty codes. */
  readonly gtin: 'pass' | 'claim';
  /** iikoFront's data folder on this machine, for `doctor`. */
  readonly dataFolder?: string;
}

/** Puts a guest of iikoCard on an order, at the POS server of the store. */
export interface GuestAuthorizer {
  /**
   * Says yes or no within its own budget and within `signal`; never rejects, never repeats. `reason` of a no: `notFound`, `posServerUnavailable`,
   * or another word.
   */
  authorize(guest: { readonly credential: NativeNumber; readonly scope: CredentialScope }, orderId: string, signal: AbortSignal): Promise<AuthorizeAnswer>;
  /** Rows for `doctor`: reachable, authorised. */
  probe(signal: AbortSignal): Promise<readonly ProbeRow[]>;
  close(): Promise<void>;
}

/** Where numbers wait for the plugin: claimed once, reported once. */
export interface FrontBoard {
  /** Puts a number up; resolves with what was reported, with how it was withdrawn (`notClaimed`), or `unknown` (`notReported`). */
  offer(request: DeliveryRequest, expiresAt: number, signal: AbortSignal): Promise<Outcome>;
  /** @throws {TillbridgeError} when it is over or somebody has it */
  claim(id: string, owner: string): void;
  /** Resolves when the outcome is durable. @throws {TillbridgeError} `TB_API_GONE`, `TB_API_CONFLICT`, `TB_JOURNAL_UNAVAILABLE` */
  report(id: string, owner: string, ended: Outcome): Promise<void>;
  /** Ends every offer of this till, whatever its state. */
  giveUp(): void;
}

/** What became of a read that the plugin handed over. */
export type TakenScan = { readonly handled: false } | { readonly handled: true; readonly scanId: string; readonly outcome: Promise<Outcome> };

export interface FrontPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly version: string;
  readonly board: FrontBoard;
  /** Whether a reader of type `till` stands for iikoFront's own scanners. */
  readonly scans: () => boolean;
  /**
   * Gives a read of iikoFront's own scanners to the pipeline.
   * @param orderId the order that the read names itself, of a waiter's terminal
   */
  readonly take: (text: string, orderId?: string) => TakenScan;
  readonly guests?: GuestAuthorizer;
}
