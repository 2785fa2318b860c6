import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningChild } from '../support/child.js';
import { numberOf, TestShop, universal } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';
import { RestaurantProcess } from './restaurant-process.js';

const env = { PLUGIN: 'a-secret-of-the-till-0123', HALL: 'a-secret-of-the-hall-0123', POS_PASSWORD: 'secret' };
const EXPIRE_MS = 4000;
const PHONE = '9991234567';

let restaurant: RestaurantProcess;
let shop: TestShop;
let daemon: RunningChild;
let api = '';
let stations = '';
let codes = 0;
let order = '';

/** A code and its number that nobody has used. */
function card(): { readonly code: string; readonly number: string } {
  codes += 1;
  const code = universal(codes);
  return { code, number: numberOf(code) };
}

async function runDaemon(): Promise<void> {
  daemon = shop.start([], env);
  [, api = ''] = await daemon.waitForLine(/^READY pid=\d+ api=(http:\/\/127\.0\.0\.1:\d+)$/, 60_000);
  // the same ports after a restart: the plugins know them
  stations = (await shop.call('GET', '/v1/daemon')).body['stations'] as string;
  shop.writeConfig({ api: { port: Number(new URL(api).port) }, ...stationsAt(Number(new URL(stations).port)) });
}

const stationsAt = (port: number): object => ({ stations: { listen: `127.0.0.1:${String(port)}`, peers: [{ id: 'hall', till: 'hall', allow: ['127.0.0.1'], secrets: { token: '${env:HALL}' } }] } });
const connect = (terminal: string, url: string, secret: string): Promise<unknown> => restaurant.call('POST', '/plugins', { terminal, url, secret });
const healthy = (till: string): Promise<unknown> => shop.partUntil('tills', till, ({ health }) => health === 'healthy', 60_000);

async function scan(code: string, reader = 'counter', kind?: string): Promise<{ readonly outcome: string; readonly reason?: string; readonly evidence?: string }> {
  const { body } = await shop.call('POST', '/v1/scans?wait=1', { code, reader, ...(kind === undefined ? {} : { kind }) });
  return body as { outcome: string };
}

beforeAll(async () => {
  shop = new TestShop();
  restaurant = await RestaurantProcess.start('--terminals', '2', '--port', shop.path('till-device'));
  const front = {
    ...{ id: 'front', adapter: 'iiko', transport: 'front', secrets: { token: '${env:PLUGIN}' }, expireMs: EXPIRE_MS, duplicateMs: 0 },
    nativeIdentifier: { card: 'rmsDiscountCard', coupon: 'iikoCardCoupon', phone: 'iikoCardPhone' },
    posServer: { url: restaurant.pos, user: 'pos', secrets: { password: '${env:POS_PASSWORD}' } },
  };
  const hall = { id: 'hall', adapter: 'iiko', transport: 'front', nativeIdentifier: { card: 'guestCardNumber', coupon: 'iikoCardCoupon', phone: 'guestPhone' }, duplicateMs: 0 };
  const device = {
    ...{ id: 'device', adapter: 'iiko', transport: 'device', device: { adapter: 'virtual-com', transport: 'pty', link: shop.path('till-device') }, track2: true, suffix: 'CR', duplicateMs: 0 },
    nativeIdentifier: { card: 'rmsDiscountCard', coupon: 'iikoCardCoupon', phone: 'iikoCardPhone' },
  };
  shop.writeConfig({
    readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }, { id: 'waiter', type: 'tcp', listen: '127.0.0.1:0' }, { id: 'third', type: 'tcp', listen: '127.0.0.1:0' }, { id: 'own', type: 'till', till: 'front' }],
    tills: [front, hall, device],
    routes: [{ readers: ['counter', 'own'], till: 'front', goods: 'none' }, { readers: ['waiter'], till: 'hall', goods: 'none' }, { readers: ['third'], till: 'device' }],
    translators: [{ type: 'rule', codes: ['universal'], number: '2{value:4..14}{ean13}' }, { type: 'rule', codes: ['coupon'], number: '55{value}' }, { type: 'rule', codes: ['phone'], number: '{value}' }],
    api: { port: 0 },
    ...stationsAt(0),
  });
  await runDaemon();
  await connect('CASH-1', `${api}/iiko/v1`, env.PLUGIN);
  await connect('CASH-2', `${stations}/s/hall`, env.HALL);
  await healthy('front');
  await healthy('hall');
}, 180_000);

afterAll(async () => {
  await shop.close();
  await restaurant.stop();
});

beforeEach(async () => {
  await restaurant.call('PUT', '/faults', {});
  order = await restaurant.openOrder();
});

afterEach(async () => {
  await restaurant.call('POST', '/screen', { screen: 'lock' });
});

/** What a scan ends with that came before the daemon had heard of the order on the screen: it knew none, or the one before. */
const EARLY: readonly (readonly [outcome: string, reason: string])[] = [['rejected', 'wrongScreen'], ['rejected', 'noOrder'], ['expired', 'orderChanged']];

/** Scans until the daemon knows the order: what the plugin tells of its screen is on its way. */
async function applied(code: string, reader = 'counter', kind?: string): Promise<unknown> {
  return waitFor('the number to be applied', async () => {
    const result = await scan(code, reader, kind);
    return EARLY.some(([outcome, reason]) => result.outcome === outcome && result.reason === reason) ? undefined : result;
  });
}

describe('a number comes onto the order that is on the screen', () => {
  test('a discount card, a coupon, a guest of iikoCard by the POS server; numbers are in no log', async () => {
    const { code, number } = card();
    await restaurant.call('PUT', '/cards', { card: number });
    await restaurant.call('PUT', '/guests', { phone: `+7${PHONE}`, cardNumber: '1122334455' });
    expect(await applied(code)).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCard' });
    expect(await scan(code)).toMatchObject({ outcome: 'alreadyApplied' });
    expect(await scan('CPN000017')).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCoupon' });
    expect(await scan(`+7${PHONE}`)).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(await restaurant.order(order)).toMatchObject({ discountCards: [number], coupons: [{ number: '55000017' }], customers: [expect.any(String)] });
    expect(daemon.stdout() + daemon.stderr()).not.toMatch(new RegExp(`${number}|${code}|${PHONE}|1122334455`));
  });

  test("iikoFront's own scanner: ours goes to the order, a product stays iikoFront's, an unknown one is told to the cashier", async () => {
    const { code, number } = card();
    await restaurant.call('PUT', '/cards', { card: number });
    await restaurant.call('PUT', '/readers', { reader: 'scanner', type: 'scanner' });
    await restaurant.call('PUT', '/wrapping', { wrap: 'barcodeClass' });
    await waitFor('the code to be taken', async () => (await restaurant.call<{ takenBy: string }>('POST', '/read', { data: code })).takenBy === 'plugin' || undefined);
    await waitFor('the card to be there', async () => (await restaurant.order(order)).discountCards.includes(number) || undefined);
    expect(await restaurant.call('POST', '/read', { data: '4601234567893' })).toMatchObject({ takenBy: 'product' });
    expect(await restaurant.call('POST', '/read', { data: 'nothing of ours' })).toMatchObject({ takenBy: 'nobody' });
    expect(await restaurant.call('POST', '/read', { data: card().code })).toMatchObject({ takenBy: 'plugin' });
    await waitFor('the cashier to be told', async () => JSON.stringify(await restaurant.call('GET', '/messages')).includes('арт') || undefined);
  });

  test('another terminal through the stations listener: a guest whom the directory has, not one of this minute', async () => {
    await restaurant.openOrder('CASH-2');
    const { code, number } = card();
    await restaurant.call('PUT', '/guests', { phone: '+79990000001', cardNumber: number });
    expect(await applied(code, 'waiter')).toMatchObject({ outcome: 'notFound' });
  });
});

describe('what goes wrong has its name, and the order stays as it is', () => {
  test.each([
    ['the order is closed meanwhile', { front: { closedMeanwhile: 1 } }, 'rejected', 'orderClosed'],
    ['somebody else edits it', { front: { entityInUse: 1 } }, 'rejected', 'inUse'],
    ['it changes again and again', { front: { wrongRevision: 2 } }, 'rejected', 'modified'],
    ['a right is missing', { front: { permissionDenied: true } }, 'rejected', 'permission'],
    ['the licence is missing', { front: { licence: true } }, 'rejected', 'licence'],
    ['iikoFront says yes and does nothing', { front: { ignoreEdits: true } }, 'failed', 'noEffect'],
    ['iikoFront fails', { front: { hostError: 1 } }, 'failed', 'hostError'],
  ])('%s', async (_name, faults, outcome, reason) => {
    const { code, number } = card();
    await restaurant.call('PUT', '/cards', { card: number });
    await restaurant.call('PUT', '/faults', faults);
    expect(await applied(code)).toMatchObject({ outcome, reason });
    expect((await restaurant.order(order)).discountCards).toEqual([]);
  });

  test('a card that nobody knows; the wrong screen', async () => {
    expect(await applied(card().code)).toMatchObject({ outcome: 'notFound' });
    await restaurant.call('POST', '/screen', { screen: 'deliveryEdit' });
    await waitFor('the screen to be known', async () => (await scan(card().code)).reason === 'wrongScreen' || undefined);
  });

  test('a busy screen: the card is over before it is free, and is not put on later', async () => {
    const { code, number } = card();
    await restaurant.call('PUT', '/cards', { card: number });
    await restaurant.call('POST', '/busy', { busy: true });
    expect(await applied(code)).toMatchObject({ outcome: 'expired' });
    await restaurant.call('POST', '/busy', { busy: false });
    const next = card();
    await restaurant.call('PUT', '/cards', { card: next.number });
    expect(await applied(next.code)).toMatchObject({ outcome: 'applied' });
    expect((await restaurant.order(order)).discountCards).toEqual([next.number]);
  });

  test.each([
    ['says yes and does nothing', { ignoreAuthorize: true }, 'failed', 'noEffect'],
    ['does not know the guest', { offline: true }, 'notFound', undefined],
    ['is down behind a proxy: it may have got the request', { status: 502 }, 'unknown', expect.stringMatching(/^posServer/) as unknown],
  ] satisfies [string, object, string, unknown][])('the POS server %s', async (_name, pos, outcome, reason) => {
    codes += 1;
    const phone = `999000${String(codes).padStart(4, '0')}`;
    await restaurant.call('PUT', '/guests', { phone: `+7${phone}`, cardNumber: `88${String(codes)}` });
    await restaurant.call('PUT', '/faults', { pos });
    expect(await applied(`+7${phone}`)).toMatchObject({ outcome, ...(reason === undefined ? {} : { reason }) });
    expect((await restaurant.order(order)).customers).toEqual([]);
  });

  test('the POS server did its work, and its answer is a page of a proxy: the order decides', async () => {
    await restaurant.call('PUT', '/guests', { phone: '+79995550001', cardNumber: '8800' });
    await restaurant.call('PUT', '/faults', { pos: { answer: 'html' } });
    expect(await applied('+79995550001')).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
  });
});

test('as a reader: digits between sentinels, evenly, and iikoFront takes them for a card', async () => {
  const { code, number } = card();
  await restaurant.call('PUT', '/cards', { card: number });
  await waitFor('the number to be read', async () => (await scan(code, 'third')).evidence === 'read' || undefined);
  const { reads } = await restaurant.call<{ reads: readonly unknown[] }>('GET', '/typed');
  expect(reads).toContainEqual(expect.objectContaining({ text: `;${number}?`, startSentinel: ';', endSentinel: '?', branch: 'card', problems: [] }));
  await waitFor('iikoFront to take the card', async () => (await restaurant.order(order)).discountCards.includes(number) || undefined);
});

describe('plugins come and go', () => {
  test('the daemon is killed while the plugin waits: it comes back, and the next card lands', async () => {
    await daemon.kill();
    await runDaemon();
    await healthy('front');
    const { code, number } = card();
    await restaurant.call('PUT', '/cards', { card: number });
    expect(await applied(code)).toMatchObject({ outcome: 'applied' });
    expect((await restaurant.order(order)).discountCards).toEqual([number]);
  }, 120_000);

  test('an old secret, and a second plugin on the same till: both are told so, doctor too, and the first goes on', async () => {
    await connect('CASH-2', `${api}/iiko/v1`, 'a-secret-of-last-year-99');
    await waitFor('the old secret to be refused', async () => (await restaurant.refusals('CASH-2')).includes('TB_API_UNAUTHORIZED') || undefined);
    await connect('CASH-2', `${api}/iiko/v1`, env.PLUGIN);
    await waitFor('the second plugin to be refused', async () => (await restaurant.refusals('CASH-2')).includes('TB_TILL_IIKO_TWO_PLUGINS') || undefined);
    const { rows } = await shop.json<{ rows: { level: string; id: string; text: string }[] }>(['doctor'], { env });
    expect(rows.filter(({ id, level }) => id.startsWith('till.front') && level !== 'ok').map(({ text }) => text).join('\n')).toMatch(/Касса|CASH/);
    const { code, number } = card();
    await restaurant.call('PUT', '/cards', { card: number });
    expect(await applied(code)).toMatchObject({ outcome: 'applied' });
    await restaurant.call('DELETE', '/plugins', { terminal: 'CASH-2' });
  }, 120_000);
});
