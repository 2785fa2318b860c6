import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '@tillbridge/core';
import { startControl, type ControlServer } from './control-server.js';
import { RkeeperSimulator } from './rkeeper-simulator.js';

const CARD = '2000000012345';

let simulator: RkeeperSimulator;
let control: ControlServer;

beforeEach(async () => {
  simulator = await RkeeperSimulator.start({ address: { host: '127.0.0.1', port: 0 }, tls: 'off', user: 'tillbridge', password: 'secret' }, systemClock);
  control = await startControl({ host: '127.0.0.1', port: 0 }, simulator.routes, 'en');
});

afterEach(async () => {
  await control.close();
  await simulator.close();
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${control.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('an order on a screen, a card read there, a message, payment', async () => {
  const { body: made } = await call('POST', '/orders', { table: 5, station: 1 });
  expect(made).toMatchObject({ table: 5, lockedBy: 1, guestCards: [] });
  const order = made['order'];
  await call('POST', '/orders/dish', { order });
  expect((await call('POST', '/read', { station: 1, data: CARD })).body).toEqual({ reads: [{ scope: 'Interface', done: false, text: expect.stringContaining('Пользователь не найден') as unknown }] });
  await call('PUT', '/cards', { card: CARD });
  expect((await call('POST', '/read', { station: 1, data: CARD })).body).toEqual({ reads: [{ scope: 'Interface', done: true, text: '' }] });
  const { body: state } = await call('GET', '/state');
  expect(state['orders']).toEqual([expect.objectContaining({ order, guestCards: [CARD], discountCards: [CARD], sum: 35_100, discountSum: 3900 })]);
  expect((await call('GET', '/messages')).body).toMatchObject({ screens: [{ station: 1, lines: [expect.stringContaining('Пользователь не найден')] }, { station: 2, lines: [] }] });
  expect((await call('POST', '/orders/pay', { order })).body).toMatchObject({ finished: true, lockedBy: null });
});

it('locks: a station, and another program', async () => {
  const { body } = await call('POST', '/orders');
  const { order } = body;
  expect((await call('POST', '/orders/lock', { order, seconds: 30 })).body).toMatchObject({ locked: true, lockedBy: 'xml' });
  expect((await call('POST', '/orders/show', { order, station: 2 })).body).toMatchObject({ shown: false });
  await call('POST', '/orders/lock', { order, seconds: 0 });
  expect((await call('POST', '/orders/show', { order, station: 2 })).body).toMatchObject({ shown: true, lockedBy: 2 });
  // the lock lingers after the cashier has left
  expect((await call('POST', '/orders/leave', { station: 2 })).body['orders']).toEqual([expect.objectContaining({ lockedBy: 2 })]);
});

it('the dial of faults is set as a whole, and bad bodies are named', async () => {
  expect((await call('PUT', '/faults', { silent: true, refusal: 2219 })).body['faults']).toMatchObject({ silent: true, refusal: 2219 });
  expect((await call('PUT', '/faults', { cardSystemDown: true })).body['faults']).toMatchObject({ silent: false, refusal: 0, cardSystemDown: true });
  for (const [path, body, says] of [
    ['/faults', { refusal: 1 }, 'refusal'],
    ['/orders', { station: 9 }, 'station'],
  ] as const) {
    const { status, body: answer } = await call(path === '/faults' ? 'PUT' : 'POST', path, body);
    expect(status).toBe(400);
    expect(JSON.stringify(answer)).toContain(says);
  }
});
