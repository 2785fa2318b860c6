import { outcome, type Outcome } from '@tillbridge/core';
import type { ExchangeProblem } from '../connection/exchange.js';
import type { Rk7FaultKind } from '../rk7/fault.js';

/**
 * What a refusal of the card means for its delivery. `wait`: the server did nothing and may do it later, so the adapter tries again while
 * the number lives.
 */
export const ON_FAULT: Readonly<Record<Rk7FaultKind, Outcome | 'wait'>> = {
  cardRefused: outcome('rejected', 'cardRefused'),
  cardLimit: outcome('rejected', 'cardLimit'),
  orderLocked: 'wait',
  visitClosed: outcome('rejected', 'visitClosed'),
  shiftClosing: 'wait',
  cardSystemDown: outcome('unavailable', 'cardSystemDown'),
  discountConflict: outcome('rejected', 'discountConflict'),
  noRights: outcome('failed', 'noRights'),
  licence: outcome('failed', 'licence'),
  unknownCommand: outcome('failed', 'unknownCommand'),
  badReference: outcome('failed', 'badReference'),
  other: outcome('failed', 'serverError'),
};

/** What it means when the server could not even be asked: nothing was changed. */
export const ON_PROBLEM: Readonly<Record<ExchangeProblem, Outcome>> = {
  auth: outcome('failed', 'auth'),
  tls: outcome('failed', 'tls'),
  pinChanged: outcome('failed', 'pinChanged'),
  timeout: outcome('failed', 'timeout'),
  refused: outcome('failed', 'notConnected'),
  connectionLost: outcome('failed', 'connectionLost'),
  badAnswer: outcome('failed', 'badAnswer'),
  aborted: outcome('failed', 'notSent'),
};

/** What it means when a command that changes something was sent and not answered. */
export const ON_SILENCE: Readonly<Record<ExchangeProblem, Outcome>> = {
  // the server read who we are before it did anything
  auth: outcome('failed', 'auth'),
  tls: outcome('unknown', 'tls'),
  pinChanged: outcome('failed', 'pinChanged'),
  timeout: outcome('unknown', 'timeout'),
  refused: outcome('failed', 'notConnected'),
  connectionLost: outcome('unknown', 'connectionLost'),
  badAnswer: outcome('unknown', 'badAnswer'),
  aborted: outcome('unknown', 'notAnswered'),
};
