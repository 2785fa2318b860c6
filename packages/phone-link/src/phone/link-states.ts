import type { LinkState } from './ports.js';

export type LinkStateEvent =
  /** a handshake begins */
  | 'connecting'
  /** a genuine answer came: the till knows this phone */
  | 'answered'
  /** a genuine answer came: somebody at the till has to say yes first */
  | 'answeredWaiting'
  | 'unreachable'
  /** the till says that it does not know this phone, genuine or not: the keys stay */
  | 'notPaired';

const outcomes = { answered: 'ready', answeredWaiting: 'waiting', unreachable: 'away', notPaired: 'notPaired' } as const;

/** How a link looks after an event, as a total table. A session that is renewed in the middle of work does not flicker. */
export const LINK_TRANSITIONS: Readonly<Record<LinkState, Readonly<Record<LinkStateEvent, LinkState>>>> = {
  idle: { connecting: 'connecting', ...outcomes },
  connecting: { connecting: 'connecting', ...outcomes },
  ready: { connecting: 'ready', ...outcomes },
  waiting: { connecting: 'waiting', ...outcomes },
  away: { connecting: 'connecting', ...outcomes },
  notPaired: { connecting: 'notPaired', ...outcomes },
};
