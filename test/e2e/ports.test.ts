import { existsSync, symlinkSync, unlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { numberOf, TestShop, universal } from '../support/shop.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

linux("the scanner's port", () => {
  let shop: TestShop;
  beforeEach(() => {
    shop = new TestShop();
  });
  afterEach(() => shop.close());

  test('missing at the start: READY all the same, a clear reason, and it reads once it is plugged in', async () => {
    const daemon = await shop.run();
    expect(daemon.stdout()).toMatch(/^READY/);
    const missing = await shop.part('readers', 'counter');
    expect(missing).toMatchObject({ status: 'retrying', health: 'degraded', code: 'TB_READER_NOT_FOUND', reason: expect.stringContaining('scanner-counter') as unknown });
    expect(missing.remedy).toBeTruthy();
    expect((await shop.cli(['status'])).stdout).toContain('retrying');
    expect((await shop.cli(['doctor'])).stdout).toMatch(/^warn {2}reader counter/m);
    const till = shop.openTill();
    const scanner = await shop.scanner();
    await shop.partUntil('readers', 'counter', ({ status }) => status === 'ready');
    await scanner.send('4601234567893\r');
    await till.waitForText('4601234567893\r');
  });

  test('unplugged in the middle of a frame, back under another name: the half frame is dropped and counted', async () => {
    const scanner = await shop.scanner();
    await shop.run();
    const till = shop.openTill();
    for (let round = 1; round <= 3; round += 1) {
      await scanner.send(`whole${String(round)}\r`);
      await till.waitForText(`whole${String(round)}\r`);
      await scanner.send('hal');
      scanner.unplug();
      await shop.partUntil('readers', 'counter', ({ status }) => status === 'retrying');
      await scanner.plugIn();
      await shop.partUntil('readers', 'counter', ({ status }) => status === 'ready');
    }
    await shop.silence();
    await scanner.send(`${universal(1)}\r`);
    await till.waitForText(`${numberOf(universal(1))}\r`);
    // a hang-up may throw away what the kernel had not handed over yet: half a frame is never seen, whole ones always
    expect(till.text()).toBe(`whole1\rwhole2\rwhole3\r${numberOf(universal(1))}\r`);
  });

  test('a path that is no tty says so', async () => {
    shop.write('scanner-counter', 'a file\n');
    await shop.run();
    const part = await shop.part('readers', 'counter');
    expect(part.code).toBe('TB_READER_NOT_SERIAL');
    expect(['retrying', 'failed']).toContain(part.status);
    expect((await shop.cli(['doctor'])).code).toBe(0);
  });

  test('a name that points nowhere, and later at a port', async () => {
    symlinkSync(shop.path('elsewhere'), shop.path('scanner-counter'));
    await shop.run();
    expect((await shop.part('readers', 'counter')).status).toBe('retrying');
    unlinkSync(shop.path('scanner-counter'));
    await shop.scanner();
    await shop.partUntil('readers', 'counter', ({ status }) => status === 'ready');
  });
});

linux("the till's port", () => {
  let shop: TestShop;
  beforeEach(() => {
    shop = new TestShop();
  });
  afterEach(() => shop.close());

  test('closed and opened again: what comes within backlogMs arrives, nothing twice', async () => {
    const scanner = await shop.scanner();
    await shop.run();
    const till = shop.openTill();
    await scanner.send('one\r');
    await till.waitForText('one\r');
    till.close();
    await scanner.send('two\r');
    await shop.partUntil('readers', 'counter', ({ counters }) => counters['goods'] === 2);
    till.open();
    await scanner.send('three\r');
    await till.waitForText('three\r');
    expect(till.text()).toBe('one\rtwo\rthree\r');
  });

  test('a file in the place of the link is not overwritten; the daemon says so and the rest works', async () => {
    shop.write('till-front', 'somebody else\n');
    shop.writeConfig({ tills: [shop.till('front'), shop.till('back')], routes: [{ readers: ['counter'], till: 'back' }] });
    const scanner = await shop.scanner();
    await shop.run();
    expect(await shop.part('tills', 'front')).toMatchObject({ status: 'failed', health: 'down', code: 'TB_TILL_LINK_TAKEN' });
    const back = shop.openTill('back');
    await scanner.send('goods\r');
    await back.waitForText('goods\r');
    expect((await shop.cli(['doctor'])).code).toBe(1);
    await shop.cli(['stop']);
    expect(existsSync(shop.path('till-front'))).toBe(true);
  });

  test('the link goes with the daemon, and a dead daemon leaves nothing in the way', async () => {
    const first = await shop.run();
    await first.kill();
    expect((await shop.cli(['status'])).code).toBe(3);
    await shop.run();
    const till = shop.openTill();
    expect((await shop.cli(['scan', '4601234567893', '--wait'])).code).toBe(0);
    await till.waitForText('4601234567893\r');
  });
});
