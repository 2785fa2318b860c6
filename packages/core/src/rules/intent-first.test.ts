import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anything, observe } from '../../../../test/support/shop-script.js';

/** What was written of it after the last time that it was discarded: it may have been written ahead, and then another scan came first. */
const counting = <T>(entries: readonly T[], typeOf: (entry: T) => string): readonly T[] => entries.slice(entries.findLastIndex((entry) => typeOf(entry) === 'discarded') + 1);

describe('intent first', () => {
  it('is durable, after its captured record, before an adapter is given the number', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const { seen } = await observe(script);
        for (const { durable } of seen.handed) expect(counting(durable, (type) => type)).toEqual(['captured', 'delivering']);
      }),
      { numRuns: 300 },
    );
  });

  it('is written at most once a scan, before the outcome, with the number that the till then gets', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const { seen } = await observe(script);
        for (const { scanId } of seen.taken) {
          const types = counting(seen.shop.journal.of(scanId), ({ entry }) => entry.type).map(({ entry }) => entry.type);
          expect(['captured,outcome', 'captured,delivering,outcome']).toContain(types.join());
        }
        for (const { request } of seen.handed) {
          const intent = seen.shop.journal.of(request.scanId).findLast(({ entry }) => entry.type === 'delivering')!.entry;
          expect(intent).toMatchObject({ deliveryId: request.id, till: request.till });
          expect(intent.type === 'delivering' && intent.number.reveal()).toBe(request.number.reveal());
        }
      }),
    );
  });

  it.each(['fail', 'throw', 'hang'] as const)('delivers nothing while the journal is in mode %s, says so, and lets goods through', async (mode) => {
    const shop = await SimulatedShop.open();
    shop.journal.mode = mode;
    shop.reader().scan('98123');
    await shop.clock.advance(100);
    shop.reader().scan('4600001');
    expect(shop.till().goodsText).toBe('4600001\r');
    await shop.clock.advance(10_000);
    expect(shop.outcomes).toMatchObject([{ outcome: 'failed', reason: 'journalUnavailable' }]);
    expect(shop.till().deliveries).toEqual([]);

    shop.journal.mode = 'ok';
    shop.reader().scan('98123');
    await shop.clock.advance(100);
    expect(shop.outcomes.at(-1)).toMatchObject({ outcome: 'sent' });
  });

  it('delivers nothing of a scan whose captured record failed, even when its intent could be written', async () => {
    const shop = await SimulatedShop.open();
    const append = shop.journal.append.bind(shop.journal);
    shop.journal.append = (entry) => {
      shop.journal.mode = entry.type === 'captured' ? 'fail' : 'ok';
      return append(entry);
    };
    const injected = shop.pipeline.inject({ bytes: Buffer.from('98123'), reader: 'counter' });
    if (!('ticket' in injected)) throw new Error('not loyalty');
    await expect(injected.ticket.captured).rejects.toMatchObject({ code: 'TB_JOURNAL_UNAVAILABLE' });
    expect(await injected.ticket.outcome).toMatchObject({ outcome: 'failed', reason: 'journalUnavailable' });
    expect(shop.till().deliveries).toEqual([]);
  });

  it('keeps nothing of a one-time code', async () => {
    const shop = await SimulatedShop.open({ codes: [{ name: 'once', kind: 'card', match: /^98/, oneTime: true }] });
    shop.reader().scan('98123');
    await shop.clock.advance(100);
    expect(shop.outcomes).toMatchObject([{ outcome: 'sent' }]);
    expect(shop.journal.entries.map(({ entry }) => entry.code)).toEqual([undefined, undefined, undefined]);
  });
});
