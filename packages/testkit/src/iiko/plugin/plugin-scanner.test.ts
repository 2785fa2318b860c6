import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { card, PluginBench } from './testing/plugin-bench.js';
import { HELLO } from './testing/scripted-daemon.js';
import type { WireAction } from './wire.js';

let bench: PluginBench;
let clock: PluginBench['clock'];
let restaurant: PluginBench['restaurant'];
let terminal: PluginBench['terminal'];
let daemon: PluginBench['daemon'];
let order: PluginBench['order'];

async function start(api?: 'V8' | 'V9' | 'V10'): Promise<void> {
  bench = await PluginBench.start(api);
  ({ clock, restaurant, terminal, daemon, order } = bench);
}

beforeEach(() => start());
afterEach(() => terminal.close());

describe('a read of iikoFront\'s own scanner', () => {
  beforeEach(() => {
    bench.addCard('555');
    terminal.devices.set('usb', 'scanner');
    terminal.devices.set('msr', 'card');
  });

  test('goes to the daemon as it came, and stays iikoFront\'s when it is not ours', async () => {
    terminal.wrapping = { wrap: 'barcodeClass', emptyFullTrack: true };
    expect((await terminal.read('usb', '98123\r')).takenBy).toBe('nobody');
    await terminal.read('msr', ';98123?');
    const scans = daemon.calls.filter(({ name }) => name === 'scan').map(({ body }) => body);
    expect(scans).toEqual([
      expect.objectContaining({ kind: 'barcode', raw: '<barcode class="Resto.Front.Devices.KeyboardDriver"/>;98123?barcode', orderId: order.id, screen: { seq: 1, screen: 'orderEdit', orderId: order.id, orderNumber: 1 } }),
      expect.objectContaining({ kind: 'card', raw: '', tracks: expect.objectContaining({ full: '' }) as unknown }),
    ]);
  });

  test('ours: the action is done inside the handler', async () => {
    const made = bench.action(card('555'));
    daemon.scan = () => ({ handled: true, scanId: 'x', action: made });
    expect((await terminal.read('usb', '98123\r')).takenBy).toBe('plugin');
    await clock.settle();
    expect(daemon.results.get(made.id)).toMatchObject({ outcome: 'applied' });
    expect(restaurant.changes).toHaveLength(1);
  });

  test('ours, and refused: the cashier reads why', async () => {
    daemon.scan = () => ({ handled: true, message: { text: 'Карта не найдена', level: 'warning' } });
    expect((await terminal.read('usb', '98123\r')).takenBy).toBe('plugin');
    expect(terminal.lines).toEqual([{ level: 'warning', text: 'Карта не найдена' }]);
  });

  test('the payment screen of V10, by CardScanned', async () => {
    await start('V10');
    bench.addCard('555');
    terminal.devices.set('usb', 'scanner');
    const made = bench.action(card('555'));
    daemon.scan = () => ({ handled: true, action: made });
    await terminal.show({ kind: 'payment', order: order.id });
    expect((await terminal.read('usb', '98123\r')).takenBy).toBe('plugin');
    await clock.advance(0);
    expect(daemon.results.get(made.id)).toMatchObject({ outcome: 'applied' });
  });

  test('a waiter\'s terminal writes one to an order that is on no screen: asked once, done on that order', async () => {
    const table = restaurant.openOrder(7);
    const made: WireAction = { id: 'w', kind: 'applyDiscountCard', number: '555', place: 'order', orderId: table.id, expiresInMs: 10_000 };
    daemon.scan = ({ kind, raw, orderId }) => (kind === 'externalData' && raw === '98123' && orderId === table.id ? { handled: true, action: made } : { handled: false });
    const write = (value: string): unknown => restaurant.edit(table.id, () => ({ externalData: new Map([[HELLO.watchKey, { value, isPublic: false }]]) }), 'iikoFront');
    write('98123');
    await clock.advance(0);
    expect(daemon.results.get('w')).toMatchObject({ outcome: 'applied', orderId: table.id });
    restaurant.touch(table.id);
    await clock.advance(0);
    expect(daemon.count('scan')).toBe(1);
  });
});
