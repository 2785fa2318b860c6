import { createClassifier, outcome, REJECT_ALL } from '@tillbridge/core';
import { SHOP_CODES, shopNumber, SimulatedShop, SimulatedTranslator, VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anything, observe, TWO_TILLS } from '../../../../test/support/shop-script.js';

/** When a read's silence of 20 ms is nearly complete. */
const NEARLY = 18;
const REST = 5;

const typesOf = (shop: SimulatedShop): string[] => shop.journal.entries.map(({ entry }) => entry.type);

describe('a loyalty scan whose silence is nearly complete', () => {
  it('is looked up and its entries are prepared; nothing of it is recorded, told or delivered before the silence is complete', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    expect(shop.translator.asked).toHaveLength(1);
    expect(shop.journal.prepared.map(({ entries }) => entries.map(({ type }) => type))).toEqual([['captured', 'delivering']]);
    expect([shop.journal.entries, shop.scans, shop.till().deliveries]).toEqual([[], [], []]);
    await shop.clock.advance(REST);
    expect(shop.outcomes).toMatchObject([{ outcome: 'sent' }]);
    expect(shop.translator.asked).toHaveLength(1);
    expect(shop.journal.prepared).toMatchObject([{ end: 'committed' }]);
    expect(typesOf(shop)).toEqual(['captured', 'delivering', 'outcome']);
    expect(new Set(shop.journal.entries.map(({ entry }) => entry.scanId)).size).toBe(1);
    expect(shop.journal.entries[1]?.entry).toMatchObject({ deliveryId: shop.till().deliveries[0]?.request.id });
  });

  it('tells what the translators made of it once, when it is a scan', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    const told: string[] = [];
    shop.pipeline.on('translated', ({ scan }) => told.push(scan.id));
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    expect(told).toEqual([]);
    await shop.clock.advance(REST);
    expect(told).toEqual(shop.scans.map(({ scan }) => scan.id));
  });

  it('that goes on is goods, and nothing is left of what was prepared', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    shop.reader().scan('second line');
    expect(shop.till().goodsText).toBe('98123\rsecond line\r');
    expect(shop.journal.prepared).toMatchObject([{ end: 'discarded' }]);
    await shop.clock.advance(1000);
    expect([shop.journal.entries, shop.outcomes]).toEqual([[], []]);
  });

  it('takes a line feed that comes late for what it is', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    shop.reader().tail('\n');
    await shop.clock.advance(REST);
    expect(shop.journal.prepared).toMatchObject([{ end: 'committed' }]);
    expect(shop.outcomes).toMatchObject([{ outcome: 'sent' }]);
  });

  it('is looked up anew where the rules have changed meanwhile', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    const other = new SimulatedTranslator('other', shop.clock, { answer: { result: 'blocked' } }, true);
    shop.pipeline.setRules({ classifier: createClassifier(SHOP_CODES), translators: [other], policies: REJECT_ALL, routes: [{ till: 'front' }] });
    await shop.clock.advance(REST);
    expect(shop.outcomes).toMatchObject([{ outcome: 'blocked' }]);
    expect(shop.journal.prepared).toMatchObject([{ end: 'discarded' }]);
    expect(typesOf(shop)).toEqual(['captured', 'outcome']);
  });

  it('goes its usual way where another scan came first', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.till().behaviour = { answer: outcome('sent'), afterMs: 100 };
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    shop.pipeline.inject({ bytes: Buffer.from('98456'), reader: 'counter' });
    await shop.clock.advance(REST);
    expect(shop.journal.prepared).toMatchObject([{ end: 'discarded' }]);
    await shop.clock.advance(1000);
    expect(shop.outcomes.map(({ code, outcome: name }) => [code.reveal(), name])).toEqual([['98456', 'superseded'], ['98123', 'sent']]);
  });

  it('is nobody\'s business: translators that would tell others are not asked, nor those behind them', async () => {
    const clock = new VirtualClock();
    const remote = new SimulatedTranslator('remote', clock);
    const local = new SimulatedTranslator('local', clock, { answer: shopNumber }, true);
    const shop = await SimulatedShop.open({ clock, translators: [remote, local] });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    shop.reader().scan('second line');
    await shop.clock.advance(100);
    expect([remote.asked, local.asked, shop.journal.prepared]).toEqual([[], [], []]);
  });

  it('is prepared where a translator that may be asked decides before one that may not', async () => {
    const clock = new VirtualClock();
    const local = new SimulatedTranslator('local', clock, { answer: (code) => (code.text.reveal() === '98123' ? shopNumber(code) : { result: 'notFound' }) }, true);
    const remote = new SimulatedTranslator('remote', clock, { answer: shopNumber });
    const shop = await SimulatedShop.open({ clock, translators: [local, remote] });
    for (const text of ['98123', '98456']) {
      shop.reader().scan(text);
      await shop.clock.advance(100);
    }
    expect(shop.journal.prepared).toHaveLength(1);
    expect(remote.asked).toHaveLength(1);
    expect(shop.outcomes).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }]);
  });

  it.each([
    ['a one-time code', { codes: [{ name: 'once', kind: 'card' as const, match: /^98/, oneTime: true }] }],
    ['a code that came a moment ago', { before: '98123' }],
    ['a scan while another is under way', { before: '98456', tillMs: 200 }],
  ])('prepares nothing for %s', async (_, { codes, before, tillMs }: { codes?: typeof SHOP_CODES; before?: string; tillMs?: number }) => {
    const shop = await SimulatedShop.open({ ahead: true, ...(codes === undefined ? {} : { codes }) });
    if (tillMs !== undefined) shop.till().behaviour = { answer: outcome('sent'), afterMs: tillMs };
    if (before !== undefined) {
      shop.reader().scan(before);
      await shop.clock.advance(100);
    }
    const already = shop.journal.prepared.length;
    shop.reader().scan('98123');
    await shop.clock.advance(1000);
    expect(shop.journal.prepared).toHaveLength(already);
    expect(shop.outcomes.at(-1)).toMatchObject({ outcome: 'sent' });
  });

  it('keeps the journal occupied for a few milliseconds at most, whatever happens, and leaves no trace of what was discarded', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const { seen } = await observe(script, { ...TWO_TILLS, ahead: true });
        const { journal } = seen.shop;
        for (const { entries, end } of journal.prepared) {
          expect(end).toBeDefined();
          const written = journal.entries.filter(({ entry }) => entries.includes(entry));
          expect(written).toHaveLength(end === 'committed' ? entries.length : 0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
