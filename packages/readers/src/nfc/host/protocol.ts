import type { ErrorCode } from '@tillbridge/core';
import type { BackendName, NfcFaultKind } from '../backend/backend.js';
import type { CardUnread, ChainStep, GuestHint, ReadWay } from '../chain/types.js';
import type { Wired } from './wire-secrets.js';

/** Which package is used: `auto` takes nfc-pcsc where it loads, else pcsc-mini. */
export type BackendChoice = 'auto' | 'nfc-pcsc' | 'pcsc-mini';

/** What the NFC process has to know first. Keys are in it: it goes over the pipe between the two processes, and nowhere else. */
export interface NfcSetup {
  readonly backend: BackendChoice;
  /** Folders in whose `node_modules` the packages are looked for first. */
  readonly folders: readonly string[];
  /** Where pcscd listens, when that is not the usual place. */
  readonly socket?: string;
  /** Part of the name of the reader to use. */
  readonly name?: string;
  /** A `ChainConfig`, its secrets in clear. */
  readonly chain: Wired;
  /** Readers whose present card is left alone until it was taken away: it hung the last process. */
  readonly skip: readonly string[];
  /** For `nfc learn` and `nfc dump`: the UID is told with each card. */
  readonly inspect: boolean;
  /** Only tell of readers: none is used, no card is touched. */
  readonly listOnly?: boolean;
}

export type Signal = 'good' | 'bad';

/** To one reader, or to the one that had the last card. */
export interface NfcCommand {
  readonly kind: 'signal';
  readonly reader?: string;
  readonly signal: Signal;
}

/** An error of the catalogue on its way between processes; values are masked before. */
export interface WiredProblem {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

export interface ReadReport {
  readonly kind: 'read';
  readonly reader: string;
  readonly source: ReadWay;
  /** In clear: wrapped again at once by the parent. */
  readonly code: string;
  readonly name?: string;
  /** The card lay there already when its reader was first seen. */
  readonly initial: boolean;
  readonly steps: readonly ChainStep[];
  /** From the event of the card to this report, and how much of that the card and its reader took, ms. */
  readonly tookMs: number;
  readonly cardMs: number;
  /** Unix time at which it was sent, ms: both processes are on one machine. */
  readonly sentWall: number;
}

export interface UnreadReport {
  readonly kind: 'unread';
  readonly reader: string;
  readonly reason: CardUnread['reason'];
  readonly hint?: GuestHint;
  readonly problem?: WiredProblem;
  readonly steps: readonly ChainStep[];
}

export type NfcReport =
  | { readonly kind: 'started'; readonly backend: BackendName; readonly passedOver?: string }
  | { readonly kind: 'fault'; readonly fault: NfcFaultKind; readonly problem: string; readonly reader?: string }
  | { readonly kind: 'settings'; readonly problem: WiredProblem }
  | { readonly kind: 'reader'; readonly name: string; readonly present: boolean; readonly wanted: boolean }
  | { readonly kind: 'card'; readonly reader: string; readonly present: boolean }
  | { readonly kind: 'inspected'; readonly reader: string; readonly atr: Uint8Array; readonly uid?: Uint8Array }
  | { readonly kind: 'signalFailed'; readonly reader: string; readonly problem: string }
  | ReadReport
  | UnreadReport;

export interface NfcProtocol {
  readonly setup: NfcSetup;
  readonly command: NfcCommand;
  readonly report: NfcReport;
}
