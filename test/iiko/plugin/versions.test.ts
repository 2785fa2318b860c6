import { afterAll, afterEach, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { Bench, CODE, Yard } from './bench.js';

const yard = new Yard();

afterAll(() => {
  yard.remove();
});

needs('mono')('the iikoFront plugin for other versions of the API', () => {
  let bench: Bench;

  afterEach(() => bench.close());

  test('V8: one coupon, and no search for a guest by card', async () => {
    bench = new Bench(yard, 'V8');
    await bench.start();
    await bench.connected();
    expect(bench.daemon.of('hello')[0]).toMatchObject({ apiVersion: 'V8' });
    const order = await bench.order(20);
    expect(await bench.daemon.carry(bench.action('setCoupons', order, { numbers: ['C-1'] }))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCoupon' });
    expect(await bench.daemon.carry(bench.action('setCoupons', order, { numbers: ['C-2'] }))).toMatchObject({ outcome: 'conflict', detail: 'couponPresent' });
    expect(await bench.daemon.carry(bench.action('bindGuest', order, { cardNumber: '1', replace: false }))).toMatchObject({ outcome: 'unsupportedByApiVersion' });
    expect(await bench.daemon.carry(bench.action('setExternalData', order, { key: 'k', value: 'v', isPublic: true }))).toMatchObject({ outcome: 'applied' });
    expect(await bench.plugin.see(order)).toMatchObject({ coupons: ['C-1'], data: ['k:v'] });
  });

  test('V10: where it is asked for, reads of every screen, each asked about once', async () => {
    bench = new Bench(yard, 'V10');
    await bench.start({ everyScreen: true });
    await bench.connected();
    const order = await bench.order(21);
    await bench.plugin.do('screen', 'pay', order);
    await bench.daemon.saw('the payment screen', ({ name, body }) => name === 'screen' && body['screen'] === 'payment');
    bench.daemon.script = ({ name, body }) => (name === 'scan' ? { json: { handled: body['raw'] === CODE } } : undefined);
    expect(await bench.plugin.scan('any', CODE)).toMatchObject({ handled: true });
    // not ours: the till knows nothing about it either and asks its plugins; the answer is known
    expect(await bench.plugin.scan('any', '4600000000001')).toMatchObject({ handled: false });
    expect(await bench.plugin.scan('barcode', '4600000000001')).toMatchObject({ handled: false });
    expect(bench.daemon.of('scan')).toMatchObject([{ raw: CODE, screen: { screen: 'payment', orderId: order } }, { raw: '4600000000001' }]);
  });

  test('V10: as it comes, only what the till does not know itself', async () => {
    bench = new Bench(yard, 'V10');
    await bench.start();
    await bench.connected();
    await bench.order(22);
    expect(await bench.plugin.scan('any', CODE)).toMatchObject({ handled: false });
    expect(bench.daemon.of('scan')).toEqual([]);
    await bench.plugin.scan('barcode', CODE);
    expect(bench.daemon.of('scan').length).toBe(1);
  });
});
