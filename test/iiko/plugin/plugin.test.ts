import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { Bench, CARD, CODE, SECRET, Yard } from './bench.js';
import { helloAnswer, type Body } from './fake-daemon.js';

const yard = new Yard();

afterAll(() => {
  yard.remove();
});

needs('mono')('the iikoFront plugin on a simulated till', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench(yard);
  });
  afterEach(() => bench.close());

  test('says who it is and what the cashier sees, and puts a card on the order that is open', async () => {
    await bench.start();
    await bench.connected();
    const [hello] = bench.daemon.of('hello');
    expect(hello).toMatchObject({ wire: 1, terminalId: '5b0a6d5e-1111-4222-8333-944455556666', terminalName: 'Касса 1', appVersion: '9.5.6059.0', apiVersion: 'V9', takeOver: false, screen: { screen: 'other' } });
    const order = await bench.order(41);
    const discount = await bench.plugin.do('card', CARD, 'plain');
    const result = await bench.daemon.carry(bench.card(order));
    expect(result).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCard', orderId: order, orderNumber: 41, revision: 1 });
    expect((await bench.plugin.see(order)).discounts).toEqual([discount]);
    expect(bench.daemon.calls.every(({ secret }) => secret === SECRET)).toBe(true);
  });

  test('guests, coupons, external data and messages', async () => {
    await bench.start();
    await bench.connected();
    const order = await bench.order(42);
    const guest = await bench.plugin.do('guest', '79991234567', '777');
    expect(await bench.daemon.carry(bench.action('bindGuest', order, { phone: '79991234567', replace: false }))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(await bench.daemon.carry(bench.action('bindGuest', order, { cardNumber: '777', replace: false }))).toMatchObject({ outcome: 'alreadyApplied' });
    expect(await bench.daemon.carry(bench.action('setCoupons', order, { numbers: ['C-1', 'C-2'] }))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCoupon' });
    expect(await bench.daemon.carry(bench.action('setExternalData', order, { key: 'loyalty', value: 'абв', isPublic: false }))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsData' });
    expect(await bench.daemon.carry({ id: 'm', kind: 'message', expiresInMs: 5000, text: 'Карта «принята»', level: 'info' })).toMatchObject({ outcome: 'applied', evidence: 'shown' });
    const seen = await bench.plugin.see(order);
    expect(seen).toMatchObject({ guests: [guest], coupons: ['C-1', 'C-2'], data: ['loyalty:абв'] });
    expect(await bench.plugin.messages()).toEqual(['info Карта «принята»']);
  });

  test('the other order, the payment screen, a paid order, an old action: refused, and nothing is changed', async () => {
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const first = await bench.order(1);
    const second = await bench.order(2);
    expect(await bench.daemon.carry(bench.card(first))).toMatchObject({ outcome: 'wrongOrder', orderId: second });
    await bench.plugin.do('screen', 'pay', second);
    expect(await bench.daemon.carry(bench.card(second))).toMatchObject({ outcome: 'wrongScreen' });
    await bench.plugin.do('screen', 'edit', second);
    await bench.plugin.do('status', second, 'Bill');
    expect(await bench.daemon.carry(bench.card(second))).toMatchObject({ outcome: 'orderClosed' });
    await bench.plugin.do('status', second, 'New');
    expect(await bench.daemon.carry(bench.card(second, { expiresInMs: 0 }))).toMatchObject({ outcome: expect.stringMatching(/^(expired|busyTimeout)$/) as string });
    expect((await bench.plugin.see(second)).submitted).toBe(0);
    await bench.plugin.do('status', second, 'Closed');
    await bench.daemon.saw('that the order is gone', ({ name, body }) => name === 'screen' && body['screen'] === 'orderEdit' && body['orderId'] === undefined);
  });

  test('an order that was left for another one and opened again since the daemon decided: refused', async () => {
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const other = await bench.plugin.do('order', '30');
    const order = await bench.order(31);
    const decided = bench.card(order);
    await bench.plugin.do('screen', 'pay', order);
    await bench.plugin.do('screen', 'edit', order);
    expect(await bench.daemon.carry(bench.card(order, { screenSeq: decided['screenSeq'], number: 'nobody' }))).toMatchObject({ outcome: 'notFound' });
    for (const elsewhere of [['edit', other], ['lock'], ['other']]) {
      const before = bench.screenSeq;
      await bench.plugin.do('screen', ...elsewhere);
      await bench.plugin.do('screen', 'edit', order);
      await waitFor('the order again', () => bench.screenSeq >= before + 2);
      expect(await bench.daemon.carry(bench.card(order, { screenSeq: before }))).toMatchObject({ outcome: 'wrongOrder', orderId: order });
    }
    expect(await bench.daemon.carry(decided)).toMatchObject({ outcome: 'wrongOrder', orderId: order });
    const handled = bench.card(order, { screenSeq: decided['screenSeq'] });
    bench.daemon.script = ({ name }) => (name === 'scan' ? { json: { handled: true, action: handled } } : undefined);
    await bench.plugin.scan('barcode', CODE);
    expect(await bench.daemon.result(String(handled['id']))).toMatchObject({ outcome: expect.stringMatching(/^(wrongOrder|expired)$/) as string });
    expect((await bench.plugin.see(order)).submitted).toBe(0);
    expect(await bench.daemon.carry(bench.card(order))).toMatchObject({ outcome: 'applied' });
  });

  test('a busy screen: the card is refused in time, and is not put on when the screen comes free later', async () => {
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const order = await bench.order(3);
    await bench.plugin.do('busy', 'on');
    expect(await bench.daemon.carry(bench.card(order, { expiresInMs: 500 }))).toMatchObject({ outcome: 'busyTimeout' });
    await bench.plugin.do('busy', 'off');
    // one that comes after shows that the screen is free
    const applied = await bench.daemon.carry(bench.card(order));
    expect(applied).toMatchObject({ outcome: 'applied' });
    expect(await bench.plugin.see(order)).toMatchObject({ submitted: 1 });
  });

  test('the same action twice is done once, also over a restart of the plugin; one that was in hand is unknown', async () => {
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const order = await bench.order(4);
    const once = bench.card(order);
    await bench.daemon.carry(once);
    bench.daemon.actions.push(once);
    await waitFor('the result again', () => bench.daemon.of('result').filter((body) => body['id'] === once['id']).length === 2);
    expect((await bench.plugin.see(order)).submitted).toBe(1);

    // killed with an action in hand that the busy screen holds up
    await bench.plugin.do('busy', 'on');
    const held = bench.card(order);
    bench.daemon.actions.push(held);
    await waitFor('the note in the book', () => bench.plugin.written().includes(`B|${String(held['id'])}|`));
    await bench.plugin.kill();
    bench.plugin.spoilBook('E|half a line');
    bench.plugin.start();
    expect(await bench.daemon.result(String(held['id']))).toMatchObject({ outcome: 'unknown', detail: 'restart' });
    const again = await bench.plugin.open(5);
    bench.daemon.actions.push(held, once);
    await waitFor('both results again', () => bench.daemon.of('result').filter((body) => body['id'] === held['id']).length === 2 && bench.daemon.of('result').filter((body) => body['id'] === once['id']).length === 3);
    expect((await bench.plugin.see(again)).submitted).toBe(0);
  });

  test('whatever the host throws, the result says it and the plugin lives', async () => {
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const expected: readonly (readonly [member: string, thrown: string, result: Body])[] = [
      ['SubmitChanges', 'inUse', { outcome: 'conflict', detail: 'inUse' }],
      ['SubmitChanges', 'permission', { outcome: 'notAllowed', detail: 'permission' }],
      ['SubmitChanges', 'constraint', { outcome: 'notAllowed', detail: 'constraint' }],
      ['SubmitChanges', 'other', { outcome: 'unknown', detail: 'InvalidOperationException' }],
      ['SearchDiscountCardByNumber', 'licence', { outcome: 'notAllowed', detail: 'licence' }],
      ['TryEditCurrentOrder', 'canceled', { outcome: 'wrongScreen', detail: 'left' }],
      ['TryEditCurrentOrder', 'other', { outcome: 'hostError', detail: 'InvalidOperationException' }],
      ['TryGetOrderById', 'other', { outcome: 'hostError', detail: 'InvalidOperationException' }],
      ['CreateEditSession', 'other', { outcome: 'hostError', detail: 'InvalidOperationException' }],
      ['GetDefaultCredentials', 'permission', { outcome: 'notAllowed', detail: 'permission' }],
    ];
    const order = await bench.order(6);
    for (const [member, thrown, result] of expected) {
      await bench.plugin.do('fault', member, thrown);
      expect(await bench.daemon.carry(bench.card(order)), `${member} ${thrown}`).toMatchObject(result);
    }
    expect((await bench.plugin.see(order)).submitted).toBe(0);
    // the text of the licence's refusal comes along, its numbers do not
    const licence = bench.daemon.of('result').find((body) => body['detail'] === 'licence');
    expect(licence?.['hostText']).toMatch(/^No licence for module \*{8}, card \*{13} of \*{11}$/);

    // revision changed under the edit: once more, on the order read anew
    await bench.plugin.do('fault', 'SubmitChanges', 'modified');
    expect(await bench.daemon.carry(bench.card(order))).toMatchObject({ outcome: 'applied' });
    // the till did it and lost the answer
    const second = await bench.order(7);
    await bench.plugin.do('fault', 'SubmitChanges.after', 'other');
    expect(await bench.daemon.carry(bench.card(second))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCard' });
    const third = await bench.order(8);
    await bench.plugin.do('deaf', 'on');
    expect(await bench.daemon.carry(bench.card(third))).toMatchObject({ outcome: 'noEffect' });
    await bench.plugin.do('fault', 'Message', 'other');
    expect(await bench.daemon.carry({ id: 'm', kind: 'message', expiresInMs: 5000, text: 'x', level: 'error' })).toMatchObject({ outcome: 'applied' });
  });

  test('an iikoCard: asked for from inside the edit, shown by the order', async () => {
    await bench.start();
    await bench.connected();
    const order = await bench.order(9);
    const guest = await bench.plugin.do('guest', '79991234567', '1');
    bench.daemon.script = async ({ name, body }) => {
      if (name !== 'authorize') return undefined;
      await bench.plugin.do('bind', String(body['orderId']), guest);
      return { json: { done: true } };
    };
    const iikoCard = bench.action('authorizeIikoCard', order, { credential: '79991234567', scope: 'phone', replace: false });
    expect(await bench.daemon.carry(iikoCard)).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect(bench.daemon.of('authorize')).toEqual([{ session: 's1', id: iikoCard['id'], orderId: order }]);
    bench.daemon.script = () => undefined;
    const second = await bench.order(10);
    expect(await bench.daemon.carry(bench.action('authorizeIikoCard', second, { credential: '1', scope: 'cardNumber', replace: false }))).toMatchObject({ outcome: 'hostError', detail: 'posServerUnavailable' });
    expect(await bench.daemon.carry(bench.action('authorizeIikoCard', second, { credential: '1', scope: 'cardNumber', fallback: { cardNumber: '1' }, replace: false }))).toMatchObject({ outcome: 'applied' });
  });

  test('reads of the till: asked for with the order, done in the handler, passed on when the daemon does not want them', async () => {
    await bench.start();
    await bench.connected();
    const discount = await bench.plugin.do('card', CARD, 'plain');
    const order = await bench.order(11);
    expect(await bench.plugin.scan('barcode', '4600000000001')).toMatchObject({ handled: false });
    const inHandler = bench.card(order);
    bench.daemon.script = ({ name }) => (name === 'scan' ? { json: { handled: true, scanId: 'x', action: inHandler, message: { text: 'Card found', level: 'info' } } } : undefined);
    expect(await bench.plugin.scan('barcode', `<barcode class="KeyboardDriver"/>;${CODE}?barcode`)).toMatchObject({ handled: true });
    // done before the handler returned
    expect((await bench.plugin.see(order)).discounts).toEqual([discount]);
    expect(await bench.daemon.result(String(inHandler['id']))).toMatchObject({ outcome: 'applied' });
    expect(await bench.plugin.messages()).toEqual(['info Card found']);
    const [goods, guest] = bench.daemon.of('scan');
    expect(goods).toMatchObject({ kind: 'barcode', raw: '4600000000001', orderId: order, waitMs: 2000, screen: { screen: 'orderEdit', orderId: order } });
    expect(guest).toMatchObject({ kind: 'barcode', raw: CODE });
    expect(goods?.['scan']).not.toBe(guest?.['scan']);
    bench.daemon.script = () => undefined;
    expect(await bench.plugin.scan('slide', `;${CODE}?`)).toMatchObject({ handled: false });
    expect(bench.daemon.of('scan').at(-1)).toMatchObject({ kind: 'card', raw: '', tracks: { track2: `;${CODE}?` } });
  });

  test('a plugin that is started in the middle of an order learns the order from the read itself', async () => {
    await bench.start();
    await bench.connected();
    const anew = await bench.plugin.do('order', '23');
    // on the screen before the plugin could hear of it
    await bench.plugin.do('quietly', 'edit', anew);
    await bench.plugin.scan('barcode', CODE);
    expect(bench.daemon.of('scan')[0]).toMatchObject({ orderId: anew, screen: { screen: 'orderEdit', orderId: anew, orderNumber: 23 } });
    await bench.daemon.saw('the screen', ({ name, body }) => name === 'screen' && body['orderId'] === anew);
  });

  test('a connection that the daemon closes under a read: the same read is asked about once more', async () => {
    await bench.start();
    await bench.connected();
    await bench.order(24);
    let cut = 0;
    bench.daemon.script = ({ name }) => {
      if (name !== 'scan') return undefined;
      cut += 1;
      return cut === 1 ? { raw: (response) => response.destroy() } : { json: { handled: true } };
    };
    // a second one only where this machine was too slow for the first
    await waitFor('an answer in time', async () => (await bench.plugin.scan('barcode', CODE)).handled);
    const [first, second] = bench.daemon.of('scan');
    expect(second?.['scan']).toBe(first?.['scan']);
  });

  test('what a waiter wrote to an order is one read, and its action is done on that order, whatever is on the screen', async () => {
    await bench.start({ watchWaiters: true });
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const order = await bench.plugin.do('order', '12');
    const other = await bench.order(13);
    const onOrder = bench.card(order, { place: 'order' });
    bench.daemon.script = ({ name }) => (name === 'scan' ? { json: { handled: true, action: onOrder } } : undefined);
    await bench.plugin.do('waiter', order, 'waiter.scan', CODE);
    await bench.plugin.do('waiter', order, 'waiter.scan', CODE);
    expect(await bench.daemon.result(String(onOrder['id']))).toMatchObject({ outcome: 'applied', orderId: order });
    expect((await bench.plugin.see(other)).discounts).toEqual([]);
    const third = await bench.plugin.do('order', '14');
    bench.daemon.script = () => undefined;
    await bench.plugin.do('waiter', third, 'waiter.scan', 'x');
    await waitFor('the next value', () => bench.daemon.of('scan').some(({ raw }) => raw === 'x'));
    expect(bench.daemon.of('scan')).toMatchObject([{ kind: 'externalData', raw: CODE, orderId: order }, { raw: 'x', orderId: third }]);
  });

  test('a daemon that is gone costs the till nothing; restarted, it is told where the cashier is, and gets the result that it missed', async () => {
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const order = await bench.order(15);
    await bench.plugin.do('busy', 'on');
    const held = bench.card(order);
    bench.daemon.actions.push(held);
    await waitFor('the note in the book', () => bench.plugin.written().includes(`B|${String(held['id'])}|`));
    await bench.daemon.stop();
    await bench.plugin.do('busy', 'off');
    await waitFor('the end in the book', () => bench.plugin.written().includes(`E|${String(held['id'])}|`));
    await waitFor('the loss to be noticed', async () => !(await bench.plugin.scan('barcode', '4600000000001')).handled && bench.plugin.written().includes('no answer to use'));
    const hellos = bench.daemon.of('hello').length;
    bench.daemon.session = 2;
    await bench.daemon.start();
    const result = await waitFor('the result under the new session', () => bench.daemon.of('result').find((body) => body['id'] === held['id'] && body['session'] === 's2'));
    expect(result).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCard' });
    expect(bench.daemon.of('hello').length).toBeGreaterThan(hellos);
    expect(bench.daemon.of('hello').at(-1)).toMatchObject({ screen: { screen: 'orderEdit', orderId: order, orderNumber: 15 } });
    expect((await bench.plugin.see(order)).submitted).toBe(1);
  });

  test('answers that are none of ours: a megabyte, a page of a proxy, cut off, dripping, wrong JSON', async () => {
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const order = await bench.order(16);
    const bad: readonly ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(1024 * 1024)),
      (response) => response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000000' }).end('{"action":null'),
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>Please log in ${CODE}</html>`),
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"action":{"id":"x"'),
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"action":{"id":5,"kind":[],"expiresInMs":"x"}}'),
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{');
        response.destroy();
      },
      (response) => response.destroy(),
    ];
    let asked = 0;
    // a good one between two bad ones: the back-off starts anew, so that the test is quick
    bench.daemon.script = ({ name }) => {
      if (name !== 'next') return undefined;
      asked += 1;
      const raw = asked % 2 === 1 ? bad[(asked - 1) / 2] : undefined;
      return raw && { raw };
    };
    await waitFor('all of them', () => asked >= bad.length * 2, 120_000);
    bench.daemon.script = () => undefined;
    expect(await bench.daemon.carry(bench.card(order))).toMatchObject({ outcome: 'applied' });
    expect((await bench.plugin.see(order)).submitted).toBe(1);
    for (const said of ['tooLarge', 'notJson', 'http302', 'http502', 'badAnswer']) expect(bench.plugin.log()).toContain(said);
  });

  test('a daemon that hangs or drips costs a handler its budget and not more; what comes late is not done', async () => {
    bench.daemon.greeting = { scanWaitMs: 300 };
    await bench.start();
    await bench.connected();
    await bench.plugin.do('card', CARD, 'plain');
    const order = await bench.order(18);
    const late = bench.card(order);
    let release = (): void => undefined;
    bench.daemon.script = ({ name }) => (name === 'scan' ? { raw: (response) => {
      release = () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ handled: true, action: late }));
    } } : undefined);
    expect(await bench.plugin.scan('barcode', CODE)).toMatchObject({ handled: false });
    release();
    expect(await bench.daemon.result(String(late['id']))).toMatchObject({ outcome: 'expired', detail: 'handlerOver' });
    bench.daemon.script = ({ name }) => (name === 'scan' ? { raw: (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => {
        clearInterval(drip);
      });
    } } : undefined);
    expect(await bench.plugin.scan('barcode', CODE)).toMatchObject({ handled: false });
    expect(bench.daemon.of('scan').length).toBe(2);
    expect((await bench.plugin.see(order)).submitted).toBe(0);
    // and the next read is answered again
    bench.daemon.script = ({ name }) => (name === 'scan' ? { json: { handled: true } } : undefined);
    await waitFor('an answer in time', async () => (await bench.plugin.scan('barcode', CODE)).handled);
  });

  test('the secret was changed: one word to the cashier, the file is read again, and the till goes on', async () => {
    await bench.start();
    await bench.connected();
    bench.daemon.script = ({ secret }) => (secret === 'the-new-secret-012345' ? undefined : { status: 401, code: 'TB_API_UNAUTHORIZED' });
    await waitFor('the word to the cashier', async () => (await bench.plugin.messages()).length > 0);
    bench.plugin.configure(bench.daemon.url, 'the-new-secret-012345');
    const asked = bench.daemon.calls.length;
    await waitFor('a hello with the new one', () => bench.daemon.calls.slice(asked).some(({ name, secret }) => name === 'hello' && secret === 'the-new-secret-012345'), 120_000);
    expect(await bench.plugin.messages()).toEqual([expect.stringMatching(/^warning .*secret/) as string]);
    // five wrong ones would lock the station: the hello at the start, and no other with the old one
    expect(bench.daemon.calls.filter(({ name, secret }) => name === 'hello' && secret === SECRET).length).toBe(1);
  });

  test('not set up yet, or told by another version: the plugin lives and says it once', async () => {
    await bench.daemon.start();
    bench.plugin.start('GetHostTerminal', 'other', 'Message', 'other');
    await waitFor('the line in the log', () => bench.plugin.written().includes('settings cannot be used: noFile'));
    expect(await bench.plugin.scan('barcode', '4600000000001')).toMatchObject({ handled: false });
    await bench.plugin.quit();
    bench.daemon.script = ({ name }) => (name === 'hello' ? { status: 400, code: 'TB_TILL_IIKO_WIRE' } : undefined);
    bench.plugin.configure(bench.daemon.url, SECRET);
    bench.plugin.start();
    await waitFor('the word to the cashier', async () => (await bench.plugin.messages()).length > 0);
    expect(await bench.plugin.messages()).toEqual([expect.stringContaining('versions that do not fit') as string]);
  });

  test('a daemon that answers at once, again and again, is not asked a thousand times a second', async () => {
    bench.daemon.script = ({ name }) => (name === 'next' ? { json: { action: null } } : undefined);
    await bench.start();
    await bench.connected();
    await pause(3000);
    // 100 + 200 + ... ms between two of them; a machine that is slow asks less
    expect(bench.daemon.of('next').length).toBeLessThan(20);
  });
});

test('what the scripted daemon says to hello is what the contract says', () => {
  expect(helloAnswer('s1')).toMatchObject({ wire: 1 });
});
