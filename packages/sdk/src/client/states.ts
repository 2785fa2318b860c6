/** How the connection to the events is doing. `failed` and `closed` are final. */
export type State = 'connecting' | 'live' | 'waiting' | 'failed' | 'closed';

export type Input =
  /** the first frame came */
  | 'hello'
  /** the stream ended, or never began */
  | 'lost'
  /** the daemon does not want us, and will not next time */
  | 'refused'
  /** the time until the next attempt, or for the first frame, is over */
  | 'timeUp'
  | 'close';

/** The whole behaviour: every state, every input. A state that stands for itself means: nothing to do. */
export const NEXT: Readonly<Record<State, Readonly<Record<Input, State>>>> = {
  connecting: { hello: 'live', lost: 'waiting', refused: 'failed', timeUp: 'waiting', close: 'closed' },
  live: { hello: 'live', lost: 'waiting', refused: 'failed', timeUp: 'live', close: 'closed' },
  waiting: { hello: 'waiting', lost: 'waiting', refused: 'waiting', timeUp: 'connecting', close: 'closed' },
  failed: { hello: 'failed', lost: 'failed', refused: 'failed', timeUp: 'failed', close: 'closed' },
  closed: { hello: 'closed', lost: 'closed', refused: 'closed', timeUp: 'closed', close: 'closed' },
};
