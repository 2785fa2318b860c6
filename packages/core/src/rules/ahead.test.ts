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
  it('is looked up and its entries are written; nothing of it is told or delivered before the silence is complete', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.journal.commitMs = 1;
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    expect(shop.translator.asked).toHaveLength(1);
    expect(typesOf(shop)).toEqual(['captured', 'delivering']);
    expect([shop.scans, shop.till().deliveries]).toEqual([[], []]);
    await shop.clock.advance(REST);
    expect(shop.outcomes).toMatchObject([{ outcome: 'sent' }]);
    expect(shop.translator.asked).toHaveLength(1);
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

  it('is delivered no sooner than its intent is durable, and not at all where that fails', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.journal.commitMs = 50;
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY + REST);
    expect(shop.scans).toHaveLength(1);
    expect(shop.till().deliveries).toEqual([]);
    await shop.clock.advance(1000);
    expect(shop.till().deliveries).toHaveLength(1);
    const [, intent] = shop.journal.of(shop.scans[0]!.scan.id);
    expect(intent?.durableAt).toBeLessThanOrEqual(shop.till().deliveries[0]!.startedAt.mono);

    shop.journal.mode = 'fail';
    shop.reader().scan('98456');
    await shop.clock.advance(1000);
    expect(shop.till().deliveries).toHaveLength(1);
    expect(shop.outcomes.at(-1)).toMatchObject({ outcome: 'failed', reason: 'journalUnavailable' });
  });

  it('that goes on is goods, and the journal is told that there was no scan', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    shop.reader().scan('second line');
    expect(shop.till().goodsText).toBe('98123\rsecond line\r');
    await shop.clock.advance(1000);
    expect(typesOf(shop)).toEqual(['captured', 'delivering', 'discarded']);
    expect([shop.outcomes, shop.till().deliveries, shop.journal.crash()]).toEqual([[], [], []]);
  });

  it('is unknown after a power cut, whatever would have become of it: its intent was durable', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    expect(shop.journal.crash()).toMatchObject([{ last: 'delivering' }]);
  });

  it('takes a line feed that comes late for what it is', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    shop.reader().tail('\n');
    await shop.clock.advance(REST);
    expect(typesOf(shop)).toEqual(['captured', 'delivering', 'outcome']);
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
    expect(typesOf(shop)).toEqual(['captured', 'delivering', 'discarded', 'captured', 'outcome']);
  });

  it('goes its usual way where another scan came first', async () => {
    const shop = await SimulatedShop.open({ ahead: true });
    shop.till().behaviour = { answer: outcome('sent'), afterMs: 100 };
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    shop.pipeline.inject({ bytes: Buffer.from('98456'), reader: 'counter' });
    await shop.clock.advance(REST);
    const discarded = shop.journal.entries.filter(({ entry }) => entry.type === 'discarded');
    expect(discarded).toMatchObject([{ entry: { scanId: shop.scans[1]?.scan.id } }]);
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
    expect([remote.asked, local.asked, shop.journal.entries]).toEqual([[], [], []]);
  });

  it('is written where a translator that may be asked decides before one that may not', async () => {
    const clock = new VirtualClock();
    const local = new SimulatedTranslator('local', clock, { answer: (code) => (code.text.reveal() === '98123' ? shopNumber(code) : { result: 'notFound' }) }, true);
    const remote = new SimulatedTranslator('remote', clock, { answer: shopNumber });
    const shop = await SimulatedShop.open({ clock, translators: [local, remote] });
    const early: number[] = [];
    for (const text of ['98123', '98456']) {
      const before = shop.journal.entries.length;
      shop.reader().scan(text);
      await shop.clock.advance(NEARLY);
      early.push(shop.journal.entries.length - before);
      await shop.clock.advance(100);
    }
    expect(early).toEqual([2, 0]);
    expect(remote.asked).toHaveLength(1);
    expect(shop.outcomes).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }]);
  });

  it.each([
    ['a one-time code', { codes: [{ name: 'once', kind: 'card' as const, match: /^98/, oneTime: true }] }],
    ['a code that came a moment ago', { before: '98123' }],
    ['a scan while another is under way', { before: '98456', tillMs: 200 }],
  ])('writes nothing ahead for %s', async (_, { codes, before, tillMs }: { codes?: typeof SHOP_CODES; before?: string; tillMs?: number }) => {
    const shop = await SimulatedShop.open({ ahead: true, ...(codes === undefined ? {} : { codes }) });
    if (tillMs !== undefined) shop.till().behaviour = { answer: outcome('sent'), afterMs: tillMs };
    if (before !== undefined) {
      shop.reader().scan(before);
      await shop.clock.advance(100);
    }
    const already = shop.journal.entries.length;
    shop.reader().scan('98123');
    await shop.clock.advance(NEARLY);
    expect(shop.journal.entries).toHaveLength(already);
    await shop.clock.advance(1000);
    expect(shop.outcomes.at(-1)).toMatchObject({ outcome: 'sent' });
  });

  it('has its outcome or was discarded, each time that it was captured, whatever happens', async () => {
    let discarded = 0;
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const { seen } = await observe(script, { ...TWO_TILLS, ahead: true });
        const open = new Map<string, number>();
        for (const { entry } of seen.shop.journal.entries) {
          if (entry.type === 'delivering') continue;
          open.set(entry.scanId, (open.get(entry.scanId) ?? 0) + (entry.type === 'captured' ? 1 : -1));
          if (entry.type === 'discarded') discarded += 1;
        }
        expect([...open].filter(([, count]) => count !== 0)).toEqual([]);
        const handed = new Set(seen.handed.map(({ request }) => request.id));
        const none = seen.shop.journal.entries.filter(({ entry }) => entry.type === 'discarded' && handed.has(entry.deliveryId));
        expect(none).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(discarded).toBeGreaterThan(0);
  });
});
