import { outcome, withdrawn, type Outcome } from '@tillbridge/core';
import type { ConfirmState, Status } from '../protocol/messages.js';
import type { ItemEnd } from './outbound.js';

/** What the driver refuses because of what we gave it, and what became of it. */
const REFUSED: Readonly<Record<string, Outcome>> = {
  full: outcome('rejected', 'queueFull'),
  badDeadline: outcome('expired', 'notRaised'),
};

/** What the end of a number's event means. `raised` is `sent` and no more: it lies in 1C's queue, and whether a form takes it nobody sees. */
export function outcomeOfEnd(end: ItemEnd, signal: AbortSignal): Outcome {
  switch (end.how) {
    case 'raised':
      return outcome('sent', undefined, 'queued');
    case 'never':
      return signal.aborted ? withdrawn(signal, 'notRaised') : outcome('expired', 'notRaised');
    case 'unclear':
      return outcome('unknown', 'notReported');
    case 'notRaised':
      return notRaised(end.state, end.reason, signal);
  }
}

export function notRaised(state: Status['state'], reason: string, signal: AbortSignal): Outcome {
  if (state === 'expired') return outcome('expired', reason === 'hostBusy' ? 'hostBusy' : 'notRaised');
  if (state === 'dropped') return reason === 'withdrawn' ? withdrawn(signal, 'notRaised') : outcome('unavailable', 'closedByTill');
  return REFUSED[reason] ?? outcome('rejected', 'refusedByDriver');
}

/** What our extension says that the till made of a number. Its words for people stay there. */
export function outcomeOfConfirm(state: ConfirmState): Outcome {
  return state === 'applied' || state === 'alreadyApplied' ? outcome(state, undefined, 'confirmed') : outcome(state, 'refusedByTill');
}

/** The words under which products that 1C did not get are counted. */
export function goodsReason(end: ItemEnd): string {
  if (end.how === 'notRaised') return end.reason === 'hostBusy' || end.reason === 'full' ? end.reason : 'notRaised';
  return end.how === 'never' ? 'notConnected' : 'notConfirmed';
}
