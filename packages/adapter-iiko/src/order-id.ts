import { outcome, type Outcome } from '@tillbridge/core';

/** `IOrder.Id` of the till. */
const ORDER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The till's own id of the order that the scan belongs to, or why the number goes nowhere. */
export function namedOrder(orderId: string | undefined): { readonly orderId: string } | { readonly refused: Outcome } {
  if (orderId === undefined) return { refused: outcome('rejected', 'orderNotKnown') };
  return ORDER_ID.test(orderId) ? { orderId } : { refused: outcome('rejected', 'badOrderId') };
}
