import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunningChild } from '../support/child.js';
import type { ScannerPort } from '../support/scanner-port.js';
import { numberOf, TestShop, universal } from '../support/shop.js';
import type { TillPort } from '../support/till-port.js';
import { waitFor } from '../support/wait-for.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

// What every reader may meet: never more at the till than the bytes read, never a log line that drives a terminal.
const HOSTILE = [
  'http://x\r\n+79161112233\r\n', // CR LF and a loyalty code inside a QR
  '{{constructor.constructor("return process")()}}\r',
  '${env:HOME}{number}{ean13}\r',
  "'; DROP TABLE cards; --\r",
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>\r',
  '\u001b[2J\u001b]0;owned\u0007\u001b[31m\r',
  '\u0000\u0000\u0000\r',
  '\u00c3\u0028\u00a0\u00a1\u00ff\u00fe\r',
  '../../../../etc/passwd\r',
  '%s%n%x\r',
  ']Q1\r',
  ']\r',
  ' \r',
  '\r',
  '__proto__\r',
  `${'9'.repeat(8192)}\r`,
  `98${'1'.repeat(14)} \r`,
];

linux('bad input from a scanner', () => {
  let shop: TestShop;
  let scanner: ScannerPort;
  let till: TillPort;
  let daemon: RunningChild;

  afterEach(() => shop.close());

  const begin = async (args: readonly string[] = []): Promise<void> => {
    shop = new TestShop();
    scanner = await shop.scanner();
    daemon = await shop.run(args);
    till = shop.openTill();
  };

  test('hostile codes are goods, byte for byte, and nothing else', async () => {
    await begin();
    let expected = '';
    for (const text of HOSTILE) {
      await scanner.send(text);
      expected += text;
      await till.waitForBytes(expected.length);
      await shop.silence();
    }
    expect(till.text()).toBe(expected);
    expect(await shop.scans()).toEqual([]);
    await scanner.send(`${universal(1)}\r`);
    await till.waitForText(`${numberOf(universal(1))}\r`);
  });

  test('a value that a hostile code carries through a wide rule cannot leave the template or the table look-up', async () => {
    await begin();
    shop.writeConfig({ codes: [{ name: 'wide', kind: 'card', match: '^W(?<value>[^\\r\\n]{1,200})$' }], translators: [{ type: 'table' }, { type: 'rule', number: '{value}' }] });
    expect((await shop.cli(['reload'])).code).toBe(0);
    for (const value of ["x' OR '1'='1", '{number}{ean13}', '\u001b[2J', 'a\tb']) {
      const { body } = await shop.call('POST', '/v1/scans?wait=1', { code: `W${value}` });
      const text = till.text();
      // either refused, or exactly the value and the suffix
      expect(['', `${value}\r`]).toContain(text);
      expect(text === '' ? body['outcome'] : 'sent').toBe(body['outcome']);
      till.clear();
    }
  });

  test('a half frame is flushed after idleMs; noise of a wrong baud rate is goods', async () => {
    await begin();
    await scanner.send('46012345');
    await till.waitForText('46012345');
    till.clear();
    const garbage = '\u00f8\u0080\u0000\u0078\u00fe\u0006'.repeat(50);
    await scanner.send(garbage);
    await till.waitForBytes(garbage.length);
    expect(till.text()).toBe(garbage);
  });

  test('a webhook that hangs, lies, closes early or answers garbage costs its time budget and never delays goods', async () => {
    shop = new TestShop();
    let behaviour = 0;
    const replies = ['', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nnot json!', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshort', 'garbage\r\n\r\n'];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      const reply = replies[behaviour] ?? '';
      socket.once('data', () => {
        if (reply !== '') socket.end(reply);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const address = server.address();
      const url = `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}/`;
      shop.writeConfig({
        tills: [shop.till('front'), { id: 'hook', adapter: 'webhook', url, timeoutMs: 3000, secrets: { key: '${env:HOOK_KEY}' } }],
        routes: [{ readers: ['counter'], till: 'hook', goods: 'front' }],
      });
      scanner = await shop.scanner();
      await shop.run([], { HOOK_KEY: 'made-up-key-of-a-test' });
      till = shop.openTill();
      const outcomes: unknown[] = [];
      for (behaviour = 0; behaviour < replies.length; behaviour += 1) {
        const ended = shop.call('POST', '/v1/scans?wait=1', { code: universal(behaviour) });
        await shop.partUntil('tills', 'hook', ({ underWay, counters }) => underWay === 1 || (counters['outcome_sent'] ?? 0) + (counters['outcome_unknown'] ?? 0) > outcomes.length);
        await scanner.send(`goods${String(behaviour)}\r`);
        await till.waitForText(`goods${String(behaviour)}\r`);
        // the first one hangs: goods are there before it is over
        if (behaviour === 0) expect(await shop.scans()).toEqual([]);
        outcomes.push((await ended).body['outcome']);
      }
      expect(outcomes).toEqual(['unknown', 'sent', 'unknown', 'unknown']);
    } finally {
      await shop.close();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('privacy: after a busy session at debug level only cards.db holds codes and numbers', async () => {
    await begin(['--log-level', 'debug']);
    const table = { code: '7712345678', card: '2912345678901' };
    expect((await shop.cli(['cards', 'add', table.code, table.card])).code).toBe(0);
    const secrets = new Set<string>([table.code, table.card]);
    const outputs: string[] = [];
    const codes = [table.code, '7799999999', ...Array.from({ length: 8 }, (_, i) => universal(900_000 + i)), 'CPN123456', '+79161112233'];
    for (const code of codes) {
      secrets.add(code);
      if (code.startsWith('98')) secrets.add(numberOf(code)).add(code.slice(2));
      if (code.startsWith('CPN')) secrets.add('55123456');
      if (code.startsWith('+7')) secrets.add('89161112233').add('9161112233');
      await shop.silence();
      await scanner.send(`${code}\r`);
      const seen = secrets.size;
      await waitFor('its outcome', async () => (await shop.scans()).length >= codes.indexOf(code) + 1 && seen > 0);
    }
    till.pause();
    await shop.call('POST', '/v1/scans', { code: universal(950_000) });
    secrets.add(universal(950_000)).add(numberOf(universal(950_000)));
    for (const args of [['status', '--json'], ['journal', '--json'], ['translate', universal(950_001)], ['scan', universal(950_002)], ['scan', '--reader', 'nosuch', universal(950_003)], ['doctor'], ['config', 'show'], ['reload']]) {
      const { stdout, stderr } = await shop.cli([...args, '--log-level', 'debug']);
      outputs.push(stdout, stderr);
    }
    for (let n = 950_001; n <= 950_003; n += 1) secrets.add(universal(n)).add(numberOf(universal(n)));
    outputs.push(JSON.stringify((await shop.call('GET', '/v1/scans')).body), JSON.stringify((await shop.call('POST', '/v1/scans', { code: universal(950_000), bad: 1 })).body));
    till.resume();
    const files = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? files(join(folder, name)) : [join(folder, name)]));
    const look = (): void => {
      for (const path of files(shop.state)) {
        if (path.includes('cards.db') || !statSync(path).isFile()) continue;
        outputs.push(readFileSync(path, 'latin1'));
      }
    };
    look();
    expect((await shop.cli(['stop'])).code).toBe(0);
    look();
    await daemon.exited;
    const everything = [...outputs, daemon.stdout(), daemon.stderr()].join('\n');
    expect(everything.length).toBeGreaterThan(10_000);
    for (const secret of secrets) {
      if (secret.length >= 6) expect(everything.includes(secret), `something shows the value that ends with ${secret.slice(-2)}`).toBe(false);
    }
    expect(readdirSync(shop.folder).filter((name) => name.startsWith('core'))).toEqual([]);
  });
});
