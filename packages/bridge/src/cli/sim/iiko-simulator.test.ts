import { systemClock } from '@tillbridge/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startControl, type ControlServer } from './control-server.js';
import { IikoSimulator } from './iiko-simulator.js';

let simulator: IikoSimulator;
let control: ControlServer;

beforeEach(async () => {
  const anywhere = { host: '127.0.0.1', port: 0 };
  simulator = await IikoSimulator.start({ terminals: 2, api: 'V9', pos: anywhere, cloud: anywhere, user: 'pos', password: 'secret' }, systemClock);
  control = await startControl(anywhere, simulator.routes, 'en');
});

afterEach(async () => {
  await control.close();
  await simulator.close();
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${control.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('an order on a screen, reads in both branches, payment', async () => {
  const { body: made } = await call('POST', '/orders', { table: 3, terminal: 'CASH-1' });
  expect(made).toMatchObject({ table: 3, status: 'New', shownAt: 'CASH-1', discountCards: [] });
  const { order } = made;
  expect((await call('POST', '/read', { data: '4601234567893' })).body).toEqual({ branch: 'scanner', takenBy: 'product' });
  await call('PUT', '/cards', { card: '555' });
  // the reader is a scanner by now, and a card number is no product
  expect((await call('POST', '/read', { data: '555' })).body).toMatchObject({ branch: 'scanner', takenBy: 'nobody' });
  await call('PUT', '/readers', { reader: 'msr', type: 'card' });
  expect((await call('POST', '/read', { reader: 'msr', data: ';555?' })).body).toEqual({ branch: 'card', takenBy: 'discountCard' });
  expect((await call('POST', '/screen', { terminal: 'CASH-2', screen: 'orderEdit', order })).body).toMatchObject({ shown: false });
  await call('POST', '/screen', { screen: 'payment', order });
  expect((await call('POST', '/orders/status', { order, status: 'Closed' })).body).toMatchObject({ status: 'Closed', discountCards: ['555'] });
  const { body: state } = await call('GET', '/state');
  expect(state).toMatchObject({ terminals: [{ terminal: 'CASH-1', screen: 'payment', readers: { scanner: 'scanner', msr: 'card' }, plugin: null }, { terminal: 'CASH-2', screen: 'lock' }], cards: 1 });
  expect(state['cloud']).toMatchObject({ logins: { apiLogin: 'api-login' }, organization: expect.any(String) as unknown });
});

it('a guest is known to the POS server at once; the cloud sees orders when they were initialised', async () => {
  await call('PUT', '/guests', { phone: '+79990001122', cardNumber: '1122334455' });
  await call('PUT', '/coupons', { coupon: 'C1', used: true });
  const { body } = await call('POST', '/orders', { terminal: 'CASH-1' });
  const token = await (await fetch(`${simulator.posUrl}/api/v2/getAccessToken?userName=pos&password=secret`)).json() as string;
  const ask = (path: string, more: object) =>
    fetch(`${simulator.posUrl}/api/v2/${path}`, { method: 'POST', headers: { AccessToken: token, 'content-type': 'application/json' }, body: JSON.stringify({ request: { authData: { credential: '1122334455', searchScope: 2 }, ...more } }) });
  expect((await ask('authorize', { orderId: body['order'] })).status).toBe(200);
  const { body: state } = await call('GET', '/state');
  expect(state['orders']).toEqual([expect.objectContaining({ customers: [expect.any(String) as unknown], cloudGuest: null })]);
  await call('PUT', '/faults', { pos: { ignoreAuthorize: true } });
  const { body: second } = await call('POST', '/orders');
  expect((await ask('authorize', { orderId: second['order'] })).status).toBe(200);
  expect(((await call('GET', '/state')).body['orders'] as { customers: unknown[] }[])[1]?.customers).toEqual([]);
  expect((await call('GET', '/log')).body['pos']).toEqual(['/api/v2/getAccessToken', '/api/v2/authorize', '/api/v2/authorize']);
});

it('a plugin looks for its daemon, and says why it has none', async () => {
  await call('POST', '/plugins', { terminal: 'CASH-2', url: 'http://127.0.0.1:9/iiko/v1', secret: 'x' });
  await vi.waitFor(async () => {
    const { body } = await call('GET', '/state');
    expect(body['terminals']).toEqual([expect.anything(), expect.objectContaining({ plugin: expect.objectContaining({ status: 'running', connected: false, refusals: expect.arrayContaining(['noAnswer']) as unknown }) as unknown })]);
  }, 20_000);
  expect((await call('DELETE', '/plugins', { terminal: 'CASH-2' })).body).toMatchObject({ plugin: null });
});

it('the dial of faults is set as a whole, and bad bodies are named', async () => {
  expect((await call('PUT', '/faults', { front: { licence: true, entityInUse: 2 }, cloud: { limited: 1 } })).body['faults']).toMatchObject({ front: { licence: true, entityInUse: 2 }, cloud: { limited: 1 } });
  expect((await call('PUT', '/faults', { cloud: { lacks: ['Commands'] } })).body['faults']).toMatchObject({ cloud: { lacks: ['Commands'], hidePhones: false } });
  expect((await call('PUT', '/faults', { pos: { offline: true } })).body['faults']).toMatchObject({ front: { licence: false, entityInUse: 0 }, pos: { offline: true }, cloud: { limited: 0 } });
  for (const [method, path, body, says] of [
    ['PUT', '/faults', { front: { licence: 1 } }, 'licence'],
    ['POST', '/orders', { terminal: 'CASH-9' }, 'CASH-2'],
    ['POST', '/screen', { screen: 'orderEdit' }, 'order'],
    ['POST', '/orders/status', { order: 'x', status: 'Bill' }, 'no such order'],
    ['POST', '/plugins', { url: 'ftp://x', secret: 'x' }, 'url'],
  ] as const) {
    const { status, body: answer } = await call(method, path, body);
    expect(status, path).toBe(400);
    expect(JSON.stringify(answer)).toContain(says);
  }
});
