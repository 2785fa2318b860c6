import { outcome, type OpenScan } from '@tillbridge/core';
import { MemoryJournal, SimulatedShop, VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anything, Observed, TWO_TILLS } from '../../../../test/support/shop-script.js';

async function restarted(left: readonly OpenScan[], verify = false): Promise<SimulatedShop> {
  const clock = new VirtualClock();
  return SimulatedShop.open({ ...TWO_TILLS, tills: { front: { verify }, back: { verify } }, clock, journal: new MemoryJournal(clock, { left }) });
}

describe('restart', () => {
  it('ends every scan that a power cut left open: expired without an intent, unknown with one, nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const before = await SimulatedShop.open(TWO_TILLS);
        const seen = new Observed(before);
        await seen.play(script);
        const left = before.journal.crash();

        // what a till was given is never found as if nothing had been given to it
        const given = new Set(seen.handed.map(({ request }) => request.scanId));
        for (const { scanId, last } of left) if (given.has(scanId)) expect(last).toBe('delivering');
        // nothing of which an outcome was told comes back, unless the journal could not keep that outcome
        const told = new Set(before.outcomes.map(({ scanId }) => scanId));
        for (const { scanId } of left) if (told.has(scanId)) expect(before.journal.of(scanId).at(-1)?.durableAt).toBeUndefined();

        const after = await restarted(left);
        expect(await after.pipeline.recover()).toBe(left.length);
        expect(after.journal.settled.map(({ open, outcome: result }) => [open.scanId, result])).toEqual(
          left.map(({ scanId, last }) => [scanId, last === 'captured' ? outcome('expired', 'restart') : outcome('unknown', 'restart')]),
        );
        expect(await after.journal.open()).toEqual([]);
        await after.clock.advance(20_000);
        for (const till of after.tills) expect(till.deliveries).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing that was acknowledged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 20 }), fc.constantFrom(0, 3, 50), fc.nat(200), async (codes, commitMs, cutMs) => {
        const shop = await SimulatedShop.open({ duplicateMs: 0 });
        shop.journal.commitMs = commitMs;
        const acknowledged: string[] = [];
        for (const code of codes) {
          const injected = shop.pipeline.inject({ bytes: Buffer.from(`98${code}`), reader: 'counter' });
          if ('ticket' in injected) injected.ticket.captured.then(() => acknowledged.push(injected.scanId), () => undefined);
          await shop.clock.advance(7);
        }
        await shop.clock.advance(cutMs);
        const durable = new Set(shop.journal.durable.map(({ scanId }) => scanId));
        for (const scanId of acknowledged) expect(durable).toContain(scanId);
      }),
    );
  });

  const open = (last: OpenScan['last'], till = 'front'): OpenScan => ({ scanId: `s-${last}-${till}`, deliveryId: 'd1', reader: 'a', till, kind: 'card', time: 1, last });

  it.each([
    ['its verdict', outcome('applied', undefined, 'orderShowsCard'), outcome('applied', undefined, 'orderShowsCard')],
    ['unknown when it hangs', 'hang' as const, outcome('unknown', 'restart')],
    ['unknown when it fails', 'throw' as const, outcome('unknown', 'restart')],
    ['no foreign text', outcome('applied', 'card 1234567890'), outcome('applied')],
  ])('asks a till that can tell: %s', async (_, verdict, expected) => {
    const shop = await restarted([open('delivering'), open('captured')], true);
    shop.till('front').verdicts.push(verdict);
    const recovered = shop.pipeline.recover();
    await shop.clock.advance(4000);
    expect(await recovered).toBe(2);
    expect(shop.journal.settled.map(({ outcome: result }) => result)).toEqual([expected, outcome('expired', 'restart')]);
    expect(shop.till('front').verified).toEqual([{ id: 'd1', scanId: 's-delivering-front', till: 'front', time: 1 }]);
  });

  it('ends scans of a till that is no longer configured', async () => {
    const shop = await restarted([open('delivering', 'gone')], true);
    expect(await shop.pipeline.recover()).toBe(1);
    expect(shop.journal.settled).toMatchObject([{ outcome: outcome('unknown', 'restart') }]);
  });
});
