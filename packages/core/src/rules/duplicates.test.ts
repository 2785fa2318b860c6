import { isDelivered, outcome, type Ticket } from '@tillbridge/core';
import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, Observed, type Action } from '../../../../test/support/shop-script.js';

const DUPLICATE_MS = 2000;
const inject = (shop: SimulatedShop, text: string): { readonly ticket: Ticket; readonly duplicate: boolean } => {
  const injected = shop.pipeline.inject({ bytes: Buffer.from(text), reader: 'counter' });
  if (!('ticket' in injected)) throw new Error('not loyalty');
  return injected;
};

type Step = { readonly code: string } | Action;
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Step>({ code: '981' }, { code: '982' }, { code: 'CPN1' }, { code: '+79000000001' }) },
    { weight: 4, arbitrary: actions.advance },
    actions.slowJournal,
    actions.translator,
    actions.till.map((action) => ({ ...action, till: 'front' })),
    actions.wall,
  ),
  { maxLength: 50, size: 'max' },
);

describe('duplicates', () => {
  it('are the first scan as long as that is in flight or delivered and seen within the window; else they are new', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(1, -1), async (script, way) => {
        const shop = await SimulatedShop.open({ duplicateMs: DUPLICATE_MS });
        const seen = new Observed(shop);
        const model = new Map<string, { readonly ticket: Ticket; mono: number; wall: number }>();
        for (const step of script) {
          if ('do' in step) {
            // the wall clock only forward, or only back: whether a window that was over may begin again is nobody's promise
            await seen.play([step.do === 'wall' ? { ...step, ms: way * Math.abs(step.ms) } : step]);
            continue;
          }
          const known = model.get(step.code);
          const decided = shop.journal.entries.map(({ entry }) => entry).find((entry) => entry.type === 'outcome' && entry.scanId === known?.ticket.scanId);
          const name = decided?.type === 'outcome' ? decided.outcome.outcome : undefined;
          const blocks = name === undefined || name === 'unknown' || isDelivered(name);
          const fresh = known !== undefined && Math.max(shop.clock.mono() - known.mono, shop.clock.wall() - known.wall) < DUPLICATE_MS;
          const now = { mono: shop.clock.mono(), wall: shop.clock.wall() };
          const { ticket, duplicate } = inject(shop, step.code);
          expect(duplicate).toBe(fresh && blocks);
          expect(ticket === known?.ticket).toBe(duplicate);
          model.set(step.code, { ticket, ...now });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('share the outcome, are counted, and reach neither the till nor the journal', async () => {
    const shop = await SimulatedShop.open();
    const first = inject(shop, '981');
    const second = inject(shop, '981');
    await shop.clock.advance(10);
    expect(await second.ticket.outcome).toEqual(await first.ticket.outcome);
    expect(shop.till().numbers).toEqual(['N981']);
    expect(shop.journal.entries.filter(({ entry }) => entry.type === 'captured')).toHaveLength(1);
    expect(shop.pipeline.readers()[0]?.counters).toEqual({ duplicates: 1, loyalty: 1 });
    expect(shop.dropped).toEqual([{ reader: 'counter', reason: 'duplicate', count: 1 }]);
  });

  it.each([
    ['notFound', { answer: { result: 'notFound' } }],
    ['blocked', { answer: { result: 'blocked' } }],
    ['unavailable', { answer: { result: 'authError' } }],
  ] as const)('count again after %s', async (name, behaviour) => {
    const shop = await SimulatedShop.open();
    shop.translator.behaviour = behaviour;
    expect(await inject(shop, '981').ticket.outcome).toMatchObject({ outcome: name });
    const again = inject(shop, '981');
    expect(again.duplicate).toBe(false);
    await again.ticket.outcome;
    expect(shop.outcomes).toHaveLength(2);
  });

  it('never repeat a number that may have arrived', async () => {
    const shop = await SimulatedShop.open();
    shop.till().behaviour = { answer: outcome('unknown') };
    await inject(shop, '981').ticket.outcome;
    expect(inject(shop, '981').duplicate).toBe(true);
    expect(shop.till().deliveries).toHaveLength(1);
  });

  it('go on for as long as a presentation scanner sees the code, since every read begins the window anew', async () => {
    const shop = await SimulatedShop.open();
    inject(shop, '981');
    for (let i = 0; i < 10; i += 1) {
      await shop.clock.advance(DUPLICATE_MS - 1);
      expect(inject(shop, '981').duplicate).toBe(true);
    }
    await shop.clock.advance(DUPLICATE_MS);
    expect(inject(shop, '981').duplicate).toBe(false);
  });

  it('are off at 0', async () => {
    const shop = await SimulatedShop.open({ duplicateMs: 0 });
    await inject(shop, '981').ticket.outcome;
    expect(inject(shop, '981').duplicate).toBe(false);
  });

  it('are not seen across a sleep of the machine', async () => {
    const shop = await SimulatedShop.open();
    await inject(shop, '981').ticket.outcome;
    shop.clock.sleepMachine(3_600_000);
    expect(inject(shop, '981').duplicate).toBe(false);
  });

  it('are told apart by kind, and forgotten oldest first when there are very many', async () => {
    const shop = await SimulatedShop.open({ codes: [{ name: 'any', kind: 'card', match: /^9/ }] });
    inject(shop, '981');
    expect(shop.pipeline.inject({ bytes: Buffer.from('981'), reader: 'counter', kind: 'phone' })).toMatchObject({ duplicate: false });
    for (let i = 0; i < 256; i += 1) {
      inject(shop, `99${i}`);
      await shop.clock.settle();
    }
    expect(inject(shop, '99255').duplicate).toBe(true);
    expect(inject(shop, '981').duplicate).toBe(false);
  });
});
