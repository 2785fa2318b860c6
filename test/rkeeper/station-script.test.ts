import { readFileSync } from 'node:fs';
import { systemClock } from '@tillbridge/core';
import { noFaults, Restaurant, SimulatedStation, standardAlgorithms, type Order } from '@tillbridge/testkit/rkeeper';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { numberOf, TestShop, universal } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';
import { PascalScript } from './pascal/run.js';

const SCRIPT = readFileSync(new URL('../../packages/adapter-rkeeper/station-script/tillbridge.pas', import.meta.url), 'utf8');
const SECRET = 'a-secret-of-the-hall-0123';
const CODE = universal(1);

let restaurant: Restaurant;
let station: SimulatedStation;
let order: Order;

beforeEach(() => {
  restaurant = new Restaurant({ clock: systemClock });
  const { CASHES, EMPLOYEES, DEVICES, TABLES } = restaurant.books;
  // device 1 is what the script says its data come from
  const algorithms = standardAlgorithms(DEVICES[0]!, DEVICES[1]!).map((algorithm) => ({ ...algorithm, deviceId: 1 }));
  station = new SimulatedStation({ clock: systemClock, restaurant, faults: noFaults(), station: CASHES[0]!, operator: EMPLOYEES[0]!, algorithms });
  order = restaurant.openOrder(TABLES[0]!, EMPLOYEES[0]!);
  station.open(order);
  restaurant.cards.set(numberOf(CODE), { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
});

afterEach(() => station.close());

/** The script as shipped, at the station, its constants as a dealer fills them in. `lose`: GETs that never arrive. */
function install(address: string, lose: (url: string) => boolean = () => false): { readonly press: () => Promise<void>; readonly urls: string[] } {
  const host = station.script();
  const urls: string[] = [];
  const script = new PascalScript(SCRIPT.replace(/TillbridgeAddress = '[^']*'/, `TillbridgeAddress = '${address}'`), {
    HttpGet: async (url, value) => {
      urls.push(String(url.value).replace(address, ''));
      if (lose(String(url.value))) return 12_002;
      const answer = await host.httpGet(String(url.value));
      value.value = answer.value;
      return answer.code;
    },
    PerformMcrAlgorith: async (data, device) => {
      await host.performMcrAlgorith(String(data.value), Number(device.value));
      return undefined;
    },
  });
  return { press: () => script.call('TillbridgeScan'), urls };
}

const cards = (): readonly string[] => order.guests.map(({ card }) => card).filter((card) => card !== '');

describe('the script that is shipped, at a station, against the built daemon', () => {
  let shop: TestShop;
  let address: string;

  beforeEach(async () => {
    shop = new TestShop();
    shop.writeConfig({
      readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }],
      tills: [{ id: 'front', adapter: 'rkeeper', transport: 'station-script' }],
      routes: [{ readers: ['counter'], till: 'front', goods: 'none' }],
      stations: { listen: '127.0.0.1:0', peers: [{ id: 'hall', till: 'front', allow: ['127.0.0.1'], secrets: { token: '${env:HALL}' } }] },
    });
    await shop.run([], { HALL: SECRET });
    const { body } = await shop.call('GET', '/v1/daemon');
    address = `${String(body['stations'])}/s/hall/${SECRET}`;
  });

  afterEach(() => shop.close());

  const scan = async (): Promise<Record<string, unknown>> => JSON.parse((await shop.cli(['scan', CODE, '--wait', '--json'], { env: { HALL: SECRET }, timeoutMs: 60_000 })).stdout) as Record<string, unknown>;

  test('nothing scanned: nothing is performed', async () => {
    const { press, urls } = install(address);
    await press();
    expect(urls).toEqual(['/next?form=text']);
    expect([cards(), station.screen]).toEqual([[], []]);
  });

  test('the button brings the number onto the order on the screen, and says so', async () => {
    const { press } = install(address);
    const outcome = scan();
    await waitFor('the card', async () => {
      await press();
      return cards().length > 0;
    }, 30_000);
    expect(cards()).toEqual([numberOf(CODE)]);
    expect(await outcome).toMatchObject({ outcome: 'sent' });
  });

  test('a report that is lost does not put the card there twice', async () => {
    let lost = 0;
    const { press } = install(address, (url) => url.includes('/result?') && (lost += 1) <= 1);
    let performed = 0;
    const read = station.read.bind(station);
    station.read = (...args) => {
      performed += 1;
      return read(...args);
    };
    const outcome = scan();
    await waitFor('the card', async () => {
      await press();
      return cards().length > 0;
    }, 30_000);
    // the same lease again: reported, not performed
    await press();
    expect(performed).toBe(1);
    expect(lost).toBe(2);
    expect(await outcome).toMatchObject({ outcome: 'sent' });
  });

  test('a wrong secret performs nothing', async () => {
    const { press } = install(address.replace(SECRET, 'another-secret-0123456789'));
    await press();
    expect([cards(), station.screen]).toEqual([[], []]);
  });
});
