import { systemClock } from '@tillbridge/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SimulatedCashServer, XML_PATH } from './cash-server.js';
import { standardAlgorithms } from './mcr.js';
import { SimulatedStation } from './station/station.js';

const CARD = '2000000012345';
const login = `Basic ${Buffer.from('tillbridge:secret').toString('base64')}`;

let server: SimulatedCashServer;

beforeEach(async () => {
  server = await SimulatedCashServer.start({ clock: systemClock });
  server.restaurant.cards.set(CARD, { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
});

afterEach(() => server.close());

async function post(body: string, headers: Record<string, string> = {}, url = server.url): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${url}${XML_PATH}`, { method: 'POST', body, headers: { authorization: login, 'content-type': 'text/xml', ...headers } });
  return { status: response.status, text: await response.text() };
}

const flat = (command: string) => post(`<RK7Query>${command}</RK7Query>`);

function openOrder() {
  const { TABLES, EMPLOYEES } = server.restaurant.books;
  return server.restaurant.openOrder(TABLES[0]!, EMPLOYEES[0]!);
}

const where = (guid: string): string => `<Order guid="${guid}"/><Station code="1"/><Interface id="1010"/>`;
const apply = (guid: string, card = CARD): string => `<RK7CMD CMD="ApplyPersonalCard" CardCode="${card}">${where(guid)}</RK7CMD>`;

test.each([
  ['no login', '<RK7Query/>', { authorization: '' }, 401, ''],
  ['an empty body', '', {}, 200, 'Empty input XML'],
  ['a form', '<RK7Query><RK7CMD CMD="GetSystemInfo"/></RK7Query>', { 'content-type': 'application/x-www-form-urlencoded' }, 200, 'Empty input XML'],
  ['broken XML', '<RK7Query>', {}, 200, 'Query Parse Error'],
  ['a name in the wrong case', '<RK7Query><RK7CMD CMD="getsysteminfo"/></RK7Query>', {}, 200, 'Unknown command getsysteminfo'],
  ['a command of stations', '<RK7Query><RK7CMD CMD="ApplyMCR" data="1" devicetype="BarCode"/></RK7Query>', {}, 200, 'Unknown command ApplyMCR'],
  ['a missing part', '<RK7Query><RK7CMD CMD="ApplyPersonalCard" CardCode="1"/></RK7Query>', {}, 200, 'child element &#34;Order&#34; not found'],
  ['a boolean in words', '<RK7Query><RK7CMD CMD="GetOrderList2" onlyOpened="true"/></RK7Query>', {}, 200, 'Bad integer attribute'],
  ['an unknown object', '<RK7Query><RK7CMD CMD="GetCardInfo" cardCode="1"><Interface id="5"/></RK7CMD></RK7Query>', {}, 200, 'Не найден элемент 5 в коллекции DEVICES'],
] as const)('%s', async (_name, body, headers, status, says) => {
  const answer = await post(body, headers);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(says);
});

test('the second dialect: several commands, a result element each', async () => {
  const { text } = await post('<RK7Query><RK7Command CMD="GetSystemInfo"/><RK7Command2 CMD="Nonsense"/></RK7Query>');
  expect(text).toMatch(/<RK7QueryResult [^>]*Status="Bad Query Parameters"[^>]*><CommandResult CMD="GetSystemInfo"[^>]*Status="Ok"/);
  expect(text).toMatch(/<CommandResult CMD="Nonsense"[^>]*ErrorText="Unknown command Nonsense"/);
});

test('a list that has not changed says so, and a change makes a new version', async () => {
  const order = openOrder();
  const version = /lastversion="(\d+)"/.exec((await flat('<RK7CMD CMD="GetOrderList2" onlyOpened="1"/>')).text)?.[1] ?? '';
  const again = `<RK7CMD CMD="GetOrderList2" onlyOpened="1" lastversion="${version}"/>`;
  expect((await flat(again)).text).toContain('Status="No changes"');
  server.restaurant.touch(order);
  expect((await flat(again)).text).toContain('Status="Ok"');
});

test('a lock needs a time on day zero: a plain one is accepted and does nothing', async () => {
  const order = openOrder();
  const lock = (time: string) => flat(`<RK7CMD CMD="LockOrder" lockTime="${time}" lockguid="{A}"><Order guid="${order.guid}"/></RK7CMD>`);
  expect((await lock('00:01:00')).text).toContain('locked="0"');
  expect((await flat(apply(order.guid))).text).toContain('Status="Ok"');
  expect((await lock('1899-12-30T00:01:00')).text).toContain('locked="1"');
  expect((await flat(apply(order.guid))).text).toContain('RK7ErrorN="2219"');
  expect((await lock('1899-12-30T00:00:00')).text).toContain('locked="0"');
  expect((await flat(apply(order.guid))).text).toContain('Status="Ok"');
});

test('a station that has the order locks it, and is named in the refusal', async () => {
  const order = openOrder();
  const { CASHES, EMPLOYEES } = server.restaurant.books;
  server.restaurant.enter(order, CASHES[1]!, EMPLOYEES[0]!);
  const { text } = await flat(apply(order.guid));
  expect(text).toContain('RK7ErrorN="2219"');
  expect(text).toContain('станция CASH2, оператор 18');
});

test('undo takes the card off, and is Ok without one', async () => {
  const order = openOrder();
  const undo = `<RK7CMD CMD="UndoPersonalCard" cardCode="${CARD}"><Order guid="${order.guid}"/></RK7CMD>`;
  expect((await flat(undo)).text).toContain('Status="Ok"');
  await flat(apply(order.guid));
  expect(order.guests[0]?.card).toBe(CARD);
  await flat(undo);
  expect([order.guests[0]?.card, order.discounts.map(({ state }) => state)]).toEqual(['', [7]]);
  const shown = await flat(`<RK7CMD CMD="GetOrder"><Order guid="${order.guid}"/></RK7CMD>`);
  expect(shown.text).toMatch(/<Discount [^>]*charge_source="pdsCard"[^>]*state="7" deleted="1"/);
});

test('orders: table, guests, licence and its growing number, payment', async () => {
  expect((await flat('<RK7CMD CMD="CreateOrder"><Order/></RK7CMD>')).text).toContain('&#34;Table&#34; not found');
  expect((await flat('<RK7CMD CMD="CreateOrder"><Order guestCount="0"><Table code="3"/></Order></RK7CMD>')).text).toContain('3444');
  const made = await flat('<RK7CMD CMD="CreateOrder"><Order><Table code="3"/></Order></RK7CMD>');
  const guid = / guid="(\{[^}]+\})"/.exec(made.text)?.[1] ?? '';
  const save = (licence: string) => flat(`<RK7CMD CMD="SaveOrder"><Order guid="${guid}"/>${licence}<Session><Dish code="101" quantity="2000"/></Session></RK7CMD>`);
  const licence = (seq: number): string => `<LicenseInfo anchor="a"><LicenseInstance guid="g" seqNumber="${String(seq)}"/></LicenseInfo>`;
  expect((await save('')).text).toContain('Bad license anchor');
  expect((await save(licence(7))).text).toContain('RK7ErrorN="5310"');
  expect((await save(licence(8))).text).toContain('orderSum="78000"');
  expect((await flat('<RK7CMD CMD="GetXMLLicenseInstanceSeqNumber"/>')).text).toContain('SeqNumber="8"');
  const pay = (amount: number) => flat(`<RK7CMD CMD="PayOrder"><Order guid="${guid}"/><Payment amount="${String(amount)}"/></RK7CMD>`);
  expect((await pay(100)).text).toContain('RK7ErrorN="3373"');
  expect((await pay(78_000)).text).toContain('Status="Ok"');
  expect((await flat(apply(guid))).text).toContain('RK7ErrorN="2128"');
});

test("a station's own interface applies what its algorithms make of the data", async () => {
  const { restaurant, faults } = server;
  const { CASHES, EMPLOYEES, DEVICES } = restaurant.books;
  const algorithms = standardAlgorithms(DEVICES[0]!, DEVICES[1]!);
  const station = new SimulatedStation({ clock: systemClock, restaurant, faults, station: CASHES[0]!, operator: EMPLOYEES[0]!, algorithms });
  const own = await SimulatedCashServer.start({ clock: systemClock, restaurant, faults, station: (...read) => station.applyMcr(...read) });
  try {
    const ask = () => post(`<RK7Query><RK7CMD CMD="ApplyMCR" data="${CARD}" devicetype="BarCode"/></RK7Query>`, {}, own.url);
    expect((await ask()).text).toContain('Processed="0"');
    const order = openOrder();
    station.open(order);
    expect((await ask()).text).toMatch(/<Item cardCode="2000000012345" scope="Interface" Processed="1">/);
    expect(order.guests[0]?.card).toBe(CARD);
    expect((await post('<RK7Query><RK7CMD CMD="GetFunctions"/></RK7Query>', {}, own.url)).text).toContain('name="ApplyMCR"');
  } finally {
    station.close();
    await own.close();
  }
});
