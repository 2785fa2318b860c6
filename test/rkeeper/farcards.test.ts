import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestShop, universal } from '../support/shop.js';
import { startRestaurant } from './restaurant-process.js';

const SECRET = 'a-secret-of-farcards-0123';
const CODE = universal(1);
const env = { FAR: SECRET };

let shop: TestShop;

beforeEach(() => {
  shop = new TestShop();
  shop.writeConfig({
    readers: [],
    tills: [{ id: 'cards', adapter: 'rkeeper', transport: 'farcards', grants: { card: { discount: 25, bonus: 4 } }, keepReceipts: true }],
    routes: [],
    codes: [{ name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$' }],
    translators: [{ type: 'rule', codes: ['universal'], number: '2{value:4..14}{ean13}' }],
    stations: { listen: '127.0.0.1:0', peers: [{ id: 'farcards', till: 'cards', allow: ['127.0.0.1'], secrets: { token: '${env:FAR}' } }] },
  });
});

afterEach(() => shop.close());

test('a restaurant whose FarCards asks the built daemon: discount, booking, and a reason on the screen when it is gone', async () => {
  const daemon = await shop.run([], env);
  const { body } = await shop.call('GET', '/v1/daemon');
  const restaurant = await startRestaurant('--tls', 'off', '--farcards', `${String(body['stations'])}/s/farcards/${SECRET}`);
  const read = async (data: string): Promise<unknown> => (await restaurant.call('POST', '/read', { station: 1, data }))['reads'];

  const order = await restaurant.openOrder({ station: 1 });
  await restaurant.call('POST', '/orders/dish', { order });
  expect(await read(CODE)).toEqual([{ scope: 'Interface', done: true, text: '' }]);
  expect(await restaurant.order(order)).toMatchObject({ guestCards: [CODE], discountCards: [CODE], sum: 35_100 });
  expect(await read('2000000099999')).toEqual([{ scope: 'Interface', done: false, text: expect.any(String) as unknown }]);
  expect(await restaurant.call('POST', '/orders/pay', { order })).toMatchObject({ finished: true });

  // through the cash server's XML interface the same card system decides
  const saved = await restaurant.openOrder();
  const apply = async (card: string): Promise<string> => {
    const command = `<RK7Query><RK7CMD CMD="ApplyPersonalCard" CardCode="${card}"><Order guid="${saved}"/><Station code="1"/><Interface id="1010"/></RK7CMD></RK7Query>`;
    const headers = { authorization: `Basic ${Buffer.from('tillbridge:secret').toString('base64')}`, 'content-type': 'text/xml' };
    return (await fetch(`${restaurant.url}/rk7api/v0/xmlinterface.xml`, { method: 'POST', body: command, headers })).text();
  };
  expect(await apply('2000000099999')).toContain('RK7ErrorN="3813"');
  expect(await apply(CODE)).toContain('Status="Ok"');
  expect((await restaurant.order(saved)).guestCards).toEqual([CODE]);

  await daemon.stop();
  const late = await restaurant.openOrder({ station: 1 });
  expect(await read(CODE)).toEqual([{ scope: 'Interface', done: false, text: 'Processing server connect error' }]);
  expect((await restaurant.order(late)).guestCards).toEqual([]);
  expect(daemon.stdout() + daemon.stderr()).not.toContain(CODE);
}, 120_000);
