import { instant, NativeNumber, systemClock, Withdrawal, type DeliveryRequest, type GoodsRead, type Outcome } from '@tillbridge/core';
import { AddinListeners, type AddinTill } from '@tillbridge/adapter-1c';
import { CardCatalogue, OnecClient, OnecError, Sales, type DriverProfile, type NativeLibrary, type OnecClientOptions } from '@tillbridge/testkit/1c';
import { Secret, silentLog } from '@tillbridge/core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { waitFor } from '../support/wait-for.js';
import { addinTill, compiledDriver, connected, never, portOf, quiet, TOKEN } from './driver.js';

const CARD = '2000000001234';

needs('linux', 'gcc')('the 1C till with the compiled driver', () => {
  let library: NativeLibrary;
  let remove: () => void;
  const open: { close(): Promise<void> }[] = [];
  let numbers = 0;

  beforeAll(async () => {
    ({ library, remove } = await compiledDriver());
  });
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
    // whatever a test did: nothing is left, and nobody called an object that is gone
    expect([library.tables.memory.blocks, library.tables.memory.wrongFrees, library.tables.stray]).toEqual([0, 0, 0]);
  });
  afterAll(() => remove());

  const till = async (over: Parameters<typeof addinTill>[0] = {}, listeners?: AddinListeners): Promise<AddinTill> => {
    const made = addinTill(over, silentLog, listeners);
    open.push(made);
    await made.open(quiet, never);
    return made;
  };
  const client = async (to: AddinTill, over: Partial<OnecClientOptions> = {}): Promise<OnecClient> => {
    const made = await connected(library, to, over);
    open.push(made);
    return made;
  };
  const request = (over: Partial<DeliveryRequest> = {}): DeliveryRequest => {
    numbers += 1;
    return { id: `d-${String(numbers)}-${String(process.pid)}`, scanId: 's', till: 'front', number: new NativeNumber('card', CARD), at: instant(systemClock), expired: () => false, ...over };
  };
  const goods = (text: string): GoodsRead => ({ reader: 'r', bytes: Buffer.from(text), terminator: Buffer.from('\r'), withSuffix: false, at: instant(systemClock) });
  const heard = (onec: OnecClient): readonly string[] => onec.heard.map(({ data }) => data);

  const PROFILES: readonly (readonly [DriverProfile, 'ru' | 'en', 'initFirst' | 'memoryFirst'])[] = [
    ['classic', 'ru', 'memoryFirst'],
    ['3.x', 'ru', 'initFirst'],
    ['3.x', 'en', 'memoryFirst'],
    ['4.3', 'ru', 'memoryFirst'],
    ['4.3', 'en', 'initFirst'],
    ['4.3-idLast', 'ru', 'memoryFirst'],
  ];
  test.each(PROFILES)('a host of the kind %s, names %s, %s: connects, takes goods and a card, and lets go', async (profile, names, order) => {
    const to = await till();
    const onec = await client(to, { profile, names, order });
    to.goods(goods('4601234567893'));
    expect(await to.deliver(request(), never)).toEqual({ outcome: 'sent', evidence: 'queued' });
    await waitFor('both', () => onec.heard.length === 2);
    expect(onec.heard.map(({ event, data }) => [event, data])).toEqual([['Штрихкод', '4601234567893'], ['Штрихкод', CARD]]);
    expect(new Set(onec.heard.map(({ source }) => source))).toEqual(new Set(onec.devices));
    expect([onec.dropped, onec.queue.depth >= 50]).toEqual([0, true]);
    await onec.disconnect(onec.devices[0]!);
    await waitFor('the end of the session', () => to.state.status === 'retrying');
    expect(to.state.reason?.code).toBe('TB_TILL_ONEC_NO_DRIVER');
    expect(await to.deliver(request(), never)).toEqual({ outcome: 'unavailable', reason: 'notConnected' });
  });

  test('goods keep their order, their GS and their letters; what no event can carry is dropped and counted', async () => {
    const lost: [number, string][] = [];
    const to = addinTill();
    open.push(to);
    await to.open({ ...quiet, goodsDropped: (...what) => void lost.push(what) }, never);
    const onec = await client(to);
    const texts = ['010460123456789321abc\u001d93xyz', 'Ёлка-Ж', 'x'.repeat(100), '\u007f\u0001', ...Array.from({ length: 100 }, (_, i) => String(i))];
    for (const text of [...texts.slice(0, 4), 'nul\0', 'y'.repeat(2000), ...texts.slice(4)]) to.goods(goods(text));
    await waitFor('all goods', () => onec.heard.length === texts.length);
    expect(heard(onec)).toEqual(texts);
    expect(lost).toEqual([[1, 'nul'], [1, 'tooLong']]);
  });

  test('silence around a number: what is scanned behind it comes later', async () => {
    const to = await till({ gapMs: 100 });
    const onec = await client(to);
    const times: number[] = [];
    onec.onEvent(() => void times.push(performance.now()));
    to.goods(goods('before'));
    const sent = to.deliver(request(), never);
    to.goods(goods('behind'));
    expect((await sent).outcome).toBe('sent');
    await waitFor('all three', () => times.length === 3);
    expect(heard(onec)).toEqual(['before', CARD, 'behind']);
    // the clock of the gap and that of the test are the same; an event may be heard a little after it was queued
    expect(times[1]! - times[0]!).toBeGreaterThan(80);
    expect(times[2]! - times[1]!).toBeGreaterThan(80);
  });

  test('1C that takes nothing: the number expires in the driver and never comes', async () => {
    const to = await till({ expireMs: 400 });
    const onec = await client(to);
    onec.full = true;
    expect(await to.deliver(request(), never)).toEqual({ outcome: 'expired', reason: 'hostBusy' });
    onec.full = false;
    to.goods(goods('next'));
    await waitFor('the next product', () => onec.heard.length === 1);
    expect(heard(onec)).toEqual(['next']);
  });

  test('a number that is wanted back while 1C is busy is taken out of the driver', async () => {
    const to = await till();
    const onec = await client(to);
    onec.full = true;
    const stop = new AbortController();
    const result = to.deliver(request(), stop.signal);
    await waitFor('the first refusal of 1C', () => onec.refusedCalls > 0);
    stop.abort(new Withdrawal('superseded'));
    expect(await result).toEqual({ outcome: 'superseded', reason: 'notRaised' });
    onec.full = false;
    to.goods(goods('next'));
    await waitFor('the next product', () => onec.heard.length === 1);
    expect(heard(onec)).toEqual(['next']);
  });

  test('a wrong token: refused, said so to the administrator in 1C and to ours, and let in as soon as it is right', async () => {
    const to = await till();
    const onec = await OnecClient.start({ clock: systemClock, library });
    open.push(onec);
    const tested = await onec.driver.test({ Port: portOf(to), Token: 'another-token-1234' });
    expect(tested.ok).toBe(false);
    await waitFor('the word', () => to.state.reason?.code === 'TB_TILL_ONEC_WRONG_TOKEN');
    await onec.connect({ Port: portOf(to), Token: TOKEN });
    await waitFor('the driver', () => to.state.status === 'ready');
    expect(to.state.detail).toMatch(/^driver \d+\.\d+\.\d+ in .*\(pid \d+\)$/);
  });

  test('the test of the equipment is answered, and is no session', async () => {
    const to = await till();
    const onec = await client(to);
    const other = await OnecClient.start({ clock: systemClock, library });
    open.push(other);
    // the answer and the end of the connection may come together
    for (let i = 0; i < 50; i += 1) expect(await other.driver.test({ Port: portOf(to), Token: TOKEN })).toMatchObject({ ok: true });
    expect(to.state.status).toBe('ready');
    expect((await to.deliver(request(), never)).outcome).toBe('sent');
    await waitFor('it', () => onec.heard.length === 1);
  });

  test('two 1C clients: the second is refused while the first lives; with a token of its own it is a till of its own on the same port', async () => {
    const listeners = new AddinListeners({ clock: systemClock, log: silentLog, version: '0' });
    // a port that is known before: the listener of port 0 cannot be shared
    const probe = await till();
    const port = portOf(probe);
    await probe.close();
    const listen = { host: '127.0.0.1', port };
    const first = await till({ listen }, listeners);
    const second = await till({ id: 'back', listen, token: new Secret('made-up-token-of-the-back') }, listeners);
    const a = await client(first);
    const b = await OnecClient.start({ clock: systemClock, library });
    open.push(b);
    await b.connect({ Port: port, Token: TOKEN }).catch((error: unknown) => expect(error).toBeInstanceOf(OnecError));
    expect((await first.deliver(request(), never)).outcome).toBe('sent');
    await waitFor('it at the first', () => a.heard.length === 1);
    expect(b.heard).toEqual([]);
    for (const id of b.devices) await b.disconnect(id);
    await b.connect({ Port: port, Token: 'made-up-token-of-the-back' });
    await waitFor('the second', () => second.state.status === 'ready');
    expect((await second.deliver(request(), never)).outcome).toBe('sent');
    await waitFor('it at the second', () => b.heard.length === 1);
    expect(a.heard.length).toBe(1);
  });

  test('the daemon goes and comes back: the driver returns, nothing comes twice, and it knows what became of the last number', async () => {
    const before = await till();
    const port = portOf(before);
    const onec = await client(before);
    const last = request();
    expect((await before.deliver(last, never)).outcome).toBe('sent');
    await before.close();
    const after = await till({ listen: { host: '127.0.0.1', port } });
    expect(await after.verify({ id: last.id, scanId: 's', till: 'front', time: 0 }, AbortSignal.timeout(30_000))).toEqual({ outcome: 'sent', evidence: 'queued' });
    expect(await after.verify({ id: 'never-given', scanId: 's', till: 'front', time: 0 }, AbortSignal.timeout(30_000))).toEqual({ outcome: 'unknown', reason: 'notRemembered' });
    to(after).goods(goods('next'));
    await waitFor('the next product', () => onec.heard.length === 2);
    expect(heard(onec)).toEqual([CARD, 'next']);
  });
  const to = (each: AddinTill): AddinTill => each;

  test('1C closes the device in the middle of a delivery, and in the middle of a burst', async () => {
    const server = await till();
    const onec = await client(server);
    onec.full = true;
    const result = server.deliver(request(), never);
    for (let i = 0; i < 40; i += 1) server.goods(goods(`burst ${String(i)}`));
    await onec.disconnect(onec.devices[0]!);
    expect(await result).toEqual({ outcome: 'unavailable', reason: 'closedByTill' });
    onec.full = false;
    expect(heard(onec)).toEqual([]);
  });

  const answer = async (confirm: (onec: OnecClient) => void, card?: string): Promise<{ readonly result: Outcome; readonly onec: OnecClient }> => {
    const server = await till({ confirmMs: 1000 });
    const catalogue = new CardCatalogue([{ name: 'Бонусная', type: 'Mixed' }], card === undefined ? [] : [{ kind: 'Бонусная', owner: 'Гость', barcode: card }]);
    const onec = await client(server, { extension: true, sales: new Sales({ catalogue }) });
    confirm(onec);
    return { result: await server.deliver(request(), never), onec };
  };

  test('with the extension: applied when it says so, whatever window is on top', async () => {
    const { result, onec } = await answer((each) => (each.sales.inputAvailable = false), CARD);
    expect(result).toEqual({ outcome: 'applied', evidence: 'confirmed' });
    expect(onec.sales.receipt.card).toBe(CARD);
  });

  test.each([
    ['a card that the store does not have', 'truth', { outcome: 'notFound', reason: 'refusedByTill' }],
    ['a refusal', 'rejected', { outcome: 'rejected', reason: 'refusedByTill' }],
    ['no answer: it lies in the queue, and that is all that is known', 'silence', { outcome: 'sent', reason: 'notConfirmed', evidence: 'queued' }],
  ] as const)('with the extension: %s', async (_name, says, expected) => {
    expect((await answer((onec) => (onec.extensionSays = says))).result).toEqual(expected);
  });

  test('why sent is not applied: a card on the main form is an unknown product, and a window on top swallows it', async () => {
    const server = await till();
    const catalogue = new CardCatalogue([{ name: 'Бонусная', type: 'Barcode' }], [{ kind: 'Бонусная', owner: 'Гость', barcode: CARD }]);
    const onec = await client(server, { sales: new Sales({ catalogue, products: new Set(['4601234567893']) }) });
    expect((await server.deliver(request(), never)).outcome).toBe('sent');
    await waitFor('the window for unknown products', () => onec.sales.form === 'registerBarcodes');
    onec.sales.closeForm();
    // what the guide says: first the button for cards
    onec.sales.openCardForm();
    expect((await server.deliver(request(), never)).outcome).toBe('sent');
    await waitFor('the card', () => onec.sales.receipt.card === CARD);
    server.goods(goods('4601234567893'));
    await waitFor('the product', () => onec.sales.receipt.products.length === 1);
    onec.sales.inputAvailable = false;
    expect((await server.deliver(request(), never)).outcome).toBe('sent');
    await waitFor('it to vanish', () => onec.sales.vanished === 1);
  });

  test('a Source that is no connected device is dropped by the equipment library', async () => {
    const server = await till();
    const onec = await client(server);
    onec.externalEvent({ source: 'another', event: 'Штрихкод', data: '1' });
    onec.externalEvent({ source: onec.devices[0]!, event: 'BarcodeValue', data: '1' });
    await waitFor('both to be dropped', () => onec.dropped === 2);
    expect(onec.sales.receipt.products).toEqual([]);
  });

  test('a session of the server has no external events: the number expires', async () => {
    const server = await till({ expireMs: 300 });
    await client(server, { server: true });
    expect((await server.deliver(request(), never)).outcome).toBe('expired');
  });
});
