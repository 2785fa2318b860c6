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

/** What an adapter answered, reduced to what may stand in the journal: a known outcome, and words that cannot carry foreign text. */
export function soundOutcome(answer: Outcome): Outcome {
  if (!OUTCOMES.includes(answer.outcome)) return outcome('unknown', 'badAnswer');
  return outcome(answer.outcome, reasonWord(answer.reason), reasonWord(answer.evidence));
}

/** `text` where it is one short word, else nothing: reasons never carry foreign text, which could hold a code. */
export function reasonWord(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z][\w.-]{0,63}$/.test(text) ? text : undefined;
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
