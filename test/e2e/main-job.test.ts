import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningChild } from '../support/child.js';
import { numberOf, TestShop, universal } from '../support/shop.js';
import type { ScannerPort } from '../support/scanner-port.js';
import type { TillPort } from '../support/till-port.js';
import { waitFor } from '../support/wait-for.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

/** A random-looking byte sequence that is the same in every run. */
function noise(length: number, without: readonly number[]): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12345;
  for (let i = 0; i < length; ) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const byte = (state >> 16) & 0xff;
    if (!without.includes(byte)) bytes[i++] = byte;
  }
  return bytes;
}

linux('from the scanner to the cashier program', () => {
  let shop: TestShop;
  let scanner: ScannerPort;
  let till: TillPort;

  let daemon: RunningChild;

  const begin = async (config: Record<string, unknown> = {}): Promise<void> => {
    shop = new TestShop();
    shop.writeConfig(config);
    scanner = await shop.scanner();
    daemon = await shop.run();
    till = shop.openTill();
    await shop.partUntil('readers', 'counter', ({ status }) => status === 'ready');
  };
  /** A loyalty read as a person makes it: silence around it; waits until it has its outcome. */
  const present = async (text: string): Promise<void> => {
    const before = (await shop.scans()).length;
    await shop.silence();
    await scanner.send(`${text}\r`);
    await waitFor('its outcome', async () => (await shop.scans()).length > before, 15_000);
  };
  const outcomes = async (): Promise<string[]> => (await shop.scans()).map(({ outcome, reason, evidence }) => [outcome, reason, evidence].filter(Boolean).join(' '));

  afterEach(() => shop.close());

  test('goods arrive byte for byte and in order: marking codes, CR LF, several lines, long, binary, without end', async () => {
    await begin();
    const reads = [
      '4601234567893\r',
      ']d2010460123456789321TEST0000001\u001d91EE06\u001d92dGVzdA==\r\n',
      'line one\rline two\rline three\r\n',
      `${'x'.repeat(8191)}\r`,
      '\u0000\u0001\u0002\u0000\r',
      Buffer.concat([noise(5000, [0x0d, 0x0a, 0x09, 0x03]), Buffer.from('\r')]).toString('latin1'),
      '\u00cf\u00f0\u00e8\u00e2\u00e5\u00f2\n',
      '\u00ff\u00fe\u00c3\u0028\r',
      '4609876543213\t',
      '9\r\n8\n7\r',
    ];
    let expected = '';
    for (const read of reads) {
      await scanner.send(read);
      expected += read;
      await till.waitForBytes(expected.length);
      await shop.silence();
    }
    await scanner.send('no end at all');
    expected += 'no end at all';
    await till.waitForBytes(expected.length);
    expect(till.text()).toBe(expected);
    expect(await shop.scans()).toEqual([]);
    expect((await shop.part('tills', 'front')).counters).not.toHaveProperty('goods_dropped_tooMany');
  });

  test('1 MB without a newline goes through; memory stays bounded; the next loyalty code works', async () => {
    await begin();
    const memory = (): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(daemon.pid)}/status`, 'utf8'))?.[1]) / 1024;
    const before = memory();
    const flood = noise(1_000_000, [0x0d, 0x0a, 0x09, 0x03]);
    await scanner.send(flood);
    await till.waitForBytes(flood.length, 30_000);
    expect(till.bytes().equals(flood)).toBe(true);
    expect(memory() - before).toBeLessThan(64);
    till.clear();
    await present(universal(1));
    await till.waitForText(`${numberOf(universal(1))}\r`);
  });

  test('loyalty: numbers by rule and by table, templates a kind, AIM id, coupon and phone', async () => {
    const template = { card: ';778=000012885={number}?\r', coupon: 'K{number}\r', phone: 'T{number}\r' };
    shop = new TestShop();
    shop.writeConfig({ tills: [shop.till('front', { template })] });
    expect((await shop.cli(['cards', 'add', '7700000001', '000123'])).code).toBe(0);
    scanner = await shop.scanner();
    await shop.run();
    till = shop.openTill();
    for (const text of [universal(1), `]Q1${universal(2)}`, '7700000001', 'CPN000042', '+79161112233', '7700000002']) await present(text);
    const card = (number: string): string => `;778=000012885=${number}?\r`;
    expect(till.text()).toBe(card(numberOf(universal(1))) + card(numberOf(universal(2))) + card('000123') + 'K55000042\r' + 'T89161112233\r');
    expect(await outcomes()).toEqual(['sent read', 'sent read', 'sent read', 'sent read', 'sent read', 'notFound']);
  });

  test('a loyalty code inside a burst is goods: quiet frames', async () => {
    await begin();
    const burst = `4601234567893\r${universal(1)}\r4609876543213\r`;
    await scanner.send(burst);
    await till.waitForBytes(burst.length);
    expect(till.text()).toBe(burst);
    await shop.silence();
    await scanner.send(`${universal(2)}\rsecond line of the same QR\r`);
    await till.waitForText('same QR\r');
    expect(till.text()).toBe(`${burst}${universal(2)}\rsecond line of the same QR\r`);
    expect(await shop.scans()).toEqual([]);
  });

  test('goods do not wait for a loyalty number that is under way, and it is not between them in pieces', async () => {
    await begin();
    till.pause();
    await scanner.send(`${universal(1)}\r`);
    await shop.partUntil('readers', 'counter', ({ counters }) => counters['loyalty'] === 1);
    await scanner.send('4601234567893\r');
    await shop.partUntil('readers', 'counter', ({ counters }) => counters['goods'] === 1);
    till.resume();
    await till.waitForText('4601234567893\r');
    await waitFor('the outcome', async () => (await shop.scans()).length === 1);
    expect([`${numberOf(universal(1))}\r4601234567893\r`, `4601234567893\r${numberOf(universal(1))}\r`]).toContain(till.text());
  });

  test('passThrough: a refused code reaches the till as read; unmatched: reject drops what is no loyalty code', async () => {
    await begin({ on: { notFound: 'passThrough' } });
    await present('7700000099');
    await till.waitForText('7700000099\r');
    expect(await outcomes()).toEqual(['notFound passedThrough']);
    shop.writeConfig({ readers: [shop.reader('counter', { unmatched: 'reject' })] });
    expect((await shop.cli(['reload'])).code).toBe(0);
    till.clear();
    await scanner.send('4601234567893\r');
    await shop.partUntil('readers', 'counter', ({ counters }) => counters['dropped_unmatched'] === 1);
    await present(universal(3));
    expect(till.text()).toBe(`${numberOf(universal(3))}\r`);
  });

  test('a till that does not read: expired, nothing arrives later; a closed port: rejected', async () => {
    shop = new TestShop();
    shop.writeConfig({ tills: [shop.till('front', { expireMs: 1500, duplicateMs: 0 })] });
    scanner = await shop.scanner();
    await shop.run();
    till = shop.openTill();
    till.pause();
    await present(universal(1));
    await scanner.send('4601234567893\r');
    till.resume();
    await till.waitForText('4601234567893\r');
    till.close();
    await present(universal(1));
    till.open();
    await present(universal(1));
    expect(await outcomes()).toEqual(['expired notRead', 'rejected portNotOpen', 'sent read']);
    expect(till.text()).toBe(`4601234567893\r${numberOf(universal(1))}\r`);
  });

  test('duplicates are one scan; a newer card supersedes one that the till has not taken', async () => {
    await begin();
    await present(universal(1));
    await scanner.send(`${universal(1)}\r`);
    await shop.partUntil('readers', 'counter', ({ counters }) => counters['duplicates'] === 1);
    expect(till.text()).toBe(`${numberOf(universal(1))}\r`);
    till.clear();
    till.pause();
    await shop.silence();
    await scanner.send(`${universal(2)}\r`);
    await shop.partUntil('readers', 'counter', ({ counters }) => counters['loyalty'] === 2);
    await shop.silence();
    await scanner.send(`${universal(3)}\r`);
    await waitFor('the first to be superseded', async () => (await shop.scans()).length === 2);
    till.resume();
    await till.waitForText(`${numberOf(universal(3))}\r`);
    await waitFor('all outcomes', async () => (await shop.scans()).length === 3);
    expect(till.text()).toBe(`${numberOf(universal(3))}\r`);
    expect((await outcomes()).map((text) => text.split(' ')[0])).toEqual(['sent', 'superseded', 'sent']);
  });

  test('goods wait for a closed port at most backlogMs, then they are dropped and counted', async () => {
    shop = new TestShop();
    shop.writeConfig({ tills: [shop.till('front', { backlogMs: 300 })] });
    scanner = await shop.scanner();
    await shop.run();
    await scanner.send('stale\r');
    await shop.partUntil('tills', 'front', ({ counters }) => Object.entries(counters).some(([name, count]) => name.startsWith('goods_dropped') && count === 1));
    till = shop.openTill();
    await scanner.send('fresh\r');
    await till.waitForText('fresh\r');
    expect(till.text()).toBe('fresh\r');
  });
});

linux('a webhook till beside a port for the goods', () => {
  interface Seen {
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }
  let shop: TestShop;
  let server: Server;
  let answer: { status: number; body: string };
  const seen: Seen[] = [];
  const key = 'made-up-key-of-a-test';

  beforeEach(async () => {
    seen.length = 0;
    answer = { status: 200, body: '{"outcome":"applied"}' };
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        seen.push({ headers: request.headers, body });
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    shop = new TestShop();
    shop.writeConfig({
      tills: [shop.till('front'), { id: 'hook', adapter: 'webhook', url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/n`, secrets: { key: '${env:HOOK_KEY}' } }],
      routes: [{ readers: ['counter'], till: 'hook', goods: 'front' }],
    });
  });
  afterEach(async () => {
    await shop.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('numbers are posted once and signed, goods go to the port', async () => {
    const scanner = await shop.scanner();
    const env = { HOOK_KEY: key };
    await shop.run([], env);
    const till = shop.openTill();
    await scanner.send('4601234567893\r');
    await till.waitForText('4601234567893\r');
    const first = await shop.json<{ scanId: string }>(['scan', universal(1), '--wait'], { env });
    expect(first).toMatchObject({ outcome: 'applied' });
    answer = { status: 404, body: '' };
    expect((await shop.cli(['scan', universal(2), '--wait'], { env })).code).toBe(1);
    answer = { status: 500, body: '' };
    expect(await shop.json(['scan', universal(3), '--wait'], { env })).toMatchObject({ outcome: 'unknown' });
    expect(seen).toHaveLength(3);
    const { headers, body } = seen[0]!;
    const posted = JSON.parse(body) as Record<string, string>;
    expect(posted).toEqual({ deliveryId: headers['idempotency-key'], scanId: first.scanId, till: 'hook', kind: 'card', number: numberOf(universal(1)), time: expect.any(String) as unknown });
    const timestamp = String(headers['tillbridge-timestamp']);
    expect(headers['tillbridge-signature']).toBe(`v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`);
    expect(till.text()).toBe('4601234567893\r');
    expect((await shop.scans()).map(({ outcome }) => outcome)).toEqual(['applied', 'rejected', 'unknown']);
  });
});
