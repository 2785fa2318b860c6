import { rk7Guid } from '../rk7/guid.js';
import { isObject, type OrderSummary } from '../rk7/order.js';
import type { Rk7Item } from '../rk7/reference.js';
import type { Picked } from './order-at-scan.js';

/** Which order a card is for: always an explicit rule, never a guess. */
export type OrderChoice =
  /** the one that the program named through the order context of the API; without it there is none */
  | { readonly by: 'context' }
  /** the one on the screen of our station; applied once the cashier leaves it */
  | { readonly by: 'station' }
  | { readonly by: 'table'; readonly object: Rk7Item }
  | { readonly by: 'waiter'; readonly object: Rk7Item }
  /** the only open one of the restaurant */
  | { readonly by: 'onlyOpen' };

export type ChosenOrder =
  | { readonly found: 'one'; readonly order: OrderSummary }
  | { readonly found: 'none' }
  | { readonly found: 'several' };

/**
 * Chooses among the open orders.
 *
 * @param station Our own station, resolved: what `by: station` goes by.
 * @param context The order that was open at the scan, where the till told us. It wins over every rule: a number must not land on another.
 */
export function chooseOrder(orders: readonly OrderSummary[], choice: OrderChoice, station: Rk7Item, context: string | undefined): ChosenOrder {
  const open = orders.filter((order) => !order.deleted && !order.finished && !order.paid);
  const wanted = open.filter((order) => matches(order, choice, station, context));
  const [first, second] = wanted;
  if (first === undefined) return { found: 'none' };
  return second === undefined ? { found: 'one', order: first } : { found: 'several' };
}

/** The same without the list: what is remembered of a look. */
export function pickOrder(orders: readonly OrderSummary[], choice: OrderChoice, station: Rk7Item): Picked {
  const chosen = chooseOrder(orders, choice, station, undefined);
  return chosen.found === 'one' ? { found: 'one', guid: chosen.order.guid } : chosen;
}

function matches(order: OrderSummary, choice: OrderChoice, station: Rk7Item, context: string | undefined): boolean {
  if (context !== undefined) return isGuid(order, context);
  switch (choice.by) {
    case 'context':
      return false;
    case 'station':
      return isObject(order.lockedByStation, station);
    case 'table':
      return isObject(order.table, choice.object);
    case 'waiter':
      return isObject(order.waiter, choice.object);
    case 'onlyOpen':
      return true;
  }
}

/** An order is known by its GUID, or by the two numbers that r_keeper's own scripts have: `visit.orderIdent`. */
function isGuid(order: OrderSummary, context: string): boolean {
  const guid = rk7Guid(context);
  if (guid !== undefined) return rk7Guid(order.guid) === guid;
  return `${order.visit ?? ''}.${order.orderIdent ?? ''}` === context;
}
