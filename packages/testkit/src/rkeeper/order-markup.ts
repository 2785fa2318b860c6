import { tag } from './markup.js';
import type { Item } from './books.js';
import type { Order, Restaurant } from './restaurant.js';

/** Three facts that name an object. */
export function itemMarkup(name: string, item: Item): string {
  return tag(name, { id: item.ident, code: item.code, name: item.name, guid: item.guid });
}

/** The order as `GetOrderList2` lists it. */
export function listedOrder(restaurant: Restaurant, order: Order): string {
  const holder = restaurant.holder(order);
  const locked = holder !== undefined || restaurant.tokenOf(order) !== undefined;
  return tag(
    'Order',
    { guid: order.guid, visit: order.visit, orderIdent: order.ident, orderName: String(order.ident), seqNumber: 1, locked, deleted: false, paid: order.paid, finished: order.finished, orderSum: order.sum, discountSum: order.discountSum, unpaidSum: order.paid ? 0 : order.sum, billTime: order.billed ? '2026-01-10T12:00:00' : '1899-12-30T00:00:00', version: order.version, crc32: checksum(order) },
    itemMarkup('Table', order.table),
    itemMarkup('Waiter', order.waiter),
    ...(holder === undefined ? [] : [itemMarkup('LockedByWaiter', holder.operator), itemMarkup('LockedByStation', holder.item)]),
  );
}

/** `GetOrderList2`: visits with their orders. */
export function orderList(restaurant: Restaurant, onlyOpened: boolean): readonly string[] {
  const orders = restaurant.orders.filter((order) => !onlyOpened || !order.finished);
  return orders.map((order) => tag('Visit', { visit: order.visit, guid: order.guid, finished: order.finished }, tag('Guests', {}), tag('Orders', {}, listedOrder(restaurant, order))));
}

/** `GetOrderList`, the first version: capitalised, flat. */
export function orderListV1(restaurant: Restaurant, onlyOpened: boolean): readonly string[] {
  const orders = restaurant.orders.filter((order) => !onlyOpened || !order.finished);
  return orders.map((order) =>
    tag(
      'Visit',
      { VisitID: order.visit, Finished: order.finished },
      tag('Guests', {}, ...order.guests.map(({ label, card, interface: pds }) => tag('Guest', { GuestLabel: label, CardCode: card, IntfID: pds?.ident, IntfCode: pds?.code, IntfName: pds?.name }))),
      tag('Orders', {}, tag('Order', { OrderID: order.ident, OrderName: String(order.ident), guid: order.guid, TableID: order.table.ident, TableCode: order.table.code, WaiterID: order.waiter.ident, OrderSum: order.sum, ToPaySum: order.sum, Finished: order.finished, Bill: order.billed, locked: restaurant.holder(order) !== undefined })),
    ),
  );
}

/** The whole order, as `GetOrder` answers. */
export function wholeOrder(restaurant: Restaurant, order: Order): string {
  const locked = restaurant.holder(order) !== undefined || restaurant.tokenOf(order) !== undefined;
  const guests = order.guests.map(({ label, card, interface: pds }) => tag('Guest', { guestLabel: label, cardCode: card }, ...(pds === undefined ? [] : [itemMarkup('Interface', pds)])));
  const discounts = order.discounts.map(({ uni, name, card, interface: pds, state }) =>
    tag('Discount', { uni, name, cardCode: card, charge_source: card === '' ? 'manual' : 'pdsCard', state, deleted: state === 7 }, ...(pds === undefined ? [] : [itemMarkup('Interface', pds)])),
  );
  const dishes = order.dishes.map(({ uni, item, quantity }) => tag('Dish', { uni, id: item.ident, code: item.code, name: item.name, price: item.price, quantity }));
  return tag(
    'Order',
    { visit: order.visit, orderIdent: order.ident, guid: order.guid, orderName: String(order.ident), orderSum: order.sum, discountSum: order.discountSum, unpaidSum: order.paid ? 0 : order.sum, locked, paid: order.paid, finished: order.finished, deleted: false, version: order.version, crc32: checksum(order) },
    tag('Guests', {}, ...guests),
    itemMarkup('Table', order.table),
    itemMarkup('Waiter', order.waiter),
    tag('Session', { uni: 1, line_guid: order.guid }, ...dishes, ...discounts),
  );
}

/** Changes with the order; nobody checks more of it. */
function checksum(order: Order): number {
  return (order.version * 2_654_435_761) % 4_294_967_296;
}
