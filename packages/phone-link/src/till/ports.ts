import type { Clock, CodeKind, Symbology } from '@tillbridge/core';
import type { Curve } from '../noise/curve.js';
import type { KeyPair } from '../noise/keys.js';
import type { Refusal } from '../wire/refusals.js';
import type { ScanEnd, TillCard } from '../wire/texts.js';

/** A paired phone, as data. Its owner keeps it (sealed: the name is a person's). */
export interface PhoneRecord {
  /** 12 characters: the first 9 bytes of SHA-256 of `key` in base64url. */
  readonly id: string;
  /** The phone's X25519 public key for this till, 32 bytes. */
  readonly key: Uint8Array;
  readonly name: string;
  /** What kind of phone, as it says itself. */
  readonly model: string;
  /** The cashier program that its scans go to; undefined: the default. */
  readonly till?: string;
  /** `waiting`: nobody at the till has compared the digits yet. Kept in memory only. */
  readonly state: 'paired' | 'waiting';
  /** Unix time in ms. For people: nothing depends on it. */
  readonly created: number;
  readonly lastSeen?: number;
}

/** The paired phones. Synchronous: an answer must not wait for a disk before it knows whom it talks to. */
export interface PhoneBook {
  get(id: string): PhoneRecord | undefined;
  /** Keeps a new phone; durable when it resolves, and only then is the phone told that it is paired. */
  add(phone: PhoneRecord): Promise<void>;
  /** Forgets a phone, at once in memory; durable when it resolves. */
  remove(id: string): Promise<void>;
  /** The phone was heard of. Cheap; written down when convenient. */
  seen(id: string): void;
}

/** A read of a phone. */
export interface PhoneRead {
  readonly phone: PhoneRecord;
  /** The phone's own id of the read. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly symbology?: Symbology;
  /** Typed in by hand: what it is. */
  readonly kind?: CodeKind;
  /** One of the card's tills; the phone's own, or the default, where it named none. */
  readonly till: string | undefined;
  /** How long ago it was read, in ms, the way of its message included: never less than it was. What is perishable counts from there. */
  readonly ageMs: number;
  /** Unix time of the phone in ms: information. */
  readonly phoneTime?: number;
}

/** What became of a read: it has its outcome later, was passed on as goods, or was not taken. */
export type PhoneTaken =
  /** `ended` never rejects. */
  | { readonly is: 'loyalty'; readonly kind: CodeKind; readonly ended: Promise<ScanEnd> }
  | { readonly is: 'goods'; readonly handled: boolean }
  | { readonly is: 'refused'; readonly why: 'till' | 'code' | 'shutdown' };

/** What the till's link needs of the daemon. */
export interface TillLinkPorts {
  readonly clock: Clock;
  /** Cryptographically secure. */
  readonly random: (length: number) => Uint8Array;
  /** The till's X25519 key pair, for life. */
  readonly identity: KeyPair;
  /** X25519 of the platform, where it has a fast one: handshakes must not hold goods up. */
  readonly curve?: Curve;
  readonly phones: PhoneBook;
  /** What a phone is told of the till. */
  readonly card: (phone: PhoneRecord) => TillCard;
  /** Takes a read: called at most once for each id of a phone, synchronously with its arrival. */
  readonly scan: (read: PhoneRead) => PhoneTaken;
  /** Something happened: for counters, the log and people. */
  readonly note?: (event: LinkEvent) => void;
}

export type LinkEvent =
  | { readonly is: 'refused'; readonly refusal: Refusal }
  /** Sealed refusals and oddities of a known phone: `stale`, `waiting`, `rate`, ... */
  | { readonly is: 'turnedDown'; readonly phone: string; readonly why: string }
  /** A phone used an invitation. `digits`: what both screens show. */
  | { readonly is: 'arrived'; readonly invitation: string; readonly phone: PhoneRecord; readonly digits: string }
  | { readonly is: 'paired'; readonly phone: PhoneRecord }
  /** A handshake was answered: a new session, which the phone has not used yet. */
  | { readonly is: 'session'; readonly phone: string }
  | { readonly is: 'left'; readonly phone: string }
  /** Something of ours went wrong: a phone could not be kept, a read not be taken. The phone was told `unavailable`. */
  | { readonly is: 'failed'; readonly what: 'pairing' | 'request'; readonly error: unknown };

/** The last part of the path: `/v1/pair`, `/v1/session`, `/v1/msg`. */
export const LINK_PATHS = ['pair', 'session', 'msg'] as const;
export type LinkPath = (typeof LINK_PATHS)[number];

/** What goes back: 200 and sealed bytes, or a refusal and its word in ASCII. */
export interface LinkAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  readonly refusal?: Refusal;
}

export interface InvitationWish {
  /** What the phone is to be called, whatever it says itself. */
  readonly name?: string;
  readonly till?: string;
  /** Somebody at the till has to compare the digits and say yes; default false: the phone that comes first is paired. */
  readonly confirm?: boolean;
}

/** One QR code for one phone. */
export interface Invitation {
  readonly id: string;
  /** What stands behind the `#` of the QR code's address. Secret until it is used. */
  readonly fragment: string;
  /** Four digits that the till and the phone that read this QR code both show: it is the right till's, and not one stuck over it. */
  readonly code: string;
  /** Milliseconds that it can be used for from now. */
  readonly expiresInMs: number;
}
