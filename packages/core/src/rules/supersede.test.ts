import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, anything, observe, scripts, TILLS, type Taken } from '../../../../test/support/shop-script.js';

/** Tills that are slow from the start, so that numbers wait for their turn. */
const slowTills = TILLS.map((till) => ({ do: 'till', till, behaviour: { afterMs: 800 } }) as const);
const happenings = scripts(
  { weight: 6, arbitrary: actions.loyalty },
  { weight: 2, arbitrary: actions.advance },
  { weight: 1, arbitrary: actions.translator },
  { weight: 1, arbitrary: actions.till },
  { weight: 1, arbitrary: actions.slowJournal },
);
const busy = fc.oneof(happenings, happenings.map((script) => [...slowTills, ...script]));
const isMain = ({ kind }: Taken): boolean => kind !== 'coupon';

describe('supersede', () => {
  it('hands over one number at a time per till, and of cards and phones only the newest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(busy, anything), async (script) => {
        const { seen } = await observe(script);
        for (const till of seen.shop.tills) expect(till.mostAtOnce).toBeLessThanOrEqual(1);
        for (const { request, takenBefore } of seen.handed) {
          const own = takenBefore.find(({ scanId }) => scanId === request.scanId)!;
          if (isMain(own)) expect(request.scanId).toBe(takenBefore.findLast(isMain)!.scanId);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps coupons in order and behind the cards that were there before them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(busy, anything), async (script) => {
        const { seen } = await observe(script);
        const last = new Map<string, number>();
        for (const { till, request, takenBefore, decidedBefore } of seen.handed) {
          const place = takenBefore.findIndex(({ scanId }) => scanId === request.scanId);
          if (isMain(takenBefore[place]!)) continue;
          expect(place).toBeGreaterThan(last.get(till) ?? -1);
          last.set(till, place);
          for (const other of takenBefore.slice(0, place)) if (isMain(other)) expect(decidedBefore).toContain(other.scanId);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says superseded only of a card or phone that a newer one of the same till replaced', async () => {
    await fc.assert(
      fc.asyncProperty(busy, async (script) => {
        const { seen } = await observe(script);
        for (const { outcome, scanId, till, kind } of seen.shop.outcomes) {
          if (outcome !== 'superseded') continue;
          expect(kind).not.toBe('coupon');
          const place = seen.taken.findIndex((own) => own.scanId === scanId);
          expect(seen.taken.slice(place + 1).some((newer) => newer.till === till && isMain(newer))).toBe(true);
        }
      }),
    );
  });

  it.each(['translating', 'intending', 'delivering'])('takes an older card back while it is %s', async (stage) => {
    const shop = await SimulatedShop.open();
    if (stage === 'translating') shop.translator.script.push({ answer: { result: 'notFound' }, afterMs: 1000, honoursAbort: false });
    if (stage === 'intending') shop.journal.commitMs = 200;
    if (stage === 'delivering') shop.till().script.push({ afterMs: 1000 });
    shop.reader().scan('981');
    await shop.clock.advance(100);
    shop.reader().scan('982');
    await shop.clock.advance(2000);
    expect(shop.outcomes.map(({ outcome, number }) => [outcome, number?.reveal()])).toEqual([
      ['superseded', stage === 'translating' ? undefined : 'N981'],
      ['sent', 'N982'],
    ]);
    expect(shop.till().numbers).toEqual(['N982']);
  });

  it('does not take back what the till already took: the newer card follows it', async () => {
    const shop = await SimulatedShop.open();
    shop.till().script.push({ afterMs: 500, honoursAbort: false });
    shop.reader().scan('981');
    await shop.clock.advance(100);
    shop.reader().scan('982');
    await shop.clock.advance(2000);
    expect(shop.outcomes.map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
    expect(shop.till().numbers).toEqual(['N981', 'N982']);
  });

  it('lets a till that hangs get nothing more, and frees it when the call ends', async () => {
    const shop = await SimulatedShop.open();
    shop.till().script.push({ afterMs: 20_000, honoursAbort: false });
    shop.reader().scan('981');
    await shop.clock.advance(8000);
    expect(shop.outcomes).toMatchObject([{ outcome: 'unknown', reason: 'adapterHung' }]);
    shop.reader().scan('982');
    await shop.clock.advance(6000);
    expect(shop.outcomes.at(-1)).toMatchObject({ outcome: 'expired' });
    expect(shop.till().deliveries).toHaveLength(1);
    await shop.clock.advance(6500);
    shop.reader().scan('983');
    await shop.clock.advance(100);
    expect(shop.outcomes.at(-1)).toMatchObject({ outcome: 'sent' });
    expect(shop.outcomes).toHaveLength(3);
  });

  it('gives the next turn to the card, though coupons wait longer', async () => {
    const shop = await SimulatedShop.open({ tills: { front: { behaviour: { afterMs: 500 } } } });
    for (const text of ['CPN1', 'CPN2', 'CPN3', '981']) {
      shop.reader().scan(text);
      await shop.clock.advance(50);
    }
    await shop.clock.advance(3000);
    expect(shop.till().numbers).toEqual(['NCPN1', 'N981', 'NCPN2', 'NCPN3']);
  });

  it('refuses coupons beyond sixteen that wait', async () => {
    const shop = await SimulatedShop.open();
    shop.translator.behaviour = { ...shop.translator.behaviour, afterMs: 2000 };
    for (let i = 1; i <= 17; i += 1) {
      shop.reader().scan(`CPN${i}`);
      await shop.clock.advance(20);
    }
    expect(shop.outcomes).toMatchObject([{ outcome: 'rejected', reason: 'busy' }]);
    await shop.clock.advance(4000);
    expect(shop.till().numbers).toEqual(Array.from({ length: 16 }, (_, i) => `NCPN${i + 1}`));
  });
});
