import { elapsed } from '@tillbridge/core';
import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, anything, observe, scripts, TWO_TILLS } from '../../../../test/support/shop-script.js';

const slow = scripts(
  { weight: 4, arbitrary: actions.loyalty },
  { weight: 3, arbitrary: actions.advance },
  { weight: 1, arbitrary: actions.slowJournal },
  { weight: 2, arbitrary: actions.translator },
  { weight: 1, arbitrary: actions.till },
  { weight: 2, arbitrary: actions.wall },
);

describe('a loyalty number is perishable', () => {
  it('is never handed over at or after expireMs on either clock', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(slow, anything), fc.constantFrom(300, 1000, 5000), async (script, expireMs) => {
        const { seen } = await observe(script, { ...TWO_TILLS, expireMs });
        for (const { at, request } of seen.handed) {
          expect(at.mono - request.at.mono).toBeLessThan(expireMs);
          expect(at.wall - request.at.wall).toBeLessThan(expireMs);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('tells the adapter, at any moment, whether it is too old', async () => {
    const shop = await SimulatedShop.open({ tills: { front: { behaviour: { afterMs: 'hang', honoursAbort: false } } } });
    shop.reader().scan('98123');
    await shop.clock.advance(4999);
    const { request } = shop.till().deliveries[0]!;
    expect(request.expired()).toBe(false);
    await shop.clock.advance(1);
    expect(request.expired()).toBe(true);
  });

  it.each([
    ['the translator hangs', { translator: { answer: 'throw', afterMs: 'hang', honoursAbort: false } as const }],
    ['the till hangs but gives back', { till: { afterMs: 'hang' } as const }],
  ])('ends as expired when its time is over: %s', async (_, { translator, till }: { translator?: object; till?: object }) => {
    const shop = await SimulatedShop.open();
    if (translator !== undefined) shop.translator.behaviour = translator as typeof shop.translator.behaviour;
    if (till !== undefined) shop.till().behaviour = till;
    shop.reader().scan('98123');
    await shop.clock.advance(4999);
    expect(shop.outcomes).toEqual([]);
    await shop.clock.advance(1);
    expect(shop.outcomes).toMatchObject([{ outcome: 'expired', tookMs: 5000 }]);
    expect(shop.till().numbers).toEqual([]);
  });

  it('counts the sleep of the machine: what was pending before it is dropped', async () => {
    for (const sleptMs of [5000, 8 * 3_600_000]) {
      const shop = await SimulatedShop.open();
      shop.translator.behaviour = { ...shop.translator.behaviour, afterMs: 300 };
      shop.reader().scan('98123');
      shop.clock.sleepMachine(sleptMs);
      await shop.clock.advance(1000);
      expect(shop.outcomes).toMatchObject([{ outcome: 'expired' }]);
      expect(shop.till().deliveries).toEqual([]);
    }
  });

  it('drops a number whose intent became durable only while the machine slept', async () => {
    const shop = await SimulatedShop.open();
    shop.journal.commitMs = 300;
    shop.reader().scan('98123');
    await shop.clock.advance(100);
    shop.clock.sleepMachine(3_600_000);
    await shop.clock.advance(1000);
    expect(shop.till().deliveries).toEqual([]);
    expect(shop.outcomes).toMatchObject([{ outcome: 'expired' }]);
  });

  it('is not kept alive by a wall clock that was set back', async () => {
    const shop = await SimulatedShop.open();
    shop.translator.behaviour = { ...shop.translator.behaviour, afterMs: 4990 };
    shop.till().behaviour = { afterMs: 'hang' };
    shop.reader().scan('98123');
    await shop.clock.advance(100);
    shop.clock.sleepMachine(-3_600_000);
    const at = shop.journal.entries[0]!.entry.time;
    await shop.clock.advance(4900);
    expect(elapsed(shop.clock, { mono: 0, wall: at })).toBe(5000);
    expect(shop.outcomes).toMatchObject([{ outcome: 'expired' }]);
  });

  it('refuses at the door what was read too long ago', async () => {
    const shop = await SimulatedShop.open();
    shop.reader().scan('98123');
    shop.clock.sleepMachine(6000); // between the read and its silence
    await shop.clock.advance(100);
    expect(shop.outcomes).toMatchObject([{ outcome: 'expired' }]);
    expect(shop.till().deliveries).toEqual([]);
  });
});
