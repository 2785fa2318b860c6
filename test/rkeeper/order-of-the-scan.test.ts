import type { Adapter, DeliveryRequest, Outcome } from '@tillbridge/core';
import type { XmlTillOptions } from '@tillbridge/adapter-rkeeper';
import { SimulatedCashServer, type Order } from '@tillbridge/testkit/rkeeper';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHANGE_MS, EveningClock, READ_MS } from './evening/evening-clock.js';
import { CARD, never, openTill, optionsAt, request } from './support.js';

// which order a card is for when nobody names one: the one that looks before and after the scan agree on

let clock: EveningClock;
let server: SimulatedCashServer;
let order: Order;
let till: Adapter | undefined;

beforeEach(async () => {
  clock = new EveningClock();
  server = await SimulatedCashServer.start({ clock });
  const { restaurant } = server;
  restaurant.cards.set(CARD, { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
  order = restaurant.openOrder(restaurant.books.TABLES[0]!, restaurant.books.EMPLOYEES[0]!);
});

afterEach(async () => {
  await till?.close();
  await server.close();
});

const open = async (over: Partial<XmlTillOptions> = {}): Promise<Adapter> => {
  till = await openTill(optionsAt(server.url, { readTimeoutMs: READ_MS, changeTimeoutMs: CHANGE_MS, ...over }), clock);
  server.log.length = 0;
  return till;
};

/** Lets virtual time go on; it stands still while an answer is on its way, for the network is real. */
const pass = async (ms: number): Promise<void> => {
  for (let gone = 0; gone < ms; gone += 20) {
    do await new Promise((resolve) => setImmediate(resolve));
    while (clock.underWay > server.holding);
    await clock.advance(20);
  }
};

const run = async (adapter: Adapter, delivery: DeliveryRequest): Promise<Outcome> => {
  const state = { done: false };
  const result = adapter.deliver(delivery, never).finally(() => (state.done = true));
  while (!state.done) await pass(20);
  return result;
};

const cards = (of = order): readonly string[] => of.guests.map(({ card }) => card).filter((card) => card !== '');
const onScreen = (of: Order): void => server.restaurant.enter(of, server.restaurant.books.CASHES[0]!, server.restaurant.books.EMPLOYEES[0]!);
const next = (): Order => server.restaurant.openOrder(server.restaurant.books.TABLES[1]!, server.restaurant.books.EMPLOYEES[0]!);

test.each(['onlyOpen', 'station'] as const)('the order of a scan is not the one that took its place between scan and look (%s)', async (by) => {
  onScreen(order);
  const adapter = await open({ order: { by } });
  await pass(1500);
  const scan = request(clock);
  server.restaurant.pay(order);
  onScreen(next());
  expect(await run(adapter, scan)).toEqual({ outcome: 'expired', reason: 'orderNotKnown' });
  expect((await run(adapter, { ...scan, orderId: order.guid })).outcome).toBe('rejected');
  // the guest shows the card again, when the screen has been seen
  server.restaurant.orders.forEach((each) => server.restaurant.leave(each));
  await pass(6000);
  expect((await run(adapter, request(clock))).outcome).toBe(by === 'onlyOpen' ? 'applied' : 'rejected');
  expect(cards()).toEqual([]);
});

test('it is still known when the number waited for its turn: the looks went on meanwhile', async () => {
  onScreen(order);
  const adapter = await open({ order: { by: 'station' } });
  await pass(1500);
  const scan = request(clock);
  await pass(4000);
  server.restaurant.leave(order);
  await pass(2000);
  onScreen(next());
  await pass(1500);
  expect((await run(adapter, scan)).outcome).toBe('applied');
  expect(cards()).toEqual([CARD]);
});

test('after a silence of the server a look alone tells the only open order, and not what was on a screen', async () => {
  for (const [by, expected] of [['onlyOpen', 'applied'], ['station', 'expired']] as const) {
    if (by === 'station') onScreen(order);
    const adapter = await open({ order: { by } });
    server.faults.silent = true;
    await pass(4000);
    server.faults.silent = false;
    expect((await run(adapter, request(clock))).outcome).toBe(expected);
    await till?.close();
  }
});

test('knowing it costs one look a second at most, and none where a program names the orders', async () => {
  await open();
  await pass(10_000);
  expect(server.log.length).toBeGreaterThan(5);
  expect(server.log.length).toBeLessThanOrEqual(10);
  expect(new Set(server.log)).toEqual(new Set(['GetOrderList2']));
  await till?.close();
  await open({ order: { by: 'context' } });
  await pass(10_000);
  expect(server.log).toEqual([]);
});

test('a named order that stays locked is looked at once a second until the number is too old, and then no more', async () => {
  onScreen(order);
  const adapter = await open({ order: { by: 'context' } });
  const end = clock.mono() + 60_000;
  const result = await run(adapter, request(clock, CARD, { orderId: order.guid, expired: () => clock.mono() >= end }));
  expect(result).toEqual({ outcome: 'expired', reason: 'orderLocked' });
  expect(clock.mono() - end).toBeLessThan(2000);
  expect(new Set(server.log)).toEqual(new Set(['GetOrderList2']));
  expect(server.log.length).toBeGreaterThan(50);
  expect(server.log.length).toBeLessThanOrEqual(61);
  server.log.length = 0;
  await pass(30_000);
  expect(server.log).toEqual([]);
});
