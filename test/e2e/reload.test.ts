import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningChild } from '../support/child.js';
import type { ScannerPort } from '../support/scanner-port.js';
import { numberOf, SHOP_RULES, TestShop, universal } from '../support/shop.js';
import type { TillPort } from '../support/till-port.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

linux('reload', () => {
  let shop: TestShop;
  let daemon: RunningChild;
  let scanner: ScannerPort;
  let till: TillPort;

  beforeEach(async () => {
    shop = new TestShop();
    scanner = await shop.scanner();
    daemon = await shop.run();
    till = shop.openTill();
  });
  afterEach(() => shop.close());

  const changed = async (): Promise<unknown> => (await shop.json(['reload']))['changed'];

  test('nothing changed', async () => {
    expect(await shop.cli(['reload'])).toEqual({ code: 0, stdout: 'nothing changed\n', stderr: '' });
    expect((await shop.cli(['reload', '--lang', 'ru'])).stdout).toBe('изменений нет\n');
  });

  test('codes change and goods go on: the open port of the till is never closed, nothing is lost', async () => {
    let expected = '';
    let count = 0;
    let going = true;
    const goods = (async () => {
      while (going) {
        const code = `46${String((count += 1)).padStart(11, '0')}\r`;
        expected += code;
        await scanner.send(code);
        await till.waitForBytes(expected.length);
      }
    })();
    for (let round = 0; round < 4; round += 1) {
      shop.writeConfig({ codes: [...SHOP_RULES.codes, { name: `extra${String(round)}`, kind: 'card', match: '^66(?<value>\\d{6})$' }] });
      expect(await changed()).toEqual(['rules']);
    }
    going = false;
    await goods;
    await till.waitForBytes(expected.length);
    expect(till.text()).toBe(expected);
    expect(count).toBeGreaterThan(20);
    await shop.silence();
    expect(await shop.json(['scan', '66000001', '--wait'])).toMatchObject({ kind: 'card', outcome: 'notFound' });
  });

  test('SIGHUP: a reader comes, another goes; the till and its port stay', async () => {
    const second = await shop.scanner('second');
    shop.writeConfig({ readers: [shop.reader('second')] });
    daemon.child.kill('SIGHUP');
    await shop.partUntil('readers', 'second', ({ status }) => status === 'ready');
    await second.send('4601234567893\r');
    await till.waitForText('4601234567893\r');
    expect(await shop.call('GET', '/v1/readers')).toMatchObject({ body: { readers: [{ id: 'second' }] } });
  });

  test('a till changes: its port is made anew, the others are not touched', async () => {
    shop.writeConfig({ tills: [shop.till('front'), shop.till('back')], routes: [{ readers: ['counter'], till: 'front' }] });
    expect(await changed()).toEqual(['till back: add']);
    const back = shop.openTill('back');
    shop.writeConfig({ tills: [shop.till('front'), shop.till('back', { template: '<{number}>' })], routes: [{ readers: ['counter'], till: 'back' }] });
    expect(await changed()).toEqual(['till back: change', 'rules']);
    back.close();
    back.open();
    expect(await shop.json(['scan', universal(1), '--wait'])).toMatchObject({ outcome: 'sent' });
    expect(back.text()).toBe(`<${numberOf(universal(1))}>`);
    shop.writeConfig({ tills: [shop.till('front')], routes: [{ readers: ['counter'], till: 'front' }] });
    expect(await changed()).toEqual(['till back: remove', 'rules']);
    await scanner.send('4601234567893\r');
    await till.waitForText('4601234567893\r');
  });

  test('an invalid file changes nothing and is reported with all its errors', async () => {
    const good = { readers: [shop.reader('counter')] };
    shop.writeConfig({ readers: [{ id: 'counter', type: 'serial', path: '/dev/null', baudrate: 1 }], colour: 'blue' });
    const { code, stdout, stderr } = await shop.cli(['reload']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/tillbridge\.yaml:\d+:\d+ readers\[0\]\.baudrate: .+\n.*tillbridge\.yaml:\d+:\d+ colour: .+\nTB_CONFIG_INVALID: .+\n.+\n$/);
    expect((await shop.cli(['reload', '--lang', 'ru'])).stderr).toContain('неизвестный ключ');
    const json = await shop.cli(['reload', '--json']);
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'TB_CONFIG_INVALID', details: { problems: [expect.any(String), expect.any(String)] } } });
    daemon.child.kill('SIGHUP');
    await daemon.waitForErrorLine(/colour/);
    await daemon.waitForErrorLine(/the old one stays/);
    await scanner.send('4601234567893\r');
    await till.waitForText('4601234567893\r');
    writeFileSync(shop.configFile, 'version: 1\nreaders: [');
    expect((await shop.cli(['reload'])).code).toBe(2);
    shop.writeConfig({ ...good, colour: undefined });
    expect((await shop.cli(['reload'])).stdout).toBe('nothing changed\n');
  });

  test('what needs a restart is said', async () => {
    shop.writeConfig({ journal: { keepDays: 7 }, store: 'another', log: { file: shop.path('x.log') } });
    const { restartNeeded } = await shop.json<{ restartNeeded: string[] }>(['reload']);
    expect([...restartNeeded].sort()).toEqual(['journal', 'log.file', 'store']);
  });
});
