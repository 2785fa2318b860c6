import { VirtualClock } from '../../virtual-clock.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEEP_COMMANDS_MS, SimulatedIikoCloud, TOKEN_MS, type CloudOrder } from './index.js';

describe('the simulated iikoCloud', () => {
  let clock: VirtualClock;
  let cloud: SimulatedIikoCloud;
  let organizationId: string;
  let terminalGroupId: string;
  let token: string;

  beforeEach(async () => {
    clock = new VirtualClock();
    cloud = await SimulatedIikoCloud.start({ clock });
    organizationId = cloud.world.organizations[0]?.id ?? '';
    terminalGroupId = cloud.world.terminalGroups[0]?.id ?? '';
    token = await login();
  });

  afterEach(() => cloud.close());

  const raw = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> => {
    const response = await fetch(`${cloud.url}/api/1/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  const login = async (): Promise<string> => String((await raw('access_token', { apiLogin: 'api-login' })).body['token']);
  const post = (path: string, body: object): ReturnType<typeof raw> => raw(path, body, { authorization: `Bearer ${token}` });
  const init = async (order: CloudOrder): Promise<string> => String((await post('order/init_by_posOrder', { organizationId, terminalGroupId, posOrderIds: [order.posId] })).body['correlationId']);
  const status = (correlationId: string): ReturnType<typeof raw> => post('commands/status', { organizationId, correlationId });
  const info = (type: string, value: string): ReturnType<typeof raw> => post('loyalty/iiko/customer/info', { type, [type]: value, organizationId });

  it('tokens hold for an hour', async () => {
    expect((await raw('organizations', {})).status).toBe(401);
    await clock.advance(TOKEN_MS - 1000);
    expect((await post('organizations', {})).status).toBe(200);
    await clock.advance(1000);
    expect((await post('organizations', {})).status).toBe(401);
    token = await login();
    expect((await post('organizations', {})).status).toBe(200);
    expect((await raw('access_token', { apiLogin: 'wrong' })).status).toBe(401);
    expect((await raw('access_token', { apiLogin: 5 })).status).toBe(400);
  });

  it('terminal groups: asleep apart, hidden only when asked for', async () => {
    const hidden = cloud.world.addTerminalGroup('Bar', { id: organizationId });
    hidden.hidden = true;
    const ask = async (includeDisabled: boolean): Promise<string> => JSON.stringify((await post('terminal_groups', { organizationIds: [organizationId], includeDisabled })).body);
    expect(await ask(false)).not.toContain('Bar');
    expect(await ask(true)).toContain('Bar');
    const [group] = cloud.world.terminalGroups;
    if (group !== undefined) group.asleep = true;
    expect((await post('terminal_groups', { organizationIds: [organizationId] })).body).toMatchObject({ terminalGroups: [], terminalGroupsInSleep: [{ items: [{ name: 'Hall' }] }] });
    expect((await post('terminal_groups/is_alive', { organizationIds: [organizationId], terminalGroupIds: [terminalGroupId] })).body).toMatchObject({ isAliveStatus: [{ isAlive: false }] });
    await post('terminal_groups/awake', { organizationIds: [organizationId], terminalGroupIds: [terminalGroupId] });
    expect((await post('terminal_groups/is_alive', { organizationIds: [organizationId], terminalGroupIds: [terminalGroupId] })).body).toMatchObject({ isAliveStatus: [{ isAlive: true }] });
  });

  it('an order of the till is invisible until it was initialised', async () => {
    const order = cloud.world.openOrder(cloud.world.tables[0]);
    const seen = async (): Promise<number> => ((await post('order/by_id', { organizationIds: [organizationId], posOrderIds: [order.posId] })).body['orders'] as unknown[]).length;
    expect(await seen()).toBe(0);
    expect((await post('order/add_customer', { organizationId, orderId: order.id, customer: { phone: '+7', name: 'x' } })).status).toBe(400);
    const id = await init(order);
    expect((await status(id)).body).toEqual({ state: 'InProgress' });
    expect((await status(id)).body).toEqual({ state: 'Success' });
    expect(await seen()).toBe(1);
    for (const both of [{}, { orderIds: [order.id], posOrderIds: [order.posId] }]) expect((await post('order/by_id', { organizationIds: [organizationId], ...both })).status).toBe(400);
    expect((await post('order/by_table', { organizationIds: [organizationId], tableIds: order.tableIds, statuses: ['Closed'] })).body).toMatchObject({ orders: [] });
  });

  it('add_customer: taken at once, done or refused later, and a guest needs phone and name', async () => {
    const order = cloud.world.openOrder();
    await init(order);
    const add = (customer: object): ReturnType<typeof raw> => post('order/add_customer', { organizationId, orderId: order.id, customer });
    for (const customer of [{ phone: '+79990001122' }, { name: 'Anna' }, {}, { phone: '+7', name: 'x'.repeat(61) }]) expect((await add(customer)).status).toBe(400);
    order.busy = true;
    const refused = String((await add({ phone: '+79990001122', name: 'Anna' })).body['correlationId']);
    await status(refused);
    expect((await status(refused)).body).toMatchObject({ state: 'Error', errorReason: 'EntityAlreadyInUse' });
    expect(order.guest).toBeUndefined();
    order.busy = false;
    const done = await add({ phone: '+79990001122', name: 'Anna' });
    expect(done.status).toBe(200);
    expect(order.guest).toMatchObject({ name: 'Anna' });
    await clock.advance(KEEP_COMMANDS_MS);
    expect((await status(String(done.body['correlationId']))).status).toBe(410);
  });

  it('guests by five types, and not found is 400', async () => {
    const guest = cloud.world.addGuest({ phone: '+79990001122', cardNumber: '100', cardTrack: '200' });
    guest.email = 'anna@example.org';
    for (const [type, value] of [['phone', '79990001122'], ['cardNumber', '100'], ['cardTrack', '200'], ['email', guest.email], ['id', guest.id]] as const) {
      expect((await info(type, value)).body['id']).toBe(guest.id);
      await clock.advance(1000);
    }
    expect(await info('cardNumber', '200')).toMatchObject({ status: 400 });
    expect(await info('phone', '7')).toMatchObject({ status: 400, body: { error: 'Validation_IncorrectPhone' } });
    expect((await post('loyalty/iiko/customer/card/add', { customerId: guest.id, cardTrack: '300', organizationId })).status).toBe(400);
  });

  it('the sixth look-up of a second is one too many', async () => {
    cloud.world.addGuest({ phone: '+79990001122' });
    for (let i = 0; i < 5; i += 1) expect((await info('phone', '79990001122')).status).toBe(200);
    expect((await info('phone', '79990001122')).status).toBe(429);
    await clock.advance(1000);
    expect((await info('phone', '79990001122')).status).toBe(200);
  });

  it('408 after the time that the caller names; the work may be done all the same', async () => {
    const order = cloud.world.openOrder();
    cloud.faults.latencyMs = 10_000;
    cloud.faults.worksLate = true;
    const asked = raw('order/init_by_posOrder', { organizationId, terminalGroupId, posOrderIds: [order.posId] }, { authorization: `Bearer ${token}`, timeout: '3' });
    await vi.waitUntil(() => cloud.holding > 0, { timeout: 30_000, interval: 1 });
    await clock.advance(3000);
    expect((await asked).status).toBe(408);
    expect(order.initialised).toBe(false);
    await clock.advance(7000);
    expect(order.initialised).toBe(true);
  });

  it('a login without a right, and bodies that are none', async () => {
    cloud.faults.lacks.add('Commands');
    expect((await status(terminalGroupId)).status).toBe(401);
    for (const body of [null, [], 5, 'x', { organizationIds: 'x' }, { organizationIds: ['x'] }]) {
      expect((await raw('terminal_groups', body, { authorization: `Bearer ${token}` })).status).toBe(400);
    }
    expect((await post('nonsense', {})).status).toBe(404);
  });
});
