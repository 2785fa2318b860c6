import type { CodeKind, FeedbackKind, OutcomeName, Symbology } from '@tillbridge/core';

// The sealed texts: JSON, `v: 1`. Unknown members are ignored by both sides, so that either can be the newer one.

/** What a phone says in the first message of a pairing. */
export interface PairRequest {
  readonly v: 1;
  /** Whose phone it is, as the person typed it; may be empty. */
  readonly name: string;
  /** What kind of phone: for the list at the till. */
  readonly model: string;
}

/** What the till shows of itself. */
export interface TillCard {
  /** What people call it. */
  readonly name: string;
  /** The cashier programs that a scan can be for; the first one is the default. */
  readonly tills: readonly { readonly id: string; readonly name: string }[];
  /** The one that this phone's scans go to where a scan does not say. */
  readonly till?: string;
  /** Formats that are worth looking for; empty: the usual ones. */
  readonly formats: readonly Symbology[];
}

export interface PairAnswer {
  readonly v: 1;
  readonly dev: string;
  /** `waiting`: somebody at the till has to compare the digits and say yes first. */
  readonly state: 'paired' | 'waiting';
  readonly card: TillCard;
}

export interface SessionAnswer {
  readonly v: 1;
  /** Names the session in every message. */
  readonly sid: string;
  /** The till's own time since this session began, in ms: echoed by scans. */
  readonly tick: number;
  /** A scan must echo a tick that is younger than this, in ms. */
  readonly freshMs: number;
  /** Changes with every start of the daemon: what was sent to an earlier run may or may not have arrived. */
  readonly run: string;
  readonly state: 'paired' | 'waiting';
  readonly card: TillCard;
}

/** What a phone asks of the till. */
export type PhoneRequest =
  /** Is it there, what is new, what time is it. `wait`: answer only when something of `card` or `state` changed, or after so many ms. */
  | { readonly v: 1; readonly t: 'tick'; readonly wait?: number }
  | ScanRequest
  /** What became of a scan that was not answered, or was under way. `run`: the run that it was sent to first. */
  | { readonly v: 1; readonly t: 'ask'; readonly id: string; readonly run: string; readonly wait?: number }
  /** The phone forgets this till; the till shall forget the phone. */
  | { readonly v: 1; readonly t: 'leave' };

export interface ScanRequest {
  readonly v: 1;
  readonly t: 'scan';
  /** 22 characters of base64url, made by the phone, the same in every repetition: a scan of one id is taken once. */
  readonly id: string;
  /** The text of the code ... */
  readonly code?: string;
  /** ... or its bytes in hexadecimal, where they are no text. */
  readonly hex?: string;
  readonly sym?: Symbology;
  /** Typed in by hand: what it is. */
  readonly kind?: CodeKind;
  /** One of the card's `tills`; default the phone's own. */
  readonly till?: string;
  /** The last tick that the phone was told. */
  readonly tick: number;
  /** How old the read was when this message was sealed, in ms of the phone's own clock; absent: new. A repetition in another session says it anew. */
  readonly age?: number;
  /** How long before that the phone was told `tick`, in ms; absent: just then, so that all the time since counts as spent on the way. */
  readonly since?: number;
  /** Unix time of the phone in ms: information, nothing depends on it. */
  readonly at?: number;
  /** How long the answer may be held back for the outcome, in ms. */
  readonly wait?: number;
}

/** How a scan ended, for a person. */
export interface ScanEnd {
  readonly outcome: OutcomeName;
  readonly reason?: string;
  /** What to do, in words, in the phone's language where the till has any. */
  readonly text?: string;
  /** What the reader's `feedback` makes of it. */
  readonly signal: FeedbackKind;
  /** What may be shown of the number. */
  readonly mask?: string;
}

export type TillAnswer = { readonly v: 1; /** See {@link SessionAnswer.tick}. */ readonly tick: number } & TillAnswerBody;

export type TillAnswerBody =
  | { readonly st: 'ok'; readonly state: 'paired' | 'waiting'; readonly card: TillCard }
  /** The outcome is known. */
  | ({ readonly st: 'done'; readonly id: string; readonly kind: CodeKind } & ScanEnd)
  /** Taken; the outcome is not known yet: ask. */
  | { readonly st: 'underway'; readonly id: string; readonly kind: CodeKind }
  /** Not a loyalty code; `handled`: it was passed on as goods. */
  | { readonly st: 'goods'; readonly id: string; readonly handled: boolean }
  /** Nothing happened: the tick was too old. Scan again. */
  | { readonly st: 'stale'; readonly id: string }
  /** Of `ask`: it never arrived and never will: scan again. */
  | { readonly st: 'never'; readonly id: string }
  /** Of `ask`: the till was restarted meanwhile: it may have arrived. Look at the till; never sent again. */
  | { readonly st: 'lost'; readonly id: string }
  /** Nothing happened, for a reason that a person can mend. */
  | { readonly st: 'refused'; readonly id?: string; readonly why: RefusedWhy }
  /** The till has forgotten this phone. The session is over. */
  | { readonly st: 'gone' };

/** `waiting`: nobody at the till has confirmed the phone yet. `till`: no such till. `rate`: too fast. `code`: not to be sent on. */
export const REFUSED_WHYS = ['waiting', 'till', 'rate', 'code', 'shutdown', 'request'] as const;
export type RefusedWhy = (typeof REFUSED_WHYS)[number];
