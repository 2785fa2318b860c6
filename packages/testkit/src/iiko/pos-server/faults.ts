import { noHttpFaults, type HttpFaults } from '../http/index.js';

/** What can be made to go wrong at the simulated iikoCard POS server. */
export interface PosServerFaults extends HttpFaults {
  /** How many of the next requests are refused with `faultReason`, whatever they are. */
  faultNext: number;
  /** 53: guest not found; every other number is undocumented. */
  faultReason: number;
  /** How many of the next requests find their token void. */
  voidTokens: number;
  /** Takes the token call and refuses every token. */
  refuseTokens: boolean;
  /** Says yes to `authorize` and does nothing. */
  ignoreAuthorize: boolean;
  /** The internet is down: guests are those of this moment, and balances are not brought up to date. */
  offline: boolean;
}

export function noPosServerFaults(): PosServerFaults {
  return { ...noHttpFaults(), faultNext: 0, faultReason: 1, voidTokens: 0, refuseTokens: false, ignoreAuthorize: false, offline: false };
}
