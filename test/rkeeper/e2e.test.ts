import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { numberOf, TestShop, universal, type ConfigObject } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';
import { startRestaurant, type RestaurantProcess } from './restaurant-process.js';

const env = { RK_PASSWORD: 'secret' };
const CODE = universal(1);

let shop: TestShop;

beforeEach(() => {
  shop = new TestShop();
});

afterEach(() => shop.close());

const hall = (url: string, more: ConfigObject = {}): ConfigObject => ({
  ...{ id: 'hall', adapter: 'rkeeper', transport: 'xml', url, user: 'tillbridge', secrets: { password: '${env:RK_PASSWORD}' } },
  ...{ station: { code: 1 }, interface: { card: { id: 1010 }, coupon: { code: 2 } }, order: 'station', sample: { number: '2000000012345' } },
  ...more,
});

/** A till in the hall through the cash server, with a network scanner. */
function configure(restaurant: RestaurantProcess, more: ConfigObject = {}): void {
  shop.writeConfig({ readers: [{ id: 'waiter', type: 'tcp', listen: '127.0.0.1:0' }], tills: [hall(restaurant.url, more)], routes: [{ readers: ['waiter'], till: 'hall', goods: 'none' }] });
}

const scan = async (code: string, ...args: string[]): Promise<{ readonly code: number | null; readonly body: Record<string, unknown> }> => {
  const done = await shop.cli(['scan', code, '--wait', '--json', ...args], { env, timeoutMs: 90_000 });
  return { code: done.code, body: JSON.parse(done.stdout === '' ? done.stderr : done.stdout) as Record<string, unknown> };
};

/** The configuration speaks of a password in the environment: every command needs it. */
const run = () => shop.run([], env);

test('a card lands on the order of the station once the cashier has left it; scan --wait waits, the journal has it masked', async () => {
  const restaurant = await startRestaurant();
  await restaurant.call('PUT', '/cards', { card: numberOf(CODE) });
  const order = await restaurant.openOrder({ table: 7, station: 1 });
  const other = await restaurant.openOrder({ table: 8, station: 2 });
  configure(restaurant);
  await run();
  const waiting = scan(CODE);
  await waitFor('the till to look at the order list', async () => ((await restaurant.call('GET', '/log'))['commands'] as string[]).includes('GetOrderList2') || undefined, 30_000);
  expect((await restaurant.order(order)).guestCards).toEqual([]);
  await restaurant.call('POST', '/orders/leave', { station: 1 });
  expect(await waiting).toMatchObject({ code: 0, body: { outcome: 'applied', evidence: 'orderShowsCard' } });
  expect(await restaurant.order(order)).toMatchObject({ guestCards: [numberOf(CODE)], discountCards: [numberOf(CODE)] });
  expect((await restaurant.order(other)).guestCards).toEqual([]);
  const { stdout } = await shop.cli(['journal', '--json'], { env });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ till: 'hall', kind: 'card', outcome: 'applied' });
  expect(stdout).not.toContain(numberOf(CODE));
}, 120_000);

test('refusals end with exit 1 and a reason; the daemon survives what the server does', async () => {
  const restaurant = await startRestaurant('--tls', 'off');
  configure(restaurant, { order: 'onlyOpen', duplicateMs: 0 });
  const daemon = await run();
  expect(await scan(CODE)).toMatchObject({ code: 1, body: { outcome: 'rejected', reason: 'noOrder' } });
  const order = await restaurant.openOrder();
  expect(await scan(CODE)).toMatchObject({ code: 1, body: { outcome: 'rejected', reason: 'cardRefused' } });
  await restaurant.call('PUT', '/cards', { card: numberOf(CODE) });
  for (const [faults, outcome, reason] of [
    [{ cardSystemDown: true }, 'unavailable', 'cardSystemDown'],
    [{ answer: 'hostileError' }, 'failed', 'serverError'],
    [{ answer: 'doctype' }, 'failed', 'badAnswer'],
    [{ answer: 'huge' }, 'failed', 'badAnswer'],
  ] as const) {
    await restaurant.call('PUT', '/faults', faults);
    expect(await scan(CODE)).toMatchObject({ code: 1, body: { outcome, reason } });
  }
  await restaurant.call('PUT', '/faults', { dropAfterWork: 1 });
  // it was done and not answered: verified, not repeated
  const dropped = await scan(CODE);
  expect(['applied', 'unknown']).toContain(dropped.body['outcome']);
  expect((await restaurant.order(order)).guestCards).toEqual([numberOf(CODE)]);
  await restaurant.call('PUT', '/faults', {});
  expect(await scan(CODE)).toMatchObject({ body: { outcome: 'alreadyApplied' } });
  expect(daemon.stderr() + daemon.stdout()).not.toMatch(new RegExp(`${numberOf(CODE)}|4000123412341234`));
}, 180_000);

test('a cash server that stays silent: the scan ends with the budget of the query', async () => {
  const restaurant = await startRestaurant('--tls', 'off');
  await restaurant.openOrder();
  configure(restaurant, { order: 'onlyOpen', readTimeoutMs: 1000, timeoutMs: 1000 });
  await run();
  await restaurant.call('PUT', '/faults', { silent: true });
  expect(await scan(CODE)).toMatchObject({ code: 1, body: { outcome: 'failed', reason: 'timeout' } });
}, 90_000);

describe('doctor', () => {
  interface Row { readonly level: string; readonly id: string; readonly text: string }
  const rows = async (): Promise<{ readonly code: number | null; readonly rows: readonly string[] }> => {
    const { code, stdout } = await shop.cli(['doctor', '--json'], { env, timeoutMs: 60_000 });
    return { code, rows: (JSON.parse(stdout) as { rows: Row[] }).rows.filter(({ id }) => id.includes('hall')).map(({ level, text }) => `${level} ${text}`) };
  };

  test('everything that decides whether cards will land, and nothing pinned by looking', async () => {
    const restaurant = await startRestaurant();
    configure(restaurant, { cashier: { code: 18 } });
    expect(await rows()).toEqual({
      code: 0,
      rows: [
        expect.stringMatching(/^ok the cash server at 127\.0\.0\.1:\d+ answers this user, version 7\.26\.8\.2001, restaurant 199999999$/),
        'ok the server lists every command that is needed',
        'ok the server takes commands that change orders from this user; whether the cashier may apply cards shows only with a card',
        'ok station: Касса 1 (15004)',
        'ok interface.card: PDS карты (1010)',
        'ok interface.coupon: PDS купоны (1011)',
        'ok cashier: Иванова А. (1000018)',
        'ok the sample number is taken for a card of our interface',
        'ok the card system behind PDS карты answers',
      ],
    });
  }, 90_000);

  test('a plain connection, a wrong station, a sample that is a dish', async () => {
    const restaurant = await startRestaurant('--tls', 'off');
    configure(restaurant, { sample: { number: '4601234567893' } });
    const plain = await rows();
    expect(plain.code).toBe(1);
    expect(plain.rows[0]).toMatch(/^warn .*unencrypted/);
    expect(plain.rows).toContain('fail the sample number is taken for: Menu Item Barcode');
    configure(restaurant, { station: { code: 99 } });
    expect((await rows()).rows.some((row) => /^fail .*station/.test(row))).toBe(true);
    configure(restaurant, { user: 'кассир' });
    expect((await rows()).rows.some((row) => row.startsWith('fail ') && row.includes('does not accept the user name'))).toBe(true);
  }, 120_000);

  test('TLS 1.0: fails in words that name `legacy`, and works with it', async () => {
    const restaurant = await startRestaurant('--tls', 'tls10');
    configure(restaurant);
    const { code, stdout } = await shop.cli(['doctor'], { env, timeoutMs: 60_000 });
    expect([code, stdout.includes('legacy: true')]).toEqual([1, true]);
    configure(restaurant, { tls: { legacy: true } });
    expect((await rows()).code).toBe(0);
  }, 120_000);
});

// pseudo-terminals: the station opens the daemon's port as its scanner's
const linux = process.platform === 'linux' ? describe : describe.skip;

linux('the station reads us as its scanner', () => {
  test('a card goes on the order on the screen, a dish is sold as ever, and neither takes the other for itself', async () => {
    const restaurant = await startRestaurant('--port', shop.path('till-front'));
    await restaurant.call('PUT', '/cards', { card: numberOf(CODE) });
    const order = await restaurant.openOrder({ station: 1 });
    shop.writeConfig({
      tills: [{ id: 'front', adapter: 'rkeeper', transport: 'device', device: { adapter: 'virtual-com', transport: 'pty', link: shop.path('till-front') }, template: { card: '{number}\r' } }],
    });
    const scanner = await shop.scanner();
    await shop.run();
    await shop.partUntil('tills', 'front', ({ status }) => status === 'ready');
    await scanner.send('4601234567893\r');
    await waitFor('the dish', async () => (await restaurant.order(order)).dishes === 1 || undefined, 30_000);
    // `sent` needs the station to have the port open: it looks for it twice a second
    await waitFor('the card', async () => {
      const { stdout } = await shop.cli(['scan', CODE, '--wait', '--json']);
      return (JSON.parse(stdout) as { outcome?: string }).outcome === 'sent' || undefined;
    }, 60_000);
    await waitFor('the card on the order', async () => (await restaurant.order(order)).guestCards.length === 1 || undefined, 30_000);
    expect(await restaurant.order(order)).toMatchObject({ guestCards: [numberOf(CODE)], dishes: 1, lockedBy: 1 });
  }, 120_000);
});
