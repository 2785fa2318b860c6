import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, anything, observe, scripts, type Action } from '../../../../test/support/shop-script.js';

const orders = scripts(
  { weight: 5, arbitrary: actions.loyalty },
  { weight: 4, arbitrary: actions.order },
  { weight: 2, arbitrary: actions.advance },
  { weight: 1, arbitrary: actions.translator },
  { weight: 1, arbitrary: actions.till },
  { weight: 1, arbitrary: actions.slowJournal },
);

/** The first thing that each till said about its order. */
function firstOrders(script: readonly Action[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const action of script) if (action.do === 'order' && !first.has(action.till)) first.set(action.till, action.state === 'opened' ? action.id : 'closed');
  return first;
}

describe('order context', () => {
  it('a program that closes an order need not name the one it opened; an adapter whose screen is empty closes none', async () => {
    const shop = await SimulatedShop.open();
    const told: unknown[] = [];
    shop.pipeline.on('order', ({ state, orderId }) => told.push([state, orderId]));
    const { id } = shop.till();
    shop.pipeline.order(id, 'opened', '7');
    shop.pipeline.order(id, 'closed');
    shop.pipeline.order(id, 'closed');
    expect(told).toEqual([['opened', '7'], ['closed', '7'], ['closed', undefined]]);
    await shop.close();
  });

  it('never hands a number over for another order than the one open at the scan', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(orders, anything), async (script) => {
        const { seen } = await observe(script);
        const first = firstOrders(script);
        for (const { request, order, till, takenBefore } of seen.handed) {
          const own = takenBefore.find(({ scanId }) => scanId === request.scanId)!;
          // a scan before the till ever told its order may be for the first one that it names
          if (own.order === undefined) expect([undefined, first.get(till)]).toContain(order);
          else expect(order).toBe(own.order);
          expect(request.orderId).toBe(own.order === 'closed' ? undefined : own.order);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['translating', 'waiting', 'intending', 'delivering'])('drops what is %s when the order closes, and writes no intent for it', async (stage) => {
    const shop = await SimulatedShop.open();
    if (stage === 'translating') shop.translator.behaviour = { ...shop.translator.behaviour, afterMs: 1000 };
    if (stage === 'intending') shop.journal.commitMs = 200;
    if (stage === 'delivering' || stage === 'waiting') shop.till().behaviour = { afterMs: 1000 };
    shop.till().inbound.order('opened', 'o1');
    shop.reader().scan(stage === 'waiting' ? 'CPN7' : '981');
    await shop.clock.advance(50);
    if (stage === 'waiting') {
      shop.reader().scan('CPN8');
      await shop.clock.advance(50);
    }
    shop.till().inbound.order('closed', 'o1');
    await shop.clock.advance(3000);
    for (const outcome of shop.outcomes) expect(outcome).toMatchObject({ outcome: 'expired', reason: 'orderChanged' });
    expect(shop.outcomes).toHaveLength(stage === 'waiting' ? 2 : 1);
    expect(shop.till().numbers).toEqual([]);
    expect(shop.journal.entries.filter(({ entry }) => entry.type === 'delivering')).toHaveLength(stage === 'translating' ? 0 : 1);
  });

  it('forgets an order that closed: what is scanned before it is opened again is not for it', async () => {
    const shop = await SimulatedShop.open();
    shop.till().inbound.order('opened', 'o1');
    shop.till().inbound.order('closed', 'o1');
    shop.reader().scan('981');
    await shop.clock.advance(50);
    expect(shop.till().deliveries[0]?.request).not.toHaveProperty('orderId');
    shop.translator.behaviour = { ...shop.translator.behaviour, afterMs: 500 };
    shop.reader().scan('982');
    await shop.clock.advance(50);
    shop.till().inbound.order('opened', 'o1');
    await shop.clock.advance(1000);
    expect(shop.outcomes.at(-1)).toMatchObject({ outcome: 'expired', reason: 'orderChanged' });
  });

  it('gives no coupon the turn that becomes free while all of them are taken back', async () => {
    const shop = await SimulatedShop.open();
    shop.translator.script.push({ answer: { result: 'notFound' }, afterMs: 1000 });
    shop.reader().scan('981');
    await shop.clock.advance(50);
    shop.reader().scan('CPN1');
    await shop.clock.advance(50);
    shop.pipeline.order('front', 'opened', 'o1');
    shop.pipeline.order('front', 'opened', 'o2');
    await shop.clock.advance(100);
    expect(shop.outcomes.map(({ reason }) => reason)).toEqual(['orderChanged', 'orderChanged']);
    expect(shop.journal.entries.filter(({ entry }) => entry.type === 'delivering')).toEqual([]);
  });

  it('keeps what is pending when the same order is named again, or the till names its first', async () => {
    const shop = await SimulatedShop.open();
    shop.translator.behaviour = { ...shop.translator.behaviour, afterMs: 500 };
    shop.reader().scan('981');
    await shop.clock.advance(50);
    shop.pipeline.order('front', 'opened', 'o1');
    shop.pipeline.order('front', 'opened', 'o1');
    await shop.clock.advance(1000);
    expect(shop.outcomes).toMatchObject([{ outcome: 'sent' }]);
  });

  it('leaves a number alone that was scanned for an order of its own, whatever the screen shows and whoever is scanned meanwhile', async () => {
    const shop = await SimulatedShop.open();
    shop.till().behaviour = { afterMs: 1000 };
    shop.pipeline.order('front', 'opened', 'o1');
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const reader = shop.reader().id;
    shop.pipeline.inject({ bytes: bytes('981'), reader, orderId: 'table-7' });
    shop.pipeline.inject({ bytes: bytes('982'), reader, orderId: 'table-8' });
    shop.reader().scan('983');
    await shop.clock.advance(50);
    shop.pipeline.order('front', 'opened', 'o2');
    await shop.clock.advance(3000);
    const handed = shop.till().deliveries.map(({ request }) => [request.number.reveal(), request.orderId, request.ownOrder]);
    expect(handed).toEqual([['N981', 'table-7', true], ['N982', 'table-8', true]]);
    expect(shop.outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([['expired', 'orderChanged'], ['sent', undefined], ['sent', undefined]]);
  });

  it('names the tills that exist when asked for one that does not', async () => {
    const shop = await SimulatedShop.open();
    expect(() => shop.pipeline.order('bar', 'closed')).toThrow(expect.objectContaining({ code: 'TB_TILL_UNKNOWN', params: { till: 'bar', known: 'front' } }) as Error);
  });
});
