import { NativeNumber, outcome, silentLog, type Log, type LogFields, type OutcomeEvent } from '@tillbridge/core';
import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anything, observe, READERS, TWO_TILLS, type Observed } from '../../../../test/support/shop-script.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

function checkOutcomes({ shop, taken }: Observed): void {
  expect(shop.outcomes.map(({ scanId }) => scanId).sort()).toEqual(taken.map(({ scanId }) => scanId).sort());
  for (const scan of taken) {
    const entries = shop.journal.of(scan.scanId).map(({ entry }) => entry);
    expect(entries[0]).toMatchObject({ type: 'captured', till: scan.till, kind: scan.kind, time: scan.at.wall });
    const ends = entries.filter((entry) => entry.type === 'outcome');
    const event = shop.outcomes.find(({ scanId }) => scanId === scan.scanId)!;
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ outcome: { outcome: event.outcome } });
  }
}

describe('one outcome', () => {
  it('for every loyalty scan, as an event and in the journal, whatever happens; and closing keeps its time', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const { seen, closed } = await observe(script);
        expect(closed).toBe(true);
        for (const reader of READERS) {
          const taken = seen.shop.scans.filter(({ scan, kind }) => scan.reader === reader && kind !== 'goods').length;
          const repeated = seen.shop.dropped.filter((drop) => drop.reader === reader && drop.reason === 'duplicate').length;
          const expected = seen.expectedLoyalty.get(reader)!.length;
          // at most one more: the read that closing settled
          expect([expected, expected + 1]).toContain(taken + repeated);
        }
        checkOutcomes(seen);
      }),
      { numRuns: 400 },
    );
    expect(unhandled).toEqual([]);
  });

  it('is told only when it is durable, or cannot become so', async () => {
    const shop = await SimulatedShop.open();
    shop.journal.commitMs = 100;
    const durable: string[] = [];
    shop.pipeline.on('outcome', () => durable.push(shop.journal.durable.map(({ type }) => type).join()));
    shop.reader().scan('98123');
    await shop.clock.advance(1000);
    expect(durable).toEqual(['captured,delivering,outcome']);
  });

  it('agrees with what the till kept', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const { seen } = await observe(script);
        const told = new Map<string, OutcomeEvent>(seen.shop.outcomes.map((event) => [event.scanId, event]));
        for (const till of seen.shop.tills) {
          for (const { request, kept, answer } of till.deliveries) {
            const name = told.get(request.scanId)!.outcome;
            if (kept && answer !== 'threw' && answer?.outcome !== 'unknown') expect([answer?.outcome, 'unknown']).toContain(name);
            if (!kept && answer !== undefined) expect(['sent', 'applied', 'alreadyApplied']).not.toContain(name);
          }
        }
        for (const { scanId, outcome: name } of seen.shop.outcomes) {
          if (!seen.handed.some(({ request }) => request.scanId === scanId)) expect(['sent', 'applied', 'alreadyApplied', 'unknown']).not.toContain(name);
        }
      }),
    );
  });

  it('comes while every part hangs: closing takes its budget and no more', async () => {
    const shop = await SimulatedShop.open({ ...TWO_TILLS });
    for (const till of shop.tills) {
      till.behaviour = { afterMs: 'hang', honoursAbort: false };
      till.close = () => new Promise(() => undefined);
    }
    shop.reader('a').close = () => new Promise(() => undefined);
    shop.translator.close = () => Promise.reject(new Error('cannot'));
    shop.reader('a').scan('981');
    shop.reader('c').scan('982');
    await shop.clock.advance(50);
    shop.journal.mode = 'hang';
    shop.reader('a').scan('983');
    await shop.clock.advance(20);
    expect(await shop.close(3500)).toBe(true);
    expect(shop.outcomes.map(({ code, outcome: name }) => [code.reveal(), name]).sort()).toEqual([
      ['981', 'unknown'],
      ['982', 'unknown'],
      ['983', 'expired'],
    ]);
  });

  it('refuses a flood: beyond 64 under way as busy, beyond 256 without record and without acknowledgement', async () => {
    const shop = await SimulatedShop.open();
    shop.journal.mode = 'hang';
    shop.translator.behaviour = { answer: { result: 'notFound' }, afterMs: 'hang' };
    const tickets = Array.from({ length: 300 }, (_, i) => {
      const injected = shop.pipeline.inject({ bytes: Buffer.from(`98${i}`), reader: 'counter' });
      if (!('ticket' in injected)) throw new Error('not loyalty');
      return injected.ticket;
    });
    expect(shop.pipeline.tills()[0]?.underWay).toBe(256);
    await expect(tickets[256]!.captured).rejects.toMatchObject({ code: 'TB_SCAN_BUSY' });
    expect(await tickets[299]!.outcome).toEqual(outcome('rejected', 'busy'));
    expect(shop.journal.entries.filter(({ entry }) => entry.type === 'captured')).toHaveLength(256);
    await shop.clock.advance(20_000);
    expect(shop.outcomes).toHaveLength(256);
    expect(shop.outcomes.filter(({ reason }) => reason === 'busy')).toHaveLength(192);
  });

  it('is owed only for what was accepted: without a till nothing is acknowledged', async () => {
    const shop = await SimulatedShop.open({ routes: [] });
    const injected = shop.pipeline.inject({ bytes: Buffer.from('98123'), reader: 'counter' });
    if (!('ticket' in injected)) throw new Error('not loyalty');
    await expect(injected.ticket.captured).rejects.toMatchObject({ code: 'TB_SCAN_NO_TILL' });
    expect(await injected.ticket.outcome).toEqual(outcome('failed', 'noTill'));
    expect(shop.journal.entries).toEqual([]);
    expect(shop.outcomes).toEqual([]);
  });

  it('is fed back to the reader that can, as its settings say, and a reader that fails at it hurts nobody', async () => {
    const shop = await SimulatedShop.open({ readers: { counter: { settings: { feedback: { sent: 'good', notFound: 'bad' } } } } });
    shop.translator.script.push({ answer: { result: 'notFound' } });
    shop.reader().scan('981');
    await shop.clock.advance(50);
    shop.reader().scan('982');
    await shop.clock.advance(50);
    expect(shop.reader().feedbacks).toEqual(['bad', 'good']);
    for (const broken of [() => Promise.reject(new Error('gone')), () => { throw new Error('gone'); }]) {
      shop.reader().feedback = broken;
      shop.reader().scan(`98${shop.outcomes.length}0`);
      await shop.clock.advance(50);
    }
    expect(shop.outcomes).toHaveLength(4);
    expect(unhandled).toEqual([]);
  });

  it('verifies an unknown delivery where the till can, once, and never repeats it', async () => {
    for (const [verdict, expected] of [
      [outcome('applied', undefined, 'orderShowsCard'), outcome('applied', undefined, 'orderShowsCard')],
      ['hang', outcome('unknown', 'adapterFailed')],
      ['throw', outcome('unknown', 'adapterFailed')],
      [{ outcome: 'fine' } as unknown as ReturnType<typeof outcome>, outcome('unknown', 'badAnswer')],
    ] as const) {
      const shop = await SimulatedShop.open({ tills: { front: { verify: true, behaviour: { answer: 'throw' } } } });
      shop.till().verdicts.push(verdict);
      shop.reader().scan('98123');
      await shop.clock.advance(12_000);
      expect(shop.outcomes).toMatchObject([expected]);
      expect(shop.till().verified).toHaveLength(1);
      expect(shop.till().deliveries).toHaveLength(1);
    }
  });

  it('verifies also what an adapter that hangs was given', async () => {
    const shop = await SimulatedShop.open({ tills: { front: { verify: true, behaviour: { afterMs: 'hang', honoursAbort: false } } } });
    shop.till().verdicts.push(outcome('applied'));
    shop.reader().scan('98123');
    await shop.clock.advance(12_000);
    expect(shop.outcomes).toMatchObject([{ outcome: 'applied' }]);
  });

  it('takes no foreign text from adapters and translators', async () => {
    const shop = await SimulatedShop.open();
    shop.till().behaviour = { answer: outcome('rejected', 'Карта 9812345678 не найдена', 'см. 9812345678') };
    shop.reader().scan('981');
    await shop.clock.advance(50);
    shop.translator.behaviour = { answer: { result: 'unavailable', reason: 'HTTP 500 for 9812345678' } };
    shop.reader().scan('982');
    await shop.clock.advance(50);
    expect(shop.outcomes.map(({ outcome: name, reason, evidence }) => [name, reason, evidence])).toEqual([
      ['rejected', undefined, undefined],
      ['unavailable', undefined, undefined],
    ]);
  });

  it('leaves no full code, number or phone in what is logged, recorded or told', async () => {
    const lines: string[] = [];
    const write = (event: string, fields?: LogFields): void => void lines.push(event + JSON.stringify(fields));
    const log: Log = { ...silentLog, info: write, warn: write, error: write, child: () => log };
    const secrets = ['9812345678901234', '+79001234567', '2900000012345'];
    const shop = await SimulatedShop.open({ log });
    shop.translator.behaviour = { answer: ({ kind }) => ({ result: 'found', number: new NativeNumber(kind, '2900000012345') }) };
    for (const [mode, answer] of [['ok', 'throw'], ['fail', 'throw'], ['ok', outcome('applied')]] as const) {
      shop.journal.mode = mode;
      shop.till().behaviour = { answer };
      for (const text of secrets.slice(0, 2)) {
        shop.reader().scan(text);
        await shop.clock.advance(3000);
      }
    }
    expect(lines.length).toBeGreaterThan(3);
    const shown = [...lines, JSON.stringify(shop.journal.entries), JSON.stringify(shop.outcomes), JSON.stringify(shop.scans)].join('\n');
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).toContain('****2345');
  });
});
