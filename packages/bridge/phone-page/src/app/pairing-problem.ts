import { PhoneLinkError } from '@tillbridge/phone-link';
import type { Problem } from './model.js';

const PROBLEMS: Readonly<Record<PhoneLinkError['reason'], Problem>> = {
  malformed: 'failed',
  invitation: 'expired',
  notPaired: 'refused',
  noSession: 'failed',
  replay: 'failed',
  forged: 'failed',
  busy: 'busy',
  noSuchTill: 'unreachable',
  tillAway: 'unreachable',
  unavailable: 'unreachable',
  unreachable: 'unreachable',
  notGenuine: 'badCode',
  aborted: 'failed',
  badInvitation: 'badCode',
  unknownTill: 'badCode',
};

/** What a person can do about a pairing that failed. */
export function pairingProblem(error: unknown): Problem {
  return error instanceof PhoneLinkError ? PROBLEMS[error.reason] : 'failed';
}
