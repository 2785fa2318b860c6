/** The life of one number that waits for cashier software, as a total table. */

export type OfferState =
  /** anybody who may can claim it */
  | 'offered'
  /** one caller has the number and owes its outcome */
  | 'claimed'
  /** taken back from the one who claimed it; what became of it may still be said for a moment */
  | 'recalled'
  /** its outcome was reported */
  | 'reported'
  /** taken back before anybody claimed it */
  | 'gone'
  /** claimed, and taken back before an outcome came */
  | 'overdue';

export type OfferEvent = 'claim' | 'report' | 'withdraw' | 'giveUp';

/**
 * `give` the number, `take` the outcome, `end` it unclaimed, `wait` for the outcome a little longer; `conflict`: it is somebody else's,
 * `over`: too late, `ignore`: nothing to do.
 */
export type OfferEffect = 'give' | 'take' | 'end' | 'wait' | 'abandon' | 'conflict' | 'over' | 'ignore';

export interface OfferTransition {
  readonly to: OfferState;
  readonly effect: OfferEffect;
}

/** `report` is that of the caller who claimed: others are turned away before. */
export const OFFER_TRANSITIONS: Readonly<Record<OfferState, Readonly<Record<OfferEvent, OfferTransition>>>> = {
  offered: {
    claim: { to: 'claimed', effect: 'give' },
    report: { to: 'offered', effect: 'conflict' },
    withdraw: { to: 'gone', effect: 'end' },
    giveUp: { to: 'gone', effect: 'end' },
  },
  claimed: {
    claim: { to: 'claimed', effect: 'conflict' },
    report: { to: 'reported', effect: 'take' },
    withdraw: { to: 'recalled', effect: 'wait' },
    giveUp: { to: 'overdue', effect: 'abandon' },
  },
  recalled: {
    claim: { to: 'recalled', effect: 'conflict' },
    report: { to: 'reported', effect: 'take' },
    withdraw: { to: 'recalled', effect: 'wait' },
    giveUp: { to: 'overdue', effect: 'abandon' },
  },
  reported: {
    claim: { to: 'reported', effect: 'conflict' },
    report: { to: 'reported', effect: 'conflict' },
    withdraw: { to: 'reported', effect: 'ignore' },
    giveUp: { to: 'reported', effect: 'ignore' },
  },
  gone: {
    claim: { to: 'gone', effect: 'over' },
    report: { to: 'gone', effect: 'over' },
    withdraw: { to: 'gone', effect: 'ignore' },
    giveUp: { to: 'gone', effect: 'ignore' },
  },
  overdue: {
    claim: { to: 'overdue', effect: 'over' },
    report: { to: 'overdue', effect: 'over' },
    withdraw: { to: 'overdue', effect: 'ignore' },
    giveUp: { to: 'overdue', effect: 'ignore' },
  },
};
