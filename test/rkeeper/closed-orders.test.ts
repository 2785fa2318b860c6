import { silentLog, type Adapter, type DeliveryRequest, type Outcome } from '@tillbridge/core';
import { createXmlTill, type ClosedOrder, type XmlTillOptions } from '@tillbridge/adapter-rkeeper';
import { SimulatedCashServer, type Order } from '@tillbridge/testkit/rkeeper';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHANGE_MS, EveningClock, READ_MS } from './evening/evening-clock.js';
import { CARD, never, noPins, nobody, optionsAt, request } from './support.js';

const COUPON = '123456789';

let clock: EveningClock;
let server: SimulatedCashServer;
let order: Order;
let till: Adapter | undefined;
let stored: ClosedOrder[];
let full: boolean;

beforeEach(async () => {
  clock = new EveningClock();
  server = await SimulatedCashServer.start({ clock });
  stored = [];
  full = false;
  const { restaurant } = server;
  for (const card of [CARD, COUPON]) restaurant.cards.set(card, { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
  order = restaurant.openOrder(restaurant.books.TABLES[0]!, restaurant.books.EMPLOYEES[0]!);
  restaurant.addDish(order, restaurant.books.MENUITEMS[0]!, 2000);
});

afterEach(async () => {
  await till?.close();
  await server.close();
});

const open = async (over: Partial<XmlTillOptions> = {}): Promise<Adapter> => {
  const store = (closed: ClosedOrder): Promise<void> => {
    if (full) return Promise.reject(new Error('disk full'));
    stored.push(closed);
    return Promise.resolve();
  };
  till = createXmlTill(optionsAt(server.url, { order: { by: 'context' }, readTimeoutMs: READ_MS, changeTimeoutMs: CHANGE_MS, ...over }), { clock, log: silentLog, pins: noPins, random: () => 0, store });
  await till.open(nobody, never);
  server.log.length = 0;
  return till;
};

/** Lets virtual time go on; it stands still while an answer is on its way, for the network is real. */
const pass = async (ms: number): Promise<void> => {
  for (let gone = 0; gone < ms; gone += 100) {
    do await new Promise((resolve) => setImmediate(resolve));
    while (clock.underWay > server.holding);
    await clock.advance(100);
  }
};

const run = async (adapter: Adapter, delivery: DeliveryRequest): Promise<Outcome> => {
  const state = { done: false };
  const result = adapter.deliver(delivery, never).finally(() => (state.done = true));
  while (!state.done) await pass(100);
  return result;
};

const forOrder = (number = CARD, kind: 'card' | 'coupon' = 'card'): DeliveryRequest => request(clock, number, { orderId: order.guid }, kind);

test('an order that got a card is read once when it is closed: sums, lines, cards, scans', async () => {
  const adapter = await open();
  const [card, coupon, again] = [forOrder(), forOrder(COUPON, 'coupon'), forOrder()];
  for (const delivery of [card, coupon, again]) await run(adapter, delivery);
  await pass(30_000);
  expect(stored).toEqual([]);
  server.restaurant.pay(order);
  await pass(12_000);
  expect(stored).toHaveLength(1);
  const [closed] = stored;
  expect(closed).toMatchObject({ order: order.guid, sale: { total: order.sum, discount: order.discountSum }, scanIds: [card.scanId, coupon.scanId, again.scanId] });
  expect(closed?.sale.lines).toEqual([expect.objectContaining({ quantity: 2000, total: order.sum })]);
  expect(closed?.numbers.map((number) => [number.kind, number.reveal()])).toEqual([['card', CARD], ['coupon', COUPON]]);
  // and then nobody asks any more
  server.log.length = 0;
  await pass(60_000);
  expect(server.log).toEqual([]);
});

test('costs one look at the open orders in ten seconds, and nothing before a card is on an order', async () => {
  const adapter = await open();
  await pass(30_000);
  expect(server.log).toEqual([]);
  await run(adapter, forOrder());
  server.log.length = 0;
  await pass(60_000);
  expect(new Set(server.log)).toEqual(new Set(['GetOrderList2']));
  expect(server.log.length).toBeLessThanOrEqual(6);
});

test('a card that nobody knows of is on the receipt when the order shows it, and one that was taken off makes none', async () => {
  const adapter = await open();
  server.faults.dropAfterWork = 1;
  expect((await run(adapter, forOrder())).outcome).toBe('unknown');
  server.restaurant.pay(order);
  await pass(12_000);
  expect(stored).toHaveLength(1);
  const second = server.restaurant.openOrder(server.restaurant.books.TABLES[1]!, server.restaurant.books.EMPLOYEES[0]!);
  expect((await run(adapter, request(clock, CARD, { orderId: second.guid }))).outcome).toBe('applied');
  for (const line of second.discounts) line.state = 7;
  for (const guest of second.guests) guest.card = '';
  server.restaurant.pay(second);
  await pass(12_000);
  expect(stored).toHaveLength(1);
  server.log.length = 0;
  await pass(30_000);
  expect(server.log).toEqual([]);
});

test('a silent server and a full disk only make it later', async () => {
  const adapter = await open();
  await run(adapter, forOrder());
  server.restaurant.pay(order);
  server.faults.silent = true;
  full = true;
  await pass(40_000);
  server.faults.silent = false;
  await pass(30_000);
  expect(stored).toEqual([]);
  full = false;
  await pass(25_000);
  expect(stored).toHaveLength(1);
});

test('a refused card is no reason to watch an order', async () => {
  const adapter = await open();
  server.restaurant.cards.delete(CARD);
  expect((await run(adapter, forOrder())).outcome).toBe('rejected');
  server.log.length = 0;
  await pass(30_000);
  expect(server.log).toEqual([]);
});
