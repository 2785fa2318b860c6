import { Withdrawal, type WithdrawCause } from './ports/adapter.js';

/** How a delivery ended. See CONTRACT: each word is shown to users as it stands here. */
export type OutcomeName =
  /** the till showed that it took the number */
  | 'applied'
  /** the till had it already */
  | 'alreadyApplied'
  /** one-way path: handed over, no proof */
  | 'sent'
  | 'rejected'
  | 'notFound'
  | 'blocked'
  | 'unavailable'
  | 'expired'
  | 'superseded'
  | 'failed'
  /** may or may not have arrived: verified where the till allows it, never blindly repeated */
  | 'unknown';

export const OUTCOMES: readonly OutcomeName[] = [
  'applied',
  'alreadyApplied',
  'sent',
  'rejected',
  'notFound',
  'blocked',
  'unavailable',
  'expired',
  'superseded',
  'failed',
  'unknown',
];

export interface Outcome {
  readonly outcome: OutcomeName;
  /** A short word of ours (`portNotOpen`, `notRead`, ...), never foreign text. */
  readonly reason?: string;
  /** What was seen (`read`, `queued`, `orderShowsCard`, `passedThrough`, ...). */
  readonly evidence?: string;
}

export function outcome(name: OutcomeName, reason?: string, evidence?: string): Outcome {
  return { outcome: name, ...(reason === undefined ? {} : { reason }), ...(evidence === undefined ? {} : { evidence }) };
}

/** Whether the number reached the till, as far as the path can know. */
export function isDelivered(name: OutcomeName): boolean {
  return name === 'applied' || name === 'alreadyApplied' || name === 'sent';
}

const WITHDRAWN: Readonly<Record<WithdrawCause, (reason?: string) => Outcome>> = {
  expired: (reason) => outcome('expired', reason),
  superseded: (reason) => outcome('superseded', reason),
  orderChanged: () => outcome('expired', 'orderChanged'),
  shutdown: () => outcome('expired', 'shutdown'),
};

/** The outcome of a delivery that was taken back whole before the till saw it. `reason` is used where the cause has none of its own. */
export function withdrawn(signal: AbortSignal, reason?: string): Outcome {
  const cause: unknown = signal.reason;
  return WITHDRAWN[cause instanceof Withdrawal ? cause.withdraw : 'expired'](reason);
}
