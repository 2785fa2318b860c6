import { inspect } from 'node:util';
import type { Adapter, DeliveryRequest, Log, Outcome } from '@tillbridge/core';
import type { XmlTillOptions } from '@tillbridge/adapter-rkeeper';
import { VirtualClock } from '@tillbridge/testkit';
import { SimulatedCashServer, type Order } from '@tillbridge/testkit/rkeeper';
import { afterEach, beforeEach, expect, it, test, vi } from 'vitest';
import { CARD, never, noPins, openTill, optionsAt, request } from './support.js';

const OTHER = '2000000067890';

let clock: VirtualClock;
let server: SimulatedCashServer;
let order: Order;
let till: Adapter | undefined;

beforeEach(async () => {
  clock = new VirtualClock();
  server = await SimulatedCashServer.start({ clock });
  const { restaurant } = server;
  for (const card of [CARD, OTHER]) restaurant.cards.set(card, { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
  order = restaurant.openOrder(restaurant.books.TABLES[0]!, restaurant.books.EMPLOYEES[0]!);
});

afterEach(async () => {
  await till?.close();
  await server.close();
});

const open = async (over: Partial<XmlTillOptions> = {}, log?: Log): Promise<Adapter> => {
  till = await openTill(optionsAt(server.url, over), clock, noPins, log);
  server.log.length = 0;
  // nobody scans at the very moment of the opening
  await clock.advance(1);
  return till;
};

/** Delivers while virtual time goes on; the network is real. */
const run = async (adapter: Adapter, delivery: DeliveryRequest): Promise<Outcome> => {
  const state = { done: false };
  const result = adapter.deliver(delivery, never).finally(() => (state.done = true));
  while (!state.done) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(20);
  }
  return result;
};

const cards = (): readonly string[] => order.guests.map(({ card }) => card).filter((card) => card !== '');

// what each number of the error catalogue means for the card
it.each([
  [2101, 'failed', 'serverError'],
  [2128, 'rejected', 'visitClosed'],
  [2142, 'rejected', 'cardLimit'],
  [3373, 'failed', 'serverError'],
  [3444, 'failed', 'serverError'],
  [3813, 'rejected', 'cardRefused'],
  [5305, 'failed', 'licence'],
  [5310, 'failed', 'licence'],
])('refusal %i', async (number, outcome, reason) => {
  const adapter = await open();
  server.faults.refusal = number;
  expect(await run(adapter, request(clock))).toEqual({ outcome, reason });
  expect(server.log.filter((name) => name === 'ApplyPersonalCard')).toHaveLength(1);
  expect(cards()).toEqual([]);
});

it.each([2129, 2133, 2219])('refusal %i is over after a while', async (number) => {
  const adapter = await open();
  server.faults.refusal = number;
  clock.timer(3000, () => (server.faults.refusal = 0));
  expect((await run(adapter, request(clock))).outcome).toBe('applied');
});

test('a server that says nothing at all costs the read budget, and is not asked to do anything', async () => {
  const adapter = await open();
  server.faults.silent = true;
  const start = clock.mono();
  expect(await run(adapter, request(clock))).toEqual({ outcome: 'failed', reason: 'timeout' });
  expect(clock.mono() - start).toBeGreaterThanOrEqual(10_000);
  expect(clock.mono() - start).toBeLessThan(12_000);
});

test('a connection that is dropped before the work is unknown too: nobody can tell the two apart', async () => {
  const adapter = await open();
  const push = server.log.push.bind(server.log);
  vi.spyOn(server.log, 'push').mockImplementation((...names) => {
    if (names.includes('ApplyPersonalCard')) server.faults.dropBeforeWork = 1;
    return push(...names);
  });
  const delivery = request(clock);
  expect(await run(adapter, delivery)).toEqual({ outcome: 'unknown', reason: 'connectionLost' });
  expect(await adapter.verify?.({ id: delivery.id, scanId: 's1', till: 'hall', time: 0 }, never)).toEqual({ outcome: 'unknown', reason: 'notShown' });
  expect(cards()).toEqual([]);
});

test('a card whose answer is out is not sent again when the guest shows it once more: it is looked for', async () => {
  const adapter = await open();
  server.faults.repeatedApply = 'double';
  server.faults.cardLatencyMs = 45_000;
  expect(await run(adapter, request(clock))).toEqual({ outcome: 'unknown', reason: 'timeout' });
  expect(await run(adapter, request(clock))).toEqual({ outcome: 'alreadyApplied', evidence: 'orderShowsCard' });
  expect(server.log.filter((name) => name === 'ApplyPersonalCard')).toHaveLength(1);
  expect(order.discounts).toHaveLength(1);
});

test('after the time that the card system can take, the card counts as new; another card does not wait for it', async () => {
  const adapter = await open();
  const push = server.log.push.bind(server.log);
  const lost = vi.spyOn(server.log, 'push').mockImplementation((...names) => {
    if (names.includes('ApplyPersonalCard')) server.faults.dropBeforeWork = 1;
    return push(...names);
  });
  expect((await run(adapter, request(clock))).outcome).toBe('unknown');
  lost.mockRestore();
  const end = clock.mono() + 60_000;
  expect(await run(adapter, request(clock, CARD, { expired: () => clock.mono() >= end }))).toEqual({ outcome: 'expired', reason: 'notAnswered' });
  await clock.advance(70_000);
  expect((await run(adapter, request(clock, CARD, { orderId: order.guid }))).outcome).toBe('applied');
  const second = server.restaurant.openOrder(server.restaurant.books.TABLES[1]!, server.restaurant.books.EMPLOYEES[0]!);
  expect((await run(adapter, request(clock, OTHER, { orderId: second.guid }))).outcome).toBe('applied');
});

test('an undo that ends in silence stops there: the first guest keeps the card, the second learns that it is not known', async () => {
  await run(await open(), request(clock, OTHER));
  await till?.close();
  const adapter = await open({ conflict: 'replace' });
  const push = server.log.push.bind(server.log);
  vi.spyOn(server.log, 'push').mockImplementation((...names) => {
    if (names.includes('UndoPersonalCard')) server.faults.dropBeforeWork = 1;
    return push(...names);
  });
  expect((await run(adapter, request(clock))).outcome).toBe('unknown');
  expect(server.log).not.toContain('ApplyPersonalCard');
  expect(cards()).toEqual([OTHER]);
});

test("a hostile error text reaches no log, no state and no message", async () => {
  const lines: unknown[] = [];
  const keep = (...line: readonly unknown[]): void => void lines.push(line);
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
  const adapter = await open({ waiterMessage: 'en' }, log);
  server.faults.answer = 'hostileError';
  await run(adapter, request(clock));
  const said = inspect([lines, adapter.state, await adapter.probe(never)], { depth: 10, maxStringLength: null });
  expect(said).not.toMatch(/4000123412341234|script/);
  expect(said.length).toBeLessThan(50_000);
});

test('a Cyrillic login is not taken by the server, right password or not', async () => {
  const cyrillic = await SimulatedCashServer.start({ clock, user: 'кассир', password: 'secret' });
  try {
    till = await openTill(optionsAt(cyrillic.url, { user: 'кассир' }), clock);
    expect(till.state.reason?.code).toBe('TB_TILL_RK_AUTH');
    expect(till.state.reason?.remedy('ru')).toContain('латиницей');
    expect((await till.probe(never)).at(-1)).toMatchObject({ level: 'fail', remedy: expect.stringContaining('Latin letters') as unknown });
  } finally {
    await cyrillic.close();
  }
});
