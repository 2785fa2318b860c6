import { outcome, type Outcome } from '@tillbridge/core';
import type { PosProblem } from './client.js';

/** What a problem means for a number of which nothing was done. */
export const ON_POS_PROBLEM: Readonly<Record<PosProblem, Outcome>> = {
  notFound: outcome('notFound'),
  fault: outcome('rejected', 'posServerRefused'),
  login: outcome('unavailable', 'login'),
  timeout: outcome('unavailable', 'timeout'),
  refused: outcome('unavailable', 'notConnected'),
  tls: outcome('unavailable', 'tls'),
  connectionLost: outcome('unavailable', 'connectionLost'),
  badAnswer: outcome('unavailable', 'badAnswer'),
  serverError: outcome('unavailable', 'serverError'),
  aborted: outcome('failed', 'aborted'),
};
