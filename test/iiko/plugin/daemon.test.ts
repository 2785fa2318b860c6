import { X509Certificate } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningChild } from '../../support/child.js';
import { needs } from '../../support/needs.js';
import { selfSigned } from '../../support/self-signed.js';
import { numberOf, TestShop, universal, type ConfigObject } from '../../support/shop.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { waitFor } from '../../support/wait-for.js';
import { compileHarness } from './build.js';
import { PluginProcess } from './plugin-process.js';

const SECRET = 'a-secret-of-the-till-0123';
const HALL = 'a-secret-of-the-hall-0123';
const PHONE = '+79991234567';
const temp = makeTempFolder();
let exe = '';
let folders = 0;

afterAll(temp.remove);

/** What the journal says of a scan: the outcome and why. */
interface Ended {
  readonly outcome: string;
  readonly reason?: string;
}

/** The built daemon and the plugin under mono on a simulated till. */
class Pair {
  readonly shop = new TestShop();
  readonly plugin: PluginProcess;
  #daemon: RunningChild | undefined;
  #port = 0;

  constructor(till: ConfigObject = {}, more: ConfigObject = {}) {
    folders += 1;
    const folder = join(temp.path, `till-${String(folders)}`);
    mkdirSync(folder);
    this.plugin = new PluginProcess(exe, folder);
    this.shop.writeConfig({
      readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }, { id: 'own', type: 'till', till: 'front' }],
      tills: [
        {
          ...{ id: 'front', adapter: 'iiko', transport: 'front', secrets: { token: '${env:PLUGIN}' }, cashierMessage: 'en' },
          ...{ nativeIdentifier: { card: 'rmsDiscountCard', coupon: 'iikoCardCoupon', phone: 'guestPhone' }, phone: 'asIs', ...till },
        },
      ],
      routes: [{ readers: ['counter', 'own'], till: 'front', goods: 'none' }],
      api: { port: 0 },
      ...more,
    });
  }

  /** The daemon, on the port that it had before. */
  async runDaemon(): Promise<void> {
    this.#daemon = this.shop.start([], { PLUGIN: SECRET, HALL });
    const [, port] = await this.#daemon.waitForLine(/^READY pid=\d+ api=http:\/\/127\.0\.0\.1:(\d+)$/, 60_000);
    if (this.#port === 0) this.shop.writeConfig({ api: { port: Number(port) } });
    this.#port = Number(port);
  }

  async start(): Promise<void> {
    await this.runDaemon();
    this.plugin.configure(`http://127.0.0.1:${String(this.#port)}/iiko/v1`, SECRET, { watchWaiters: true });
    this.plugin.start();
    await this.connected();
  }

  async connected(): Promise<void> {
    await this.shop.partUntil('tills', 'front', ({ health }) => health === 'healthy');
  }

  async killDaemon(): Promise<void> {
    await this.#daemon?.kill();
  }

  /** A scan at the counter, until it has an outcome. */
  async scan(code: string): Promise<Ended> {
    const { status, body } = await this.shop.call('POST', '/v1/scans?wait=1', { code, reader: 'counter' });
    if (body['outcome'] === undefined) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
    return waitFor('the row of the journal', async () => (await this.shop.scans()).find((row) => row.scanId === body['scanId']));
  }

  /** Waits until so many scans were applied: a daemon that is stopped earlier waits for them. */
  async ended(scans: number): Promise<void> {
    await waitFor('the outcomes', async () => (await this.shop.scans()).filter(({ outcome }) => outcome === 'applied').length >= scans);
  }

  /** Opens an order, and waits until the daemon has taken the news: the next read at the counter is for it. */
  async open(number: number): Promise<string> {
    const order = await this.plugin.open(number);
    await waitFor('the daemon to know the screen', () => this.plugin.log().includes(`orderEdit with order ${String(number)}`));
    return order;
  }

  /** Ends both and holds them to what is true whatever happened. */
  async close(): Promise<void> {
    try {
      const exit = await this.plugin.quit();
      expect(this.plugin.running.stdout()).not.toContain('CRASH');
      expect(exit).toEqual({ code: 0, signal: null });
      expect(this.plugin.log()).not.toMatch(/\d{5}/);
      const [own, daemons] = [this.plugin.written(), this.#daemon?.stderr() ?? ''];
      for (const clear of [numberOf(universal(1)), universal(1), '9991234567', SECRET]) {
        expect(own).not.toContain(clear);
        expect(daemons).not.toContain(clear);
      }
    } finally {
      await this.shop.close();
    }
  }
}

needs('mono')('the iikoFront plugin and the built daemon', () => {
  let pair: Pair;

  beforeAll(() => {
    exe = compileHarness(temp.path, 'V9');
  });
  beforeEach(() => {
    pair = new Pair();
  });
  afterEach(() => pair.close());

  test('a card, a coupon and a phone come onto the order that is open, and the cashier is told', async () => {
    await pair.start();
    const discount = await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    const guest = await pair.plugin.do('guest', '89991234567', '1');
    const order = await pair.open(41);
    expect(await pair.scan(universal(1))).toMatchObject({ outcome: 'applied', evidence: 'orderShowsCard' });
    expect(await pair.scan('CPN000001')).toMatchObject({ outcome: 'applied' });
    expect(await pair.scan(PHONE)).toMatchObject({ outcome: 'applied' });
    expect(await pair.plugin.see(order)).toMatchObject({ discounts: [discount], coupons: ['55000001'], guests: [guest] });
    expect((await pair.plugin.messages()).length).toBeGreaterThan(0);
  });

  test('a read of the till itself is answered in the handler: a guest by it, a product by the till', async () => {
    await pair.start();
    const discount = await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    const order = await pair.open(42);
    const wrapped = `<barcode class="KeyboardDriver"/>;${universal(1)}?barcode`;
    // the till's own limit is 2.5 s: a machine that is busy may need a second read, which changes nothing
    await waitFor('an answer in time', async () => (await pair.plugin.scan('barcode', wrapped)).handled);
    await waitFor('the card on the order', async () => (await pair.plugin.see(order)).discounts.includes(discount));
    expect(await pair.plugin.scan('barcode', '4600000000008')).toMatchObject({ handled: false });
    const next = await pair.open(43);
    const other = await pair.plugin.do('card', numberOf(universal(2)), 'plain');
    await waitFor('an answer in time', async () => (await pair.plugin.scan('slide', `;${universal(2)}?`)).handled);
    await waitFor('the card on the next order', async () => (await pair.plugin.see(next)).discounts.includes(other));
    await pair.ended(2);
  });

  test('refusals have their names, and no order is changed', async () => {
    await pair.start();
    const order = await pair.open(44);
    expect(await pair.scan(universal(2))).toMatchObject({ outcome: 'notFound' });
    await pair.plugin.do('card', numberOf(universal(3)), 'plain');
    await pair.plugin.do('fault', 'SubmitChanges', 'permission');
    expect(await pair.scan(universal(3))).toMatchObject({ outcome: 'rejected', reason: 'permission' });
    await pair.plugin.do('status', order, 'Bill');
    expect(await pair.scan(universal(3))).toMatchObject({ outcome: 'rejected', reason: 'orderClosed' });
    expect((await pair.plugin.see(order)).submitted).toBe(0);
  });

  test('the cashier goes to another order while the screen is busy: the card is on neither', async () => {
    await pair.start();
    await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    const first = await pair.open(45);
    await pair.plugin.do('busy', 'on');
    const scanned = pair.scan(universal(1));
    await waitFor('the action in the book', () => /^B\|/m.test(pair.plugin.written()));
    const second = await pair.open(46);
    await pair.plugin.do('busy', 'off');
    expect((await scanned).outcome).not.toBe('applied');
    expect((await pair.plugin.see(first)).submitted).toBe(0);
    expect(await pair.scan(universal(1))).toMatchObject({ outcome: 'applied' });
    expect((await pair.plugin.see(second)).discounts.length).toBe(1);
  });

  test('a scan that nobody can take in time is over, and is not carried out later', async () => {
    await pair.shop.close();
    pair = new Pair({ expireMs: 1000 });
    await pair.start();
    await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    const order = await pair.open(47);
    await pair.plugin.do('busy', 'on');
    expect(await pair.scan(universal(1))).toMatchObject({ outcome: 'expired' });
    await pair.plugin.do('busy', 'off');
    expect(await pair.scan(universal(1))).toMatchObject({ outcome: 'applied' });
    expect((await pair.plugin.see(order)).submitted).toBe(1);
  });

  test('the daemon is killed while the plugin waits, and while it has a card in hand: the order gets it once, and the plugin comes back', async () => {
    await pair.start();
    await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    const order = await pair.open(48);
    await pair.killDaemon();
    await pair.runDaemon();
    await pair.connected();
    await pair.plugin.do('busy', 'on');
    const scanned = pair.scan(universal(1)).catch(() => undefined);
    await waitFor('the action in the book', () => /^B\|/m.test(pair.plugin.written()));
    await pair.killDaemon();
    await scanned;
    await pair.plugin.do('busy', 'off');
    await waitFor('the end in the book', () => /^E\|.*\|applied\|/m.test(pair.plugin.written()));
    await pair.runDaemon();
    // the daemon that was started anew never gives it out again, and does not wait for what the plugin knows of it
    const settled = await waitFor('the outcome', async () => (await pair.shop.scans())[0]);
    expect(settled.outcome).toBe('unknown');
    await waitFor('the word of the plugin to be taken', () => /^S\|/m.test(pair.plugin.written()));
    expect((await pair.plugin.see(order)).submitted).toBe(1);
  });

  test('the plugin is killed with a card in hand: it never comes back to it', async () => {
    await pair.start();
    await pair.open(49);
    await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    await pair.plugin.do('busy', 'on');
    const scanned = pair.scan(universal(1));
    await waitFor('the action in the book', () => /^B\|/m.test(pair.plugin.written()));
    await pair.plugin.kill();
    pair.plugin.start();
    expect((await scanned).outcome).not.toBe('applied');
    await pair.connected();
    const next = await pair.open(50);
    await pair.plugin.do('card', numberOf(universal(5)), 'plain');
    expect(await pair.scan(universal(5))).toMatchObject({ outcome: 'applied' });
    expect((await pair.plugin.see(next)).submitted).toBe(1);
  });

  test('a waiter wrote the code to an order that no screen shows', async () => {
    await pair.start();
    const discount = await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    const table = await pair.plugin.do('order', '51');
    const other = await pair.open(52);
    await pair.plugin.do('waiter', table, 'arbus.iikowaiter.checkinscannedvalue', universal(1));
    await waitFor('the card on the order of the table', async () => (await pair.plugin.see(table)).discounts.includes(discount));
    expect((await pair.plugin.see(other)).discounts).toEqual([]);
    await pair.ended(1);
  });
});

needs('mono')('the iikoFront plugin on another machine', () => {
  beforeAll(() => {
    exe = compileHarness(temp.path, 'V8');
  });

  test('through the listener for stations, its certificate pinned', async () => {
    const made = selfSigned();
    const pair = new Pair({ secrets: undefined });
    const cert = pair.shop.write('cert.pem', made.cert);
    const key = pair.shop.write('key.pem', made.key);
    pair.shop.writeConfig({ stations: { listen: '127.0.0.1:0', tls: { cert, key }, peers: [{ id: 'hall', till: 'front', allow: ['127.0.0.1'], secrets: { token: '${env:HALL}' } }] } });
    await pair.runDaemon();
    const { body } = await pair.shop.call('GET', '/v1/daemon');
    pair.plugin.configure(`${String(body['stations'])}/s/hall`, HALL, { fingerprint: new X509Certificate(made.cert).fingerprint256 });
    pair.plugin.start();
    await pair.connected();
    const discount = await pair.plugin.do('card', numberOf(universal(1)), 'plain');
    const order = await pair.open(60);
    expect(await pair.scan(universal(1))).toMatchObject({ outcome: 'applied' });
    expect((await pair.plugin.see(order)).discounts).toEqual([discount]);
    await pair.close();
  });
});
