import { afterEach, describe, expect, test } from 'vitest';
import { killRounds } from '../support/kill-rounds.js';
import { TestShop } from '../support/shop.js';

const linux = process.platform === 'linux' ? describe : describe.skip;

linux('kill -9', () => {
  let shop: TestShop;
  afterEach(() => shop.close());

  test('under load, three times: nothing acknowledged is lost, nothing is delivered twice, the chain is whole', async () => {
    shop = new TestShop();
    shop.writeConfig({ readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }] });
    const report = await killRounds(shop, 3);
    expect(report).toMatchObject({ rounds: 3, lost: 0, doubled: 0, changed: 0, deliveredTwice: 0, foreign: 0, verified: true });
    expect(report.acknowledged).toBeGreaterThanOrEqual(3);
  }, 60_000);

  test('a number that lay at the till when the daemon died is unknown, one that waited is expired; neither is repeated', async () => {
    shop = new TestShop();
    const daemon = await shop.run();
    const till = shop.openTill();
    till.pause();
    const card = await shop.call('POST', '/v1/scans', { code: '9810000000000001' });
    const coupon = await shop.call('POST', '/v1/scans', { code: 'CPN000001' });
    expect([card.status, coupon.status]).toEqual([202, 202]);
    await shop.partUntil('tills', 'front', ({ underWay }) => underWay === 2);
    await daemon.kill();
    till.close();
    await shop.run();
    till.resume();
    till.open();
    const rows = await shop.rows();
    expect(rows.map(({ scanId, outcome, reason }) => [scanId, reason, outcome])).toEqual([
      [card.body['scanId'], 'restart', expect.stringMatching(/^(unknown|expired)$/)],
      [coupon.body['scanId'], 'restart', 'expired'],
    ]);
    expect(await shop.cli(['scan', '4601234567893', '--wait'])).toMatchObject({ code: 0 });
    await till.waitForText('4601234567893\r');
    expect(till.text()).toBe('4601234567893\r');
    expect(await shop.cli(['journal', 'verify'])).toMatchObject({ code: 0 });
  });
});
