import { writeSync } from 'node:fs';
import { instant, NativeNumber, Secret, silentLog, type Adapter, type DeliveryRequest } from '@tillbridge/core';
import { createCloudTill, type CloudTillOptions } from '@tillbridge/adapter-iiko';
import { SimulatedIikoCloud, type CloudExchange } from '@tillbridge/testkit/iiko';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { quickClock } from '../support/quick-clock.js';
import { readContract, type IikoContract } from './contract.js';

const NAME = 'iikoCloud: requests and answers by the published contract';
const clock = quickClock(20);
const never = new AbortController().signal;
const contract = readContract();

if (contract === undefined) {
  writeSync(1, `SKIPPED suite=${NAME} needs=iiko-cloud.openapi.json install='TILLBRIDGE_CONTRACTS=FOLDER'\n`);
  describe(NAME, () => {
    test.skip('needs the published document');
  });
} else {
  describe(NAME, () => suite(contract));
}

/** Everything that the adapter and the simulator say to each other in these tests is held to the contract afterwards. */
function suite(published: IikoContract): void {
  let cloud: SimulatedIikoCloud;
  let exchanges: CloudExchange[];
  let till: Adapter | undefined;

  beforeEach(async () => {
    exchanges = [];
    cloud = await SimulatedIikoCloud.start({ clock, observe: (exchange) => void exchanges.push(exchange) });
    cloud.faults.limits = false;
  });

  afterEach(async () => {
    await till?.close();
    await cloud.close();
  });

  const open = async (over: Partial<CloudTillOptions> = {}): Promise<Adapter> => {
    till = createCloudTill(
      {
        id: 'hall',
        url: cloud.url,
        login: { version: 'v2', appId: cloud.tokens.logins.appId, clientSecret: new Secret(cloud.tokens.logins.clientSecret), apiKey: new Secret(cloud.tokens.logins.apiKey) },
        nativeIdentifier: { card: 'iikoCardNumber', phone: 'iikoCardPhone', coupon: 'iikoCardCoupon' },
        order: { by: 'context' },
        nameless: 'Guest',
        timeoutMs: 600_000,
        phone: 'e164',
        ...over,
      },
      { clock, log: silentLog, random: () => 0 },
    );
    await till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
    return till;
  };

  const request = (kind: 'card' | 'coupon' | 'phone', value: string, orderId?: string): DeliveryRequest => ({
    ...{ id: `d-${value}`, scanId: 's', till: 'hall', number: new NativeNumber(kind, value), at: instant(clock), expired: () => false },
    ...(orderId === undefined ? {} : { orderId }),
  });

  const problems = (): readonly string[] =>
    exchanges.flatMap(({ path, request: body, status, answer }) => [...published.request(path, body), ...published.answer(path, status, answer)]);

  it('takes what is right and finds what is wrong', () => {
    const [id, other] = ['5d4b1a2c-0000-4000-8000-000000000001', '5d4b1a2c-0000-4000-8000-000000000002'];
    expect(published.request('/api/1/commands/status', { organizationId: id, correlationId: other })).toEqual([]);
    expect(published.request('/api/1/commands/status', { organizationId: id })).not.toEqual([]);
    expect(published.request('/api/1/commands/status', { organizationId: id, correlationId: 'x' })).not.toEqual([]);
    expect(published.request('/api/1/order/add_customer', { organizationId: id, orderId: other, customer: { name: 'x'.repeat(61) } })).not.toEqual([]);
    expect(published.request('/api/1/order/add_customer', { organizationId: id, orderId: other, customer: { cardNumber: '1' } })).not.toEqual([]);
    expect(published.request('/api/1/loyalty/iiko/customer/info', { type: 'phone', cardNumber: '1', organizationId: id })).not.toEqual([]);
    expect(published.request('/api/1/nonsense', {})).not.toEqual([]);
    expect(published.answer('/api/1/commands/status', 200, { state: 'Success' })).toEqual([]);
    expect(published.answer('/api/1/commands/status', 200, { state: 'Done' })).not.toEqual([]);
    expect(published.answer('/api/1/commands/status', 403, {})).not.toEqual([]);
  });

  it('a guest on an order, by the order and by the table', async () => {
    cloud.world.addGuest({ phone: '+79990001122', name: 'Anna', cardNumber: '100200300' });
    const order = cloud.world.openOrder(cloud.world.tables[0]);
    expect(await (await open()).deliver(request('card', '100200300', order.posId), never)).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(order.guest).toMatchObject({ phone: '+79990001122', name: 'Anna' });
    await till?.close();
    const second = cloud.world.openOrder(cloud.world.tables[1]);
    const tables = [cloud.world.tables[1]?.id ?? ''];
    expect(await (await open({ order: { by: 'tables', tables } })).deliver(request('phone', '89990001122'), never)).toMatchObject({ outcome: 'applied' });
    expect(second.guest?.phone).toBe('+79990001122');
    expect(exchanges.length).toBeGreaterThan(12);
    expect(problems()).toEqual([]);
  });

  it('external data, by the deprecated login', async () => {
    const order = cloud.world.openOrder();
    const adapter = await open({ login: { version: 'v1', apiLogin: new Secret('api-login') }, nativeIdentifier: { card: 'externalData' }, dataKey: 'loyalty' });
    expect(await adapter.deliver(request('card', '2000000012345', order.posId), never)).toMatchObject({ outcome: 'applied', evidence: 'orderShowsData' });
    expect(order.externalData.get('loyalty')).toBe('2000000012345');
    expect(cloud.tokens.used).toEqual({ v1: 1, v2: 0 });
    expect(problems()).toEqual([]);
  });

  it('refusals of every kind, coupons, and doctor', async () => {
    cloud.world.addCoupon('C1');
    const adapter = await open();
    const order = cloud.world.openOrder();
    expect(await adapter.deliver(request('card', '404', order.posId), never)).toMatchObject({ outcome: 'notFound' });
    expect(await adapter.deliver(request('coupon', 'C1'), never)).toMatchObject({ outcome: 'rejected', reason: 'couponByHand' });
    expect(await adapter.deliver(request('coupon', 'C2'), never)).toMatchObject({ outcome: 'notFound' });
    const rows = await adapter.probe(never);
    expect(rows.map(({ level }) => level)).not.toContain('fail');
    cloud.faults.lacks.add('Guests: info');
    expect((await adapter.probe(never)).map(({ text }) => text).join()).toContain('Guests: info');
    cloud.faults.forgetCommands = true;
    await adapter.probe(never);
    expect(problems()).toEqual([]);
  });

  it('everything else that the simulator answers', async () => {
    const { logins } = cloud.tokens;
    const [organization] = cloud.world.organizations;
    const [group] = cloud.world.terminalGroups;
    const guest = cloud.world.addGuest({ phone: '+79990001122', cardNumber: '1', cardTrack: '2' });
    const { token } = (await post('/api/v2/access_token', { appId: logins.appId, clientSecret: logins.clientSecret, apiKey: logins.apiKey })) as { token: string };
    const [organizationId, terminalGroupId] = [organization?.id ?? '', group?.id ?? ''];
    await post('/api/1/terminal_groups/awake', { organizationIds: [organizationId], terminalGroupIds: [terminalGroupId] }, token);
    await post('/api/1/reserve/available_restaurant_sections', { terminalGroupIds: [terminalGroupId] }, token);
    await post('/api/1/loyalty/iiko/customer/card/add', { customerId: guest.id, cardTrack: '3', cardNumber: '4', organizationId }, token);
    for (const [type, value] of Object.entries({ phone: '+79990001122', cardTrack: '3', cardNumber: '4', id: guest.id, email: 'nobody@example.org' })) {
      await post('/api/1/loyalty/iiko/customer/info', { type, [type]: value, organizationId }, token);
    }
    expect(exchanges.slice(-5).map(({ status }) => status)).toEqual([200, 200, 200, 200, 400]);
    await post('/api/1/order/by_id', { organizationIds: [organizationId], orderIds: [], posOrderIds: [] }, token);
    expect(exchanges.at(-1)?.status).toBe(400);
    await post('/api/1/commands/status', { organizationId, correlationId: guest.id }, token);
    expect(exchanges.at(-1)?.status).toBe(410);
    await post('/api/1/organizations', {}, 'no-token');
    expect(exchanges.at(-1)?.status).toBe(401);
    expect(problems()).toEqual([]);
  });

  it('asks for the rights that the contract names', async () => {
    const adapter = await open();
    cloud.world.addGuest({ phone: '+79990001122', cardNumber: '100200300' });
    await adapter.deliver(request('card', '100200300', cloud.world.openOrder().posId), never);
    const groups = new Set(exchanges.map(({ path }) => published.group(path)).filter((name) => name !== undefined));
    expect([...groups].sort()).toEqual(['Commands', 'Data: dictionaries', 'Guests: info', 'Orders: changing', 'Orders: loading data', 'Orders: receiving']);
  });

  async function post(path: string, body: object, token?: string): Promise<unknown> {
    const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${cloud.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  }
}
