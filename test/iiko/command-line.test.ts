import { afterEach, beforeEach, expect, test } from 'vitest';
import { numberOf, TestShop, universal } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';
import { RestaurantProcess } from './restaurant-process.js';

const env = { PLUGIN: 'a-secret-of-the-till-0123' };
const CODE = universal(7);

let shop: TestShop;
let restaurant: RestaurantProcess | undefined;

beforeEach(() => {
  shop = new TestShop();
});

afterEach(async () => {
  await shop.close();
  await restaurant?.stop();
});

interface Rows {
  readonly ok: boolean;
  readonly rows: readonly { readonly level: string; readonly id: string; readonly text: string }[];
}

test('an integrator at the command line: run, sim, scan --wait, journal, doctor, stop while the plugin waits', async () => {
  const data = shop.path('CashServer');
  shop.write('CashServer/readerDevicesConfig.xml', '<devices><device type="Msr"/></devices>');
  shop.writeConfig({
    readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }, { id: 'own', type: 'till', till: 'front' }],
    tills: [{ id: 'front', adapter: 'iiko', transport: 'front', secrets: { token: '${env:PLUGIN}' }, nativeIdentifier: { card: 'rmsDiscountCard', coupon: 'iikoCardCoupon', phone: 'iikoCardPhone' }, dataFolder: data, duplicateMs: 0 }],
    routes: [{ readers: ['counter'], till: 'front', goods: 'none' }],
    api: { port: 0 },
  });
  const before = await shop.json<Rows>(['doctor'], { env });
  expect(before.rows.filter(({ id }) => id.startsWith('till.front')).map(({ level, text }) => `${level} ${text.slice(0, 25)}`)).toEqual(['ok waits for the iikoFront p', expect.stringMatching(/^warn /)]);
  const daemon = shop.start([], env);
  const [, api = ''] = await daemon.waitForLine(/^READY pid=\d+ api=(http:\/\/127\.0\.0\.1:\d+)$/, 60_000);
  const refused = await shop.cli(['scan', CODE, '--wait', '--json'], { env });
  expect([refused.code, JSON.parse(refused.stdout)]).toEqual([1, expect.objectContaining({ outcome: 'failed', reason: 'noPlugin' })]);
  restaurant = await RestaurantProcess.start('--daemon', `${api}/iiko/v1`, '--secret-file', shop.write('secret', `${env.PLUGIN}\n`));
  await shop.partUntil('tills', 'front', ({ health }) => health === 'healthy', 60_000);
  await restaurant.call('PUT', '/cards', { card: numberOf(CODE) });
  const order = await restaurant.openOrder();
  const at = restaurant;
  // what the plugin tells of its screen is on its way
  const applied = await waitFor('the card to be applied', async () => {
    const { code, stdout } = await shop.cli(['scan', CODE, '--wait', '--json'], { env });
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    return answer['reason'] === 'wrongScreen' ? undefined : { code, answer };
  }, 60_000);
  expect(applied).toEqual({ code: 0, answer: expect.objectContaining({ kind: 'card', outcome: 'applied', evidence: 'orderShowsCard' }) as unknown });
  expect((await at.order(order)).discountCards).toEqual([numberOf(CODE)]);
  const { stdout } = await shop.cli(['journal', '--json'], { env });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ till: 'front', outcome: 'applied' });
  expect(stdout).not.toContain(numberOf(CODE));
  const { rows } = await shop.json<Rows>(['doctor'], { env });
  expect(rows.find(({ id }) => id === 'till.front.plugin')).toMatchObject({ level: 'ok', text: expect.stringMatching(/^plugin .* in iikoFront .* heard of \d+ s ago, screen orderEdit$/) as unknown });
  expect(rows.find(({ id }) => id === 'till.front.readers')).toMatchObject({ level: 'warn', text: expect.stringContaining('0 barcode scanner(s) and 1 card reader(s)') as unknown });
  expect((await shop.cli(['stop'], { env })).code).toBe(0);
  expect(await daemon.exited).toMatchObject({ code: 0 });
  expect(daemon.stdout() + daemon.stderr()).not.toMatch(new RegExp(`${CODE}|${numberOf(CODE)}|${env.PLUGIN}`));
}, 180_000);
