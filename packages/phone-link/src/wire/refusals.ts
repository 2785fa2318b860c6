/**
 * What a request without a sealed answer is answered with: an HTTP status and this word as the body. Nobody is authenticated yet, so a word
 * tells nothing about devices, sessions or invitations that the asker does not know, and a phone never forgets a key because of one.
 */
export const REFUSALS = {
  /** The body is no message of this protocol: too short, too long, an unknown version or path. */
  malformed: { status: 400, retryable: false },
  /** The QR code was used already, is too old, was withdrawn, or never was one of this till's. */
  invitation: { status: 403, retryable: false },
  /** The till knows no such phone, or it was revoked, or its handshake is not genuine. The remedy is to pair again. */
  notPaired: { status: 403, retryable: false },
  /** The till has no such session (any more): it was restarted, or the session is over. The phone makes a new one silently. */
  noSession: { status: 401, retryable: true },
  /** A message with this counter was had before, or it is too old to tell. */
  replay: { status: 409, retryable: false },
  /** The message is not genuine: its tag is wrong. */
  forged: { status: 403, retryable: false },
  /** Too many requests. */
  busy: { status: 429, retryable: true },
  /** Of a relay: it knows no such till. */
  noSuchTill: { status: 404, retryable: false },
  /** Of a relay: the till does not answer. */
  tillAway: { status: 502, retryable: true },
  /** The daemon is shutting down, or failed. */
  unavailable: { status: 503, retryable: true },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly retryable: boolean }>>;

export type Refusal = keyof typeof REFUSALS;

/** Thrown on the phone for everything that went wrong short of an answer. */
export class PhoneLinkError extends Error {
  /** A refusal of the other side, or: `unreachable` no answer, `notGenuine` an answer that this till did not write, `aborted`. */
  readonly reason: Refusal | 'unreachable' | 'notGenuine' | 'aborted' | 'badInvitation' | 'unknownTill';

  constructor(reason: PhoneLinkError['reason'], options?: { readonly cause?: unknown }) {
    super(`phone link: ${reason}`, options);
    this.name = 'PhoneLinkError';
    this.reason = reason;
  }
}

export function isRefusal(word: string): word is Refusal {
  return Object.hasOwn(REFUSALS, word);
}
