import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../virtual-clock.js';
import { noFaults, type RkeeperFaults } from '../faults.js';
import { standardAlgorithms } from '../mcr.js';
import { Restaurant, type Order } from '../restaurant.js';
import { SimulatedStation } from './station.js';

const CARD = '2000000012345';

let clock: VirtualClock;
let restaurant: Restaurant;
let faults: RkeeperFaults;
let station: SimulatedStation;
let order: Order;

beforeEach(() => {
  clock = new VirtualClock();
  restaurant = new Restaurant({ clock });
  faults = noFaults();
  const { CASHES, EMPLOYEES, DEVICES, TABLES } = restaurant.books;
  station = new SimulatedStation({ clock, restaurant, faults, station: CASHES[0]!, operator: EMPLOYEES[0]!, algorithms: standardAlgorithms(DEVICES[0]!, DEVICES[1]!) });
  restaurant.cards.set(CARD, { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
  restaurant.cards.set('12345', { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
  order = restaurant.openOrder(TABLES[0]!, EMPLOYEES[0]!);
});

afterEach(() => station.close());

const cards = (of = order): readonly string[] => of.guests.map(({ card }) => card).filter((card) => card !== '');

test.each([
  ['a barcode by COM port', 'BarCode', `${CARD}\r`, CARD],
  ['the same with LF', 'BarCode', `${CARD}\r\n`, CARD],
  ['track 2 with its prefix', 'MagneticCard', ';778=000012885=12345?\r', '12345'],
] as const)('%s puts the card on the order on the screen', async (_name, device, bytes, card) => {
  station.open(order);
  const port = station.port(device);
  for (const byte of Buffer.from(bytes)) port.write(Uint8Array.of(byte));
  await station.idle();
  expect(cards()).toEqual([card]);
  expect(order.discounts.map((line) => line.card)).toEqual([card]);
});

test('keystrokes count when Enter is pressed', async () => {
  station.open(order);
  const keyboard = station.port('Keyboard');
  keyboard.keys(CARD);
  await station.idle();
  expect(cards()).toEqual([]);
  keyboard.keys('\n');
  await station.idle();
  expect(cards()).toEqual([CARD]);
});

test('without an open order the cashier is told, and no order gets the card', async () => {
  const [read] = await station.read(CARD, 'BarCode');
  expect(read).toMatchObject({ scope: 'Interface', done: false });
  expect(station.screen).toEqual(['Нет открытого заказа']);
  expect(cards()).toEqual([]);
});

test("a dish's barcode adds the dish, and the sum with it; a loyalty number never does", async () => {
  station.open(order);
  await station.read('4601234567893', 'BarCode');
  expect(order.dishes.map(({ item }) => item.name)).toEqual(['Сок 0,2']);
  expect(order.sum).toBe(15_000);
  await station.read(CARD, 'BarCode');
  expect(order.dishes).toHaveLength(1);
  expect([order.discountSum, order.sum]).toEqual([1500, 13_500]);
});

test('four digits are a staff card, and noise is nothing', async () => {
  station.open(order);
  expect((await station.read('1234', 'BarCode')).map(({ scope }) => scope)).toEqual(['Employee']);
  expect((await station.read('noise', 'BarCode')).map(({ scope }) => scope)).toEqual([undefined]);
  const port = station.port('BarCode');
  port.write(Buffer.alloc(5000, 0x32));
  port.write(Buffer.from('\r'));
  await station.idle();
  expect(cards()).toEqual([]);
  expect(station.screen).toEqual(['Сотрудник', 'Код не распознан']);
});

test('a coupon needs its own mask, and an algorithm with a device identifier its own reader', async () => {
  station.open(order);
  const { DEVICES, CASHES, EMPLOYEES } = restaurant.books;
  restaurant.cards.set('777000111', { holder: '', discount: 26, bonus: 0, amount: 0, blocked: false });
  expect((await station.read('777000111', 'BarCode')).map(({ object }) => object?.ident)).toEqual([1011]);
  const own = new SimulatedStation({ clock, restaurant, faults, station: CASHES[0]!, operator: EMPLOYEES[0]!, algorithms: [{ name: 'ours', devices: ['BarCode'], deviceId: 7, match: { prefix: 'TB' }, scope: 'Interface', object: DEVICES[0]! }] });
  expect((await own.read(`TB${CARD}`, 'BarCode', 1)).map(({ scope }) => scope)).toEqual([undefined]);
  expect((await own.read(`TB${CARD}`, 'BarCode', 7)).map(({ parameter }) => parameter)).toEqual([CARD]);
});

test('refusals leave the order as it was and are shown', async () => {
  station.open(order);
  await station.read('2000000099999', 'BarCode');
  faults.cardSystemDown = true;
  await station.read(CARD, 'BarCode');
  expect(cards()).toEqual([]);
  expect(station.screen).toEqual([expect.stringContaining('Пользователь не найден'), 'Ошибка отправки данных на PDS карты']);
});

test('two stations cannot have the same order; the lock lingers after the first has left it', async () => {
  const { CASHES, EMPLOYEES, DEVICES } = restaurant.books;
  const bar = new SimulatedStation({ clock, restaurant, faults, station: CASHES[1]!, operator: EMPLOYEES[1]!, algorithms: standardAlgorithms(DEVICES[0]!, DEVICES[1]!) });
  station.open(order);
  expect(bar.open(order)).toBe(false);
  station.leave();
  expect(bar.open(order)).toBe(false);
  await clock.advance(4000);
  expect(bar.open(order)).toBe(true);
});

test('a form script pulls with a plain GET and performs the algorithm; answers count as windows-1251', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${String(request.method)} ${String(request.url)}`);
    response.writeHead(request.url === '/no' ? 503 : 200).end(request.url === '/ru' ? Buffer.from([0xc4, 0xe0]) : CARD);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    station.open(order);
    const script = station.script();
    expect(await script.httpGet(`${base}/ru`)).toEqual({ code: 0, value: 'Да' });
    expect(await script.httpGet(`${base}/no`)).toEqual({ code: 503, value: '' });
    expect((await script.httpGet('http://127.0.0.1:1/')).code).not.toBe(0);
    const { value } = await script.httpGet(`${base}/next`);
    expect((await script.performMcrAlgorith(value, 0)).map(({ done }) => done)).toEqual([true]);
    expect(cards()).toEqual([CARD]);
    expect(seen).toEqual(['GET /ru', 'GET /no', 'GET /next']);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
