import { NativeNumber, silentLog, type Log } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { expect, test } from 'vitest';
import { readXml } from '../xml/index.js';
import { ClosedOrders, type ClosedOrder } from './closed-orders.js';
import { OrderWatch, type Ask } from './order-watch.js';

const ORDER = '{00000000-0000-4000-8000-000000000001}';
const CARD = { card: '2000000012345', number: new NativeNumber('card', '2000000012345'), scanId: 's1' };

function desk(order: { attributes: string | undefined }, log: Log = silentLog): { readonly clock: VirtualClock; readonly closed: ClosedOrders; readonly stored: ClosedOrder[]; readonly asked: string[] } {
  const clock = new VirtualClock();
  const [stored, asked]: [ClosedOrder[], string[]] = [[], []];
  const ask: Ask = ({ name }) => {
    asked.push(name);
    if (name === 'GetOrder' && order.attributes === undefined) return Promise.resolve({ answered: false, problem: 'connectionLost', sent: true });
    const inside = name === 'GetOrder' ? `<Order guid="${ORDER}" orderSum="100" ${order.attributes ?? ''}><Guests><Guest cardCode="${CARD.card}"/></Guests></Order>` : '';
    return Promise.resolve({ answered: true, answer: { ok: true, server: { version: undefined, netName: undefined }, unchanged: false, data: readXml(`<RK7QueryResult>${inside}</RK7QueryResult>`) } });
  };
  const watch = new OrderWatch({ ask, clock, random: () => 0, pick: () => ({ found: 'none' }) });
  const store = (each: ClosedOrder): Promise<void> => Promise.resolve(void stored.push(each));
  return { clock, stored, asked, closed: new ClosedOrders({ till: 'hall', ask, watch, clock, log, store }) };
}

const never = new AbortController().signal;

test('an order that is not in the list and not finished either is waited for', async () => {
  const order = { attributes: 'finished="0"' };
  const { clock, closed, stored } = desk(order);
  closed.track(ORDER, CARD, never);
  await clock.advance(30_000);
  expect(stored).toEqual([]);
  order.attributes = 'finished="1"';
  await clock.advance(11_000);
  expect(stored.map(({ order: guid }) => guid)).toEqual([ORDER]);
});

test('a deleted order makes no receipt and is asked for once', async () => {
  const { clock, closed, stored, asked } = desk({ attributes: 'finished="1" deleted="1"' });
  closed.track(ORDER, CARD, never);
  await clock.advance(60_000);
  expect([stored, asked.filter((name) => name === 'GetOrder')]).toEqual([[], ['GetOrder']]);
});

test('one that cannot be read is given up after half an hour, which is said without a number; orders that are tracked are bounded', async () => {
  const said: unknown[][] = [];
  const note = (...line: unknown[]): void => void said.push(line);
  const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
  const { clock, closed, asked } = desk({ attributes: undefined }, log);
  closed.track(ORDER, CARD, never);
  await clock.advance(4_000_000);
  expect(asked.filter((name) => name === 'GetOrder')).toHaveLength(180);
  expect(said).toHaveLength(1);
  expect(JSON.stringify(said)).not.toContain(CARD.card);
  for (let n = 0; n < 300; n += 1) closed.track(`{00000000-0000-4000-8000-${String(n).padStart(12, '0')}}`, CARD, never);
  expect(said).toHaveLength(1 + 300 - 256);
  closed.clear();
  await clock.advance(20_000);
});
