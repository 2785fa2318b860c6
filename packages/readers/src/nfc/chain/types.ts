import type { Masked, Secret, TillbridgeError } from '@tillbridge/core';
import type { UidOptions } from './uid/uid-options.js';

/** A card or phone in the field of a contactless reader, as far as reading it goes. */
export interface CardSession {
  /**
   * Sends one command APDU and resolves with the whole answer, status word included.
   * Rejects when the card went away or did not answer within `timeoutMs`; an answer shorter than two bytes counts as "went away"
   * (some drivers resolve with nothing when a card is pulled in the middle of a command).
   */
  transmit(apdu: Uint8Array, options: { readonly timeoutMs: number }): Promise<Uint8Array>;
  /** Answer to reset, as PC/SC gives it. */
  readonly atr: Uint8Array;
  /** Name of the reader, as PC/SC gives it. */
  readonly reader: string;
}

/** The ways to get a code out of a card or phone, in the default order. */
export const READ_WAYS = ['hce', 'vas', 'smarttap', 'ndef', 'sector', 'uid'] as const;
export type ReadWay = (typeof READ_WAYS)[number];

/** What the guest or the cashier can do so that the next tap works. */
export const GUEST_HINTS = ['unlockPhone', 'choosePass', 'holdLonger', 'openApp', 'unknownCard'] as const;
export type GuestHint = (typeof GUEST_HINTS)[number];

/** Phones with the store's own application (Android HCE, iOS HCE where it exists). */
export interface HceOptions {
  /** Application ids in hex, 5 to 16 bytes, tried in order. Proprietary ones begin with F. */
  readonly aids: readonly string[];
}

/** One Apple Wallet pass type that may be read. */
export interface VasPass {
  /** Pass type identifier, such as `pass.com.example.loyalty`. */
  readonly id: string;
  /** Private keys (PEM, P-256, SEC 1 or PKCS #8), one a key slot; the phone says which one is meant. Several while keys are rolled over. */
  readonly keys: readonly Secret[];
  /** Sign-up address (https) that a phone without the pass may show. */
  readonly signupUrl?: string;
}

/** Apple Wallet passes (Apple VAS). */
export interface VasOptions {
  /** Tried in order, at most 6. */
  readonly passes: readonly VasPass[];
  /** How far the phone's time may be from ours, in ms; default 15 minutes. `off`: any time, and repeats are refused only while remembered. */
  readonly windowMs?: number | 'off';
}

/** Google Wallet passes (Google Smart Tap 2.1). One collector a session, by design of the protocol. */
export interface SmartTapOptions {
  /** Collector id, 1 to 4294967295. */
  readonly collectorId: number;
  /** Private keys (PEM, P-256) by the key version that was told to Google; tried in order. */
  readonly keys: readonly { readonly version: number; readonly key: Secret }[];
  /** What is asked for; default `loyalty`. */
  readonly services?: readonly SmartTapService[];
}

export const SMART_TAP_SERVICES = ['all', 'loyalty', 'offer', 'giftCard', 'eventTicket', 'generic'] as const;
export type SmartTapService = (typeof SMART_TAP_SERVICES)[number];

/** NFC Forum tags of type 2 and 4. */
export interface NdefOptions {
  /** Which records count, the first found is taken; default both. */
  readonly records?: readonly ('uri' | 'text')[];
}

/** Blocks of a MIFARE Classic sector that hold the number. */
export interface SectorOptions {
  /** Number of the first block, 0 to 255, counted over the whole card. Sector trailers are refused. */
  readonly block: number;
  /** How many blocks, 1 to 3; they must lie in one sector. Default 1. */
  readonly blocks?: number;
  /** Six bytes in hex. */
  readonly key: Secret;
  /** Default `A`. */
  readonly keyType?: 'A' | 'B';
  /** First byte of the number within the blocks; default 0. */
  readonly offset?: number;
  /** How many bytes; default all from `offset` on. */
  readonly length?: number;
  /** How the bytes are written: `ascii` ends at the first NUL, blanks cut off at both ends; `bcd` two digits a byte up to the first F; default `ascii`. */
  readonly encoding?: 'ascii' | 'hex' | 'bcd' | 'dec';
}

/** How cards are read, as configured: data only, so that it can be sent to another process (secrets by `reveal`). */
export interface ChainConfig {
  /** Tried in this order; ways that the card cannot do, or that nothing is configured for, are left out. Default {@link READ_WAYS}. */
  readonly read?: readonly ReadWay[];
  readonly hce?: HceOptions;
  readonly vas?: VasOptions;
  readonly smarttap?: SmartTapOptions;
  readonly ndef?: NdefOptions;
  readonly sector?: SectorOptions;
  readonly uid?: UidOptions;
  /** Time for one command, in ms; default 2000. */
  readonly timeoutMs?: number;
  /** Time for the whole card, in ms; default 5000. */
  readonly budgetMs?: number;
}

/** One command of the way of a card, for `nfc dump` and the debug log. Never holds what the card said. */
export interface ChainStep {
  readonly way: ReadWay | 'detect';
  /** What was asked, in a word or two: `select ose`, `get data`, `read page 4`. */
  readonly command: string;
  /** Four hex digits, or `none` when there was no answer. */
  readonly status: string;
  /** How many bytes came with the status word. */
  readonly bytes: number;
  /** Time until the answer, in ms. */
  readonly ms: number;
}

/** A code was read. */
export interface CardRead {
  readonly status: 'read';
  readonly source: ReadWay;
  /** The code, masked when printed. */
  readonly code: Masked;
  /** Which of the configured ones gave it: AID, pass type identifier, collector id. Not personal. */
  readonly name?: string;
  readonly steps: readonly ChainStep[];
}

/** No code. */
export interface CardUnread {
  readonly status: 'unread';
  /**
   * `hint`: the guest can mend it. `removed`: the card went away in the middle (a new session on the same presence may work). `refused`:
   * the card has something that we must not take (repeated, forged, random). `failed`: it answered against the rules. `noCode`: nothing for us on it.
   */
  readonly reason: 'hint' | 'removed' | 'timeout' | 'refused' | 'failed' | 'noCode' | 'aborted';
  readonly hint?: GuestHint;
  /** What happened, in words; not set for `aborted`. */
  readonly problem?: TillbridgeError;
  readonly steps: readonly ChainStep[];
}

export type ChainResult = CardRead | CardUnread;
