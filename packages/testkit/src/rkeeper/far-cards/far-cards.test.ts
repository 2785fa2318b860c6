import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VirtualClock } from '../../virtual-clock.js';
import { noFaults } from '../faults.js';
import { parseMarkup, childOf, type Node } from '../markup.js';
import { standardAlgorithms } from '../mcr.js';
import { Restaurant, type Order } from '../restaurant.js';
import { SimulatedStation } from '../station/station.js';
import { FarCardsClient, type FarCardsOptions } from './client.js';

const CARD = '2000000012345';

interface Call {
  readonly path: string;
  readonly root: Node;
}

describe('FarCards over HTTP', () => {
  let server: Server;
  let calls: Call[];
  let restaurant: Restaurant;
  let order: Order;
  /** What the processing server answers; `undefined`: it hangs up. */
  let answer: (path: string, root: Node) => string | undefined;

  beforeEach(async () => {
    calls = [];
    restaurant = new Restaurant({ clock: systemClock });
    order = restaurant.openOrder(restaurant.books.TABLES[0]!, restaurant.books.EMPLOYEES[0]!);
    answer = () => '<Root><GetCardInfoEx Result="0" Account="8002" Holder="Guest" Discount="25" Bonus="4" Summa="15000"/></Root>';
    server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        const root = parseMarkup(text);
        if (root === undefined || request.method !== 'POST') { response.writeHead(400).end(); return; }
        calls.push({ path: request.url ?? '', root });
        const document = answer(request.url ?? '', root);
        if (document === undefined) request.socket.destroy();
        else response.writeHead(200, { 'content-type': 'text/xml' }).end(document);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const client = (over: Partial<FarCardsOptions> = {}): FarCardsClient =>
    new FarCardsClient({ clock: systemClock, restaurant, address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, ...over });

  const look = async (card: string, over: Partial<FarCardsOptions> = {}) => client(over).look(card, order, new AbortController().signal);

  test('asks with the check, with an empty buffer, and without one', async () => {
    for (const inputBuffer of ['check', 'empty', 'none'] as const) await client({ inputBuffer }).getCardInfo('0008002', order);
    const queries = calls.map(({ root }) => childOf(root, 'QRY')!);
    expect(calls.map(({ path }) => path)).toEqual(['/getcardinfoex.php', '/getcardinfoex.php', '/getcardinfoex.php']);
    expect(calls[0]!.root.name).toBe('ROOT');
    // leading zeros are lost: an Int64
    expect(queries.map(({ attributes }) => attributes)).toEqual(Array.from({ length: 3 }, () => ({ Card: '8002', Restaurant: '199999999', UnitNo: '1' })));
    const buffers = queries.map((query) => childOf(query, 'INPBUF'));
    expect(buffers.map((buffer) => buffer?.children.map(({ name }) => name))).toEqual([['CHECK'], [], undefined]);
    expect(JSON.stringify(buffers[0])).toContain('"cardcode":"8002"');
  });

  test.each([
    ['<Root><GetCardInfoEx Result="0" Account="1" Holder="A" Discount="25"/></Root>', 'taken'],
    ['<ROOT><GETCARDINFOEX result="0" account="1" holder="A" discount="25"/></ROOT>', 'taken'],
    ['<Root><GetCardInfoEx Result="1"/></Root>', 'FarCards: карта не найдена'],
    ['<Root><GetCardInfoEx Result="0" Locked="1" WhyLock="not paid"/></Root>', 'Карта заблокирована: not paid'],
    ['<Root><GetCardInfoEx Result="0" Deleted="1"/></Root>', 'Карта удалена'],
    ['<Root><GetCardInfoEx Result="0" Seize="1"/></Root>', 'Карту надо изъять'],
    ['<Root><GetCardInfoEx Result="0" StopDate="1"/></Root>', 'Срок действия карты истёк'],
    ['<Root><GetCardInfoEx Result="0" Holy="1"/></Root>', 'Сейчас карта не действует'],
    ['<Root><GetCardInfoEx Result="0" Manager="1"/></Root>', 'Нужно подтверждение менеджера'],
    ['<html/>', 'Processing server connect error'],
    ['not xml', 'Processing server connect error'],
    [`<Root><GetCardInfoEx Result="0" Holder="${'x'.repeat(200_000)}"/></Root>`, 'Processing server connect error'],
  ])('%.70s', async (document, expected) => {
    answer = () => document;
    const verdict = await look(CARD);
    expect(verdict.verdict === 'refused' ? verdict.text : verdict.verdict).toBe(expected);
  });

  test('a manager allows a card that needs one', async () => {
    answer = () => '<Root><GetCardInfoEx Result="0" Manager="1"/></Root>';
    const far = client();
    far.managerPresent = true;
    expect((await far.look(CARD, order, new AbortController().signal)).verdict).toBe('taken');
  });

  test.each(['0', '9223372036854775808', '99999999999999999999', 'A12'])('%s is no Int64: nothing is asked', async (card) => {
    expect(await look(card)).toEqual({ verdict: 'refused', text: 'FarCards: неверный код карты' });
    expect(calls).toEqual([]);
  });

  test('the largest Int64 is carried as it is', async () => {
    await look('9223372036854775807');
    expect(childOf(calls[0]!.root, 'QRY')?.attributes['Card']).toBe('9223372036854775807');
  });

  test('a server that does not answer costs the call timeout', async () => {
    const clock = new VirtualClock();
    const arrived = new Promise<void>((resolve) => server.removeAllListeners('request').on('request', () => resolve()));
    const looked = look(CARD, { clock });
    await arrived;
    await clock.advance(119_999);
    const state = { done: false };
    void looked.then(() => (state.done = true));
    await clock.settle();
    expect(state.done).toBe(false);
    await clock.advance(1);
    expect(await looked).toEqual({ verdict: 'refused', text: 'Processing server connect error' });
  });

  test.each([
    ['as elements', '<ident_info><item_content><group name="Desserts"><item code="77" kind="percent" val="50" order="1"/></group></item_content></ident_info>'],
    ['as text', '&lt;ident_info&gt;&lt;item_content&gt;&lt;group name="Desserts"&gt;&lt;item code="77" kind="percent" val="50"/&gt;&lt;/group&gt;&lt;/item_content&gt;&lt;/ident_info&gt;'],
  ])('a coupon (OutKind 3) offers what the cashier picks from, %s', async (_name, content) => {
    answer = () => `<Root><GetCardInfoEx Result="0" Holder=""><OutBuf OutKind="3">${content}</OutBuf></GetCardInfoEx></Root>`;
    expect(await look(CARD)).toMatchObject({ verdict: 'taken', offers: [{ group: 'Desserts', code: 77, kind: 'percent', value: 50 }] });
  });

  test('finds a card by e-mail; a picture is bytes, an answer in XML is none', async () => {
    answer = (path) => (path.includes('email') ? '<ROOT><FindEmail Result="0" CardCode="8002" Name="Guest"/></ROOT>' : '<GetCardImageEx ErrorText="no"/>');
    expect(await client().findEmail('a@example.com')).toEqual({ card: '8002', name: 'Guest' });
    expect(await client().cardImage('8002')).toBeUndefined();
    answer = () => 'GIF89a';
    expect((await client().cardImage('8002'))?.toString()).toBe('GIF89a');
  });

  describe('a paid check', () => {
    let station: SimulatedStation;

    beforeEach(async () => {
      const { CASHES, EMPLOYEES, DEVICES } = restaurant.books;
      const far = client();
      station = new SimulatedStation({ clock: systemClock, restaurant, faults: noFaults(), station: CASHES[0]!, operator: EMPLOYEES[0]!, algorithms: standardAlgorithms(DEVICES[0]!, DEVICES[1]!), cards: far, bookings: far });
      station.open(order);
      await station.read('4601234567893', 'BarCode');
      await station.read(CARD, 'BarCode');
      calls = [];
    });

    afterEach(() => station.close());

    const rows = (call: Call) => childOf(call.root, 'Transactions')!.children.map(({ attributes: { Card, Account, Kind, Summa } }) => [Card, Account, Kind, Summa]);

    test('books discount, bonus and what the guest paid, and closes', async () => {
      answer = () => '<ROOT><TransactionsEx Result="0"/></ROOT>';
      expect((await station.pay()).status).toBe('Ok');
      expect(rows(calls[0]!)).toEqual([
        [CARD, '8002', '1', '-1500'],
        [CARD, '8002', '2', '675'],
        [CARD, '8002', '3', '13500'],
      ]);
      expect(calls[0]!.path).toBe('/transactionsex.php');
      expect(order.finished).toBe(true);
    });

    test('that is refused stays open, and comes again as the same check', async () => {
      const keys = (call: Call) => childOf(call.root, 'Transactions')!.children.map(({ attributes: { RKDate, RKUni, RKCheck } }) => [RKDate, RKUni, RKCheck]);
      answer = () => '<ROOT><TransactionsEx Result="1"/></ROOT>';
      expect((await station.pay()).status).toBe('Query Executing Error');
      expect(order.finished).toBe(false);
      answer = () => undefined;
      await station.pay();
      answer = () => '<ROOT><TransactionsEx Result="0"/></ROOT>';
      expect((await station.pay()).status).toBe('Ok');
      // refused once, two attempts without an answer, done
      expect(calls).toHaveLength(4);
      await vi.waitFor(() => expect(new Set(calls.map((call) => JSON.stringify(keys(call)))).size).toBe(1));
    });
  });
});
