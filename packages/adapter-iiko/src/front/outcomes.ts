import { outcome, type Outcome } from '@tillbridge/core';
import type { PluginOutcome, PluginResult } from './contract.js';

type Answered = Pick<PluginResult, 'outcome' | 'detail' | 'evidence' | 'orderId'>;

const OUTCOMES: Readonly<Record<PluginOutcome, (result: Answered) => Outcome>> = {
  // applied is what the till showed; a plugin that read nothing back has handed it over, no more
  applied: ({ detail, evidence }) => (evidence === undefined ? outcome('sent', detail, 'submitted') : outcome('applied', detail, evidence)),
  alreadyApplied: ({ detail, evidence }) => outcome('alreadyApplied', detail, evidence),
  submitted: ({ detail }) => outcome('sent', detail, 'submitted'),
  notFound: ({ detail }) => outcome('notFound', detail),
  notAllowed: ({ detail }) => outcome('rejected', detail ?? 'notAllowed'),
  wrongScreen: () => outcome('rejected', 'wrongScreen'),
  wrongOrder: () => outcome('expired', 'orderChanged'),
  busyTimeout: () => outcome('expired', 'busyTimeout'),
  expired: ({ detail }) => outcome('expired', detail),
  orderClosed: () => outcome('rejected', 'orderClosed'),
  conflict: ({ detail }) => outcome('rejected', detail ?? 'conflict'),
  unsupportedByApiVersion: () => outcome('rejected', 'unsupportedByApiVersion'),
  noEffect: ({ detail }) => outcome('failed', detail ?? 'noEffect'),
  // a POS server that never answered may put the guest there yet
  hostError: ({ detail }) => outcome(detail === 'posServerSilent' ? 'unknown' : 'failed', detail ?? 'hostError'),
  unknown: ({ detail }) => outcome('unknown', detail ?? 'hostError'),
};

/** What a plugin's answer is to the bridge. An order that is not the one of the number was changed by mistake: nobody can call that applied. */
export function outcomeOf(result: Answered, orderId: string): Outcome {
  const changed = result.outcome === 'applied' || result.outcome === 'submitted';
  if (changed && result.orderId !== undefined && result.orderId !== orderId) return outcome('unknown', 'otherOrder');
  return OUTCOMES[result.outcome](result);
}

/** The host's own words, fit for a log and for `doctor`: one line, no run of digits that could be a number. */
export function hostWords(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/\d{5,}/g, '****').trim().slice(0, 200);
}
