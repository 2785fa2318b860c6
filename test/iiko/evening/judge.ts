import type { JournalEntry, Outcome } from '@tillbridge/core';
import type { FrontRestaurant, OrderChange, OrderView } from '@tillbridge/testkit/iiko';
import type { Shown } from './cashier.js';
import { EXPIRE_MS, POS_MS, type Ended } from './daemon.js';

/** A plugin counts from when it has the action in hand: what the wire takes comes on top. Time goes on in steps of this many ms. */
export const WIRE_MS = 50;

export interface Verdict {
  readonly scans: number;
  /** How many ended with what; with the reason where there is one. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Things on an order that nobody showed for it. */
  readonly wrong: number;
  /** Things that were put on an order twice. */
  readonly doubled: number;
  /** Called applied, and never put there. */
  readonly missing: number;
  /** Called refused, and put there all the same. */
  readonly leaked: number;
  /** Put there after the scan was over. */
  readonly late: number;
  /** Scans that were accepted and have no outcome, or two. */
  readonly unanswered: number;
}

export interface Evidence {
  readonly shown: readonly Shown[];
  readonly entries: readonly JournalEntry[];
  readonly settled: readonly Ended[];
  readonly restaurant: FrontRestaurant;
  /** The scan of a code that iikoFront's own scanner read. */
  readonly readByFront: (code: string) => string | undefined;
}

/** Looks at the evening from outside: what stands on the orders, against what guests showed and what the journal says. */
export function judge({ shown, entries, settled, restaurant, readByFront }: Evidence): Verdict {
  const ends = [...entries.flatMap((entry) => (entry.type === 'outcome' ? [{ scanId: entry.scanId, outcome: entry.outcome }] : [])), ...settled];
  const outcomes: Record<string, number> = {};
  for (const { outcome } of ends) {
    const name = outcome.reason === undefined ? outcome.outcome : `${outcome.outcome} ${outcome.reason}`;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  const endOf = new Map(ends.map(({ scanId, outcome }) => [scanId, outcome]));
  const captured = new Set(entries.filter(({ type }) => type === 'captured').map(({ scanId }) => scanId));
  const put = restaurant.changes.filter(({ by }) => by !== 'iikoFront');
  const isFor = (shownOne: Shown, change: OrderChange): boolean => change.order === shownOne.order && change.value === shownOne.value;
  const putFor = (one: Shown): OrderChange | undefined => put.find((change) => isFor(one, change));
  const outcomeOf = (one: Shown): Outcome | undefined => endOf.get((one.byFront ? readByFront(one.code) : one.scanId) ?? '');
  const said = (one: Shown, ...names: readonly string[]): boolean => names.includes(outcomeOf(one)?.outcome ?? '');
  return {
    scans: captured.size,
    outcomes,
    wrong: put.filter((change) => !shown.some((one) => isFor(one, change))).length,
    doubled: put.length - new Set(put.map(({ order, value }) => `${order} ${value}`)).size + restaurant.orders.reduce((sum, order) => sum + repeats(order), 0),
    missing: shown.filter((one) => said(one, 'applied', 'alreadyApplied') && putFor(one) === undefined).length,
    leaked: shown.filter((one) => outcomeOf(one) !== undefined && !said(one, 'applied', 'alreadyApplied', 'unknown') && putFor(one) !== undefined).length,
    late: shown.filter((one) => (putFor(one)?.at ?? 0) > one.at + EXPIRE_MS + WIRE_MS + (putFor(one)?.by === 'iikoCard' ? POS_MS : 0)).length,
    unanswered: [...captured].filter((scanId) => ends.filter((end) => end.scanId === scanId).length !== 1).length,
  };
}

function repeats({ discounts, customerIds, coupons }: OrderView): number {
  const extra = (values: readonly (string | undefined)[]): number => values.length - new Set(values).size;
  return extra(discounts.map(({ cardNumber }) => cardNumber)) + extra(customerIds) + extra(coupons.map(({ number }) => number));
}
