import { noHttpFaults, type HttpFaults } from '../http/index.js';

/** Access groups of iikoCloud's operations ("Restriction group" in the published contract); each login can lack some. */
export const ACCESS_GROUPS = [
  'Data: dictionaries',
  'Orders: receiving',
  'Orders: loading data',
  'Orders: changing',
  'Orders: preparing',
  'Commands',
  'Guests: info',
  'Guests: changing',
  'Loyalty: coupons',
  'POS: availability',
  'Organizations: settings',
] as const;
export type AccessGroup = (typeof ACCESS_GROUPS)[number];

/** What can be made to go wrong at the simulated iikoCloud. */
export interface CloudFaults extends HttpFaults {
  /** How often a command is `InProgress` before it ends. */
  pollsInProgress: number;
  /** Commands never end. */
  neverEnds: boolean;
  /** Commands end with `Success` and change nothing. */
  ignoreCommands: boolean;
  /** How many of the next commands end with an error of this reason. */
  refuse: { reason: string; times: number };
  /** Orders are shown without the phones of their guests. */
  hidePhones: boolean;
  /** How many of the next looks at an order show it as it was before the last change. */
  staleReads: number;
  /** How many of the next requests are answered with 429. */
  limited: number;
  /** With which `Retry-After` in seconds; undefined: none, as seen. */
  retryAfterS: number | undefined;
  /** How many of the next requests find their token void. */
  voidTokens: number;
  /** What the login may not do. */
  lacks: Set<AccessGroup>;
  /** Correlation ids are forgotten at once: 410. */
  forgetCommands: boolean;
  /** The published limits hold. */
  limits: boolean;
}

export function noCloudFaults(): CloudFaults {
  return {
    ...noHttpFaults(),
    pollsInProgress: 1,
    neverEnds: false,
    ignoreCommands: false,
    refuse: { reason: '', times: 0 },
    hidePhones: false,
    staleReads: 0,
    limited: 0,
    retryAfterS: undefined,
    voidTokens: 0,
    lacks: new Set(),
    forgetCommands: false,
    limits: true,
  };
}
