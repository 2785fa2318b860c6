import type { Instant } from '@tillbridge/core';

/** Which orders the till's rule picked from one list of open orders: none, several, or the one with this GUID. */
export type Picked = { readonly found: 'none' } | { readonly found: 'several' } | { readonly found: 'one'; readonly guid: string };

/** One look at the open orders: what it shows was true at some time between the two moments. */
export interface Look {
  readonly sent: Instant;
  readonly received: Instant;
  readonly picked: Picked;
}

export type OrderAtScan =
  | { readonly found: 'one'; readonly guid: string }
  | { readonly found: 'none' }
  | { readonly found: 'several' }
  /** the looks disagree, lie too far apart, or one is missing: either of two guests may be meant */
  | { readonly found: 'notKnown' };

/** No order is opened, given a card and paid in less, in milliseconds: two looks that are not further apart have missed none. */
export const SHORTEST_SALE_MS = 2000;

/** A rule whose order does not change from one moment to the next (a table, the only open order) takes a look alone that is answered so soon after the scan, in milliseconds. */
export const ALONE_MS = 500;

/**
 * The order that was open at the scan, as the looks around it prove it: the last one answered before the scan and the first one sent after
 * it. One look after the scan proves nothing about a screen: the order may have been paid meanwhile, and the next guest's stand there.
 *
 * @param looks Oldest first.
 * @param aloneMs How soon after the scan a look must be answered to count without one before it; 0: never.
 */
export function orderAtScan(looks: readonly Look[], scan: Instant, aloneMs: number): OrderAtScan {
  const after = looks.findIndex(({ sent }) => sent.mono >= scan.mono);
  const last = looks[after];
  if (last === undefined) return { found: 'notKnown' };
  const { picked } = last;
  if (picked.found !== 'one') return picked;
  const before = looks.findLastIndex(({ sent, received }) => sent.mono < scan.mono && received.mono <= scan.mono);
  const first = looks[before];
  const near = first !== undefined && between(first.sent, last.received) <= SHORTEST_SALE_MS;
  if (!near && (aloneMs === 0 || between(scan, last.received) > aloneMs)) return { found: 'notKnown' };
  // those that were under way at the scan show what was shortly before or after it
  const shown = looks.slice(near ? before : before + 1, after).map((look) => look.picked);
  if (shown.some(({ found }) => found === 'several')) return { found: 'several' };
  const others = shown.filter((each) => each.found === 'one' && each.guid !== picked.guid);
  return others.length === 0 ? picked : { found: 'notKnown' };
}

/** By the clock that says more: a machine that slept saw nothing meanwhile. */
function between(from: Instant, to: Instant): number {
  return Math.max(to.mono - from.mono, to.wall - from.wall);
}
