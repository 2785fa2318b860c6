/**
 * What the journal's process holds of entries that are likely to be appended, as a total table: every state has a cell for every event.
 */

export type AheadState =
  /** nothing */
  | 'none'
  /** the rows stand in an open transaction: only the commit is left */
  | 'staged'
  /** the rows are at hand, in no transaction: somebody else had to write, or they could not be staged */
  | 'kept';

export type AheadEvent =
  /** rows come; those before them, if any, are forgotten */
  | 'prepare'
  /** they are to be made durable */
  | 'commit'
  /** they are not wanted */
  | 'discard'
  /** something else is to be done first */
  | 'other'
  /** the rows could not be staged */
  | 'failed';

/** What is to be done on a transition. `append`: as rows that were never prepared. `refuse`: nothing was prepared. */
export type AheadEffect = 'none' | 'stage' | 'restage' | 'commit' | 'unstage' | 'append' | 'refuse';

export interface AheadTransition {
  readonly to: AheadState;
  readonly effect: AheadEffect;
}

export const AHEAD: Readonly<Record<AheadState, Readonly<Record<AheadEvent, AheadTransition>>>> = {
  none: {
    prepare: { to: 'staged', effect: 'stage' },
    commit: { to: 'none', effect: 'refuse' },
    discard: { to: 'none', effect: 'none' },
    other: { to: 'none', effect: 'none' },
    failed: { to: 'none', effect: 'none' },
  },
  staged: {
    prepare: { to: 'staged', effect: 'restage' },
    commit: { to: 'none', effect: 'commit' },
    discard: { to: 'none', effect: 'unstage' },
    other: { to: 'kept', effect: 'unstage' },
    failed: { to: 'kept', effect: 'none' },
  },
  kept: {
    prepare: { to: 'staged', effect: 'stage' },
    commit: { to: 'none', effect: 'append' },
    discard: { to: 'none', effect: 'none' },
    other: { to: 'kept', effect: 'none' },
    failed: { to: 'kept', effect: 'none' },
  },
};
