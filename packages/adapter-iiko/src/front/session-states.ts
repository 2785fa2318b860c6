/** Which plugin has a till, as a total table. */

export type SessionState =
  /** no plugin has said hello since the start */
  | 'none'
  | 'live'
  /** it was not heard of for too long */
  | 'silent';

export type SessionEvent =
  /** hello of the very process that has the session */
  | 'sameProcess'
  /** hello of the same terminal, from a process that was started anew */
  | 'restarted'
  /** hello of another terminal */
  | 'otherTerminal'
  /** hello of a process that was put out before */
  | 'putOut'
  /** hello of any other process where a person decided so */
  | 'takeOver'
  /** a call within the session */
  | 'call'
  /** a call within a session that another plugin ended */
  | 'lostCall'
  /** a call within a session that nobody knows */
  | 'strangeCall'
  | 'silence'
  | 'stop';

/**
 * `welcome`: a new session. `replace`: a new session, the older one is put out. `resume`: the session goes on. `refuse`: another plugin has
 * the till. `serve` the call. `helloAgain`: answer that the session is over. `lose`: the plugin counts as gone. `end` everything.
 */
export type SessionEffect = 'welcome' | 'replace' | 'resume' | 'refuse' | 'serve' | 'helloAgain' | 'lose' | 'end' | 'ignore';

export interface SessionTransition {
  readonly to: SessionState;
  readonly effect: SessionEffect;
}

export const SESSION_TRANSITIONS: Readonly<Record<SessionState, Readonly<Record<SessionEvent, SessionTransition>>>> = {
  none: {
    sameProcess: { to: 'live', effect: 'welcome' },
    restarted: { to: 'live', effect: 'welcome' },
    otherTerminal: { to: 'live', effect: 'welcome' },
    putOut: { to: 'live', effect: 'welcome' },
    takeOver: { to: 'live', effect: 'welcome' },
    call: { to: 'none', effect: 'helloAgain' },
    lostCall: { to: 'none', effect: 'helloAgain' },
    strangeCall: { to: 'none', effect: 'helloAgain' },
    silence: { to: 'none', effect: 'ignore' },
    stop: { to: 'none', effect: 'end' },
  },
  live: {
    sameProcess: { to: 'live', effect: 'resume' },
    restarted: { to: 'live', effect: 'replace' },
    otherTerminal: { to: 'live', effect: 'refuse' },
    putOut: { to: 'live', effect: 'refuse' },
    takeOver: { to: 'live', effect: 'replace' },
    call: { to: 'live', effect: 'serve' },
    lostCall: { to: 'live', effect: 'refuse' },
    strangeCall: { to: 'live', effect: 'helloAgain' },
    silence: { to: 'silent', effect: 'lose' },
    stop: { to: 'none', effect: 'end' },
  },
  silent: {
    // its screen may have changed meanwhile: only a hello brings that, so a call is not enough
    sameProcess: { to: 'live', effect: 'resume' },
    restarted: { to: 'live', effect: 'replace' },
    otherTerminal: { to: 'live', effect: 'replace' },
    putOut: { to: 'live', effect: 'replace' },
    takeOver: { to: 'live', effect: 'replace' },
    call: { to: 'silent', effect: 'helloAgain' },
    lostCall: { to: 'silent', effect: 'helloAgain' },
    strangeCall: { to: 'silent', effect: 'helloAgain' },
    silence: { to: 'silent', effect: 'ignore' },
    stop: { to: 'none', effect: 'end' },
  },
};
