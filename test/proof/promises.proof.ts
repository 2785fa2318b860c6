import { expect, test } from 'vitest';
import { killRounds } from '../support/kill-rounds.js';
import { mixedLoad } from '../support/mixed-load.js';
import { TestShop } from '../support/shop.js';
import { note, scale } from './note.js';

async function withShop(config: Record<string, unknown>, work: (shop: TestShop) => Promise<void>): Promise<void> {
  const shop = new TestShop();
  shop.writeConfig(config);
  try {
    await work(shop);
  } finally {
    await shop.close();
  }
}

test('10,000 mixed reads', async () => {
  const reads = Math.max(100, Math.round(10_000 * scale));
  await withShop({}, async (shop) => {
    await shop.scanner();
    await shop.run();
    const report = await mixedLoad(shop, { reads, burst: 50 });
    const verify = await shop.cli(['journal', 'verify']);
    note('mixed-reads', { reads, ...report, verify: verify.stdout.trim() });
    expect(report).toMatchObject({ exact: true, wrongRows: 0, droppedGoods: 0, outcomes: { sent: report.loyalty } });
    expect(verify.code).toBe(0);
  });
});

test('kill -9 at 100 random moments', async () => {
  const rounds = Math.max(3, Math.round(100 * scale));
  await withShop({ readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }] }, async (shop) => {
    const report = await killRounds(shop, rounds);
    note('kill-rounds', report);
    expect(report).toMatchObject({ lost: 0, doubled: 0, changed: 0, deliveredTwice: 0, foreign: 0, verified: true });
  });
});
