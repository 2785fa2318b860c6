/** The life of a session at the till, as a total table. */

export type SessionState =
  /** the handshake was answered; the phone has not shown yet that it has the keys: its first message may have been a replayed one */
  | 'unproven'
  /** a genuine message came */
  | 'live'
  /** no message is taken any more; what is under way may still be answered */
  | 'over';

export type SessionEvent =
  | 'genuine'
  /** the last of too many messages that did not open */
  | 'tooManyForged'
  /** its time is over, or it was idle for too long */
  | 'expired'
  /** newer sessions of the same phone need its place */
  | 'replaced'
  /** the phone was revoked, or left */
  | 'revoked'
  | 'closed';

/** `take` the message; `end`: let go of keys that nobody waits for; `endNow`: answer whoever waits, at once. */
export type SessionEffect = 'take' | 'end' | 'endNow' | 'refuse' | 'nothing';

export interface SessionTransition {
  readonly to: SessionState;
  readonly effect: SessionEffect;
}

const over = (effect: SessionEffect): SessionTransition => ({ to: 'over', effect });

export const SESSION_TRANSITIONS: Readonly<Record<SessionState, Readonly<Record<SessionEvent, SessionTransition>>>> = {
  unproven: { genuine: { to: 'live', effect: 'take' }, tooManyForged: over('end'), expired: over('end'), replaced: over('end'), revoked: over('endNow'), closed: over('endNow') },
  live: { genuine: { to: 'live', effect: 'take' }, tooManyForged: over('end'), expired: over('end'), replaced: over('end'), revoked: over('endNow'), closed: over('endNow') },
  over: { genuine: over('refuse'), tooManyForged: over('nothing'), expired: over('nothing'), replaced: over('nothing'), revoked: over('endNow'), closed: over('endNow') },
};
