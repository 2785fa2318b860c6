import { VirtualClock } from '../../virtual-clock.js';
import { FrontRestaurant } from '../front/index.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedPosServer } from './index.js';

const GUEST = { id: '9b5e0000-0000-4000-8000-000000000001', name: 'Anna', phone: '+79990001122', cardNumber: '100', cardTrack: '200' };

describe('the simulated iikoCard POS server', () => {
  let clock: VirtualClock;
  let restaurant: FrontRestaurant;
  let server: SimulatedPosServer;
  let token: string;

  beforeEach(async () => {
    clock = new VirtualClock();
    restaurant = new FrontRestaurant({ clock });
    restaurant.registerGuest(GUEST);
    server = await SimulatedPosServer.start({ clock, hall: restaurant });
    token = JSON.parse(await (await login('pos', 'secret')).text()) as string;
  });

  afterEach(() => server.close());

  const login = (user: string, password: string): Promise<Response> => fetch(`${server.url}/api/v2/getAccessToken?userName=${user}&password=${password}`);
  const post = async (path: string, request: unknown, accessToken: string | undefined = token): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> => {
    const headers = { 'content-type': 'application/json', ...(accessToken === '' ? {} : { AccessToken: accessToken }) };
    const response = await fetch(`${server.url}/api/v2/${path}`, { method: 'POST', headers, body: JSON.stringify({ request }) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const wallets = (credential: string, searchScope: unknown): ReturnType<typeof post> => post('guests/userWallets', { authData: { credential, searchScope } });
  const balance = async (): Promise<unknown> => ((await wallets('100', 2)).body['userWallets'] as { balance: number }[])[0]?.balance;

  it('the token comes in quotes, for the right user only, and ends', async () => {
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
    expect((await login('pos', 'wrong')).status).toBe(401);
    expect((await login('other', 'secret')).status).toBe(401);
    expect((await post('guests/userWallets', {}, '')).status).toBe(401);
    expect((await wallets('100', 2)).status).toBe(200);
    await clock.advance(3_600_000);
    expect(await wallets('100', 2)).toMatchObject({ status: 401, body: { FaultReason: 16 } });
  });

  it('finds guests by phone, number and track, each in its scope', async () => {
    for (const [credential, scope] of [['79990001122', 1], ['100', 2], ['200', 4]] as const) expect((await wallets(credential, scope)).body['userData']).toMatchObject({ name: 'Anna' });
    expect(await wallets('200', 2)).toMatchObject({ status: 500, body: { FaultReason: 53 } });
    for (const scope of [0, 3, 16, '1', null]) expect((await wallets('100', scope)).status).toBe(400);
  });

  it('authorize puts the guest on an open order, or only says so', async () => {
    const { id } = restaurant.openOrder();
    const authorize = (orderId: string): ReturnType<typeof post> => post('authorize', { authData: { credential: '100', searchScope: 2 }, orderId });
    server.faults.ignoreAuthorize = true;
    expect((await authorize(id)).status).toBe(200);
    expect(restaurant.order(id)?.customerIds).toEqual([]);
    server.faults.ignoreAuthorize = false;
    expect((await authorize(id)).status).toBe(200);
    expect(restaurant.order(id)?.customerIds).toEqual([GUEST.id]);
    restaurant.setStatus(id, 'Closed');
    expect((await authorize(id)).status).toBe(500);
    expect((await post('authorize', { authData: { credential: '100', searchScope: 2 } })).status).toBe(400);
  });

  it('balances are some minutes old, and stay so without the internet', async () => {
    server.balances.set(GUEST.id, 100);
    expect(await balance()).toBe(100);
    server.balances.set(GUEST.id, 50);
    expect(await balance()).toBe(100);
    await clock.advance(300_000);
    expect(await balance()).toBe(50);
    server.balances.set(GUEST.id, 10);
    server.faults.offline = true;
    await clock.advance(300_000);
    expect(await balance()).toBe(50);
    restaurant.registerGuest({ ...GUEST, id: '9b5e0000-0000-4000-8000-000000000002', cardNumber: '300' });
    expect(await wallets('300', 2)).toMatchObject({ body: { FaultReason: 53 } });
  });
});
