import { codeOf, outcome, SpentInMemory, type CodeRule, type SpentCodes } from '@tillbridge/core';
import { SimulatedShop, VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';

const CODES: readonly CodeRule[] = [
  { name: 'once', kind: 'card', match: /^98\d{1,14}$/, oneTime: true },
  { name: 'url', kind: 'card', match: /^\d+$/, oneTime: true, payload: { type: 'url', hosts: ['p.example'], query: 'c' } },
];

async function scanned(shop: SimulatedShop, text: string): Promise<string> {
  const injected = shop.pipeline.inject({ bytes: Buffer.from(text), reader: 'counter' });
  if (!('ticket' in injected)) throw new Error('goods');
  await shop.clock.advance(10_000);
  const { outcome: name, reason } = await injected.ticket.outcome;
  return reason === undefined ? name : `${name} ${reason}`;
}

describe('a one-time code', () => {
  it('is delivered once, long after the window of duplicates too', async () => {
    const shop = await SimulatedShop.open({ codes: CODES, duplicateMs: 2000 });
    const first = await scanned(shop, '98123');
    expect(['applied', 'sent']).toContain(first);
    await shop.clock.advance(60_000);
    expect(await scanned(shop, '98123')).toBe('rejected codeUsed');
    expect(['applied', 'sent']).toContain(await scanned(shop, '98124'));
    await shop.clock.advance(25 * 3_600_000);
    expect(['applied', 'sent']).toContain(await scanned(shop, '98123'));
    await shop.close();
  });

  it('that nobody got may be shown again', async () => {
    const shop = await SimulatedShop.open({ codes: CODES });
    const before = shop.translator.behaviour;
    shop.translator.behaviour = { answer: { result: 'unavailable' } };
    expect(await scanned(shop, '98123')).toBe('unavailable');
    shop.translator.behaviour = before;
    expect(['applied', 'sent']).toContain(await scanned(shop, '98123'));
    await shop.close();
  });

  it('whose fate nobody knows stays spent', async () => {
    const shop = await SimulatedShop.open({ codes: CODES });
    shop.till().script.push({ answer: outcome('unknown', 'noAnswer') });
    expect(await scanned(shop, '98123')).toBe('unknown noAnswer');
    expect(await scanned(shop, '98123')).toBe('rejected codeUsed');
    await shop.close();
  });

  it('that a till refused may be shown again', async () => {
    const shop = await SimulatedShop.open({ codes: CODES });
    shop.till().script.push({ answer: outcome('rejected', 'portNotOpen') });
    expect(await scanned(shop, '98123')).toBe('rejected portNotOpen');
    expect(['applied', 'sent']).toContain(await scanned(shop, '98123'));
    await shop.close();
  });

  it('is not delivered where it cannot be kept that it was', async () => {
    const memory = new SpentInMemory(new VirtualClock());
    const spent: SpentCodes = { claim: (code) => memory.claim(code), ask: (code, till) => memory.ask(code, till), release: (code) => memory.release(code), spend: () => Promise.reject(new Error('disk')) };
    const shop = await SimulatedShop.open({ codes: CODES, spent });
    expect(await scanned(shop, '98123')).toBe('failed journalUnavailable');
    expect(shop.till().deliveries).toEqual([]);
    await shop.close();
  });

  it('in another address is the same code', async () => {
    const shop = await SimulatedShop.open({ codes: CODES });
    expect(['applied', 'sent']).toContain(await scanned(shop, 'https://p.example/?c=5&t=1'));
    expect(await scanned(shop, 'https://p.example/other?t=2&c=5')).toBe('rejected codeUsed');
    await shop.close();
  });
});

describe('spent codes in memory', () => {
  it('claims once until it is released or lapses', async () => {
    const clock = new VirtualClock();
    const spent: SpentCodes = new SpentInMemory(clock);
    const code = codeOf('card', 'x', { oneTime: true });
    expect([spent.claim(code), spent.claim(code)]).toEqual([true, false]);
    spent.release(code);
    expect(spent.claim(code)).toBe(true);
    await clock.advance(24 * 3_600_000);
    expect(spent.claim(code)).toBe(true);
  });
});
