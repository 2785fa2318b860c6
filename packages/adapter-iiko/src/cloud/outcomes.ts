import { outcome, type Outcome } from '@tillbridge/core';
import type { CloudProblem } from './judge.js';

/** What a problem means for a number of which nothing has left for the till. */
export const ON_PROBLEM: Readonly<Record<CloudProblem, Outcome>> = {
  timeout: outcome('unavailable', 'timeout'),
  refused: outcome('unavailable', 'notConnected'),
  tls: outcome('unavailable', 'tls'),
  connectionLost: outcome('unavailable', 'connectionLost'),
  badAnswer: outcome('unavailable', 'badAnswer'),
  aborted: outcome('failed', 'aborted'),
  login: outcome('unavailable', 'login'),
  noRight: outcome('unavailable', 'noRight'),
  limited: outcome('unavailable', 'limited'),
  circuitOpen: outcome('unavailable', 'circuitOpen'),
  serverTimeout: outcome('unavailable', 'timeout'),
  serverError: outcome('unavailable', 'serverError'),
  gone: outcome('unavailable', 'badAnswer'),
  declined: outcome('rejected', 'refused'),
};

/** What a refused command means: `wait` where the same one may succeed in a moment. Codes of the contract's `ErrorCode`. */
const ON_CODE: Readonly<Record<string, Outcome | 'wait'>> = {
  EntityAlreadyInUse: 'wait',
  OrderStatusChangedInIikoFront: outcome('expired', 'orderClosed'),
  OrderNotFound: outcome('expired', 'orderClosed'),
  InvalidPhone: outcome('rejected', 'badPhone'),
  CustomerNameNotSpecified: outcome('rejected', 'guestHasNoName'),
  DiscountCardNotFound: outcome('notFound'),
  DiscountCardTypeModeForbidden: outcome('rejected', 'cardTypeForbidden'),
  TerminalGroupDisabled: outcome('unavailable', 'terminalGroupOff'),
  TerminalGroupUnregistered: outcome('unavailable', 'terminalGroupOff'),
  OrganizationDisabled: outcome('unavailable', 'organizationOff'),
  IikoFrontTooOldVersion: outcome('rejected', 'tillTooOld'),
};

/** The same for codes that nobody documented: a refusal is a refusal. */
export function onCodes(codes: readonly string[]): Outcome | 'wait' {
  for (const code of codes) {
    const known = Object.hasOwn(ON_CODE, code) ? ON_CODE[code] : undefined;
    if (known !== undefined) return known;
  }
  return outcome('rejected', 'refused');
}

/** Where an error's reason begins with a code, that code; the rest is free text that may hold numbers. */
export function codeIn(reason: string | undefined): readonly string[] {
  const word = /^[A-Z][A-Za-z0-9]{2,63}(?=$|[\s:.,;])/.exec(reason ?? '')?.[0];
  return word === undefined ? [] : [word];
}
