import type { Taken } from '@tillbridge/core';
import { SimulatedShop } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';

const open = (): Promise<SimulatedShop> => SimulatedShop.open({ readers: { waiter: { kind: 'mobile', quietMs: 0 } }, tills: { front: {}, bar: {} } });

describe('a read whose device says more than its bytes', () => {
  it('is told in the same turn what it is, and later how it ended', async () => {
    const shop = await open();
    const told: Taken[] = [];
    shop.reader('waiter').scan('98123', { taken: (taken) => told.push(taken) });
    expect(told).toMatchObject([{ kind: 'card', duplicate: false }]);
    const [taken] = told;
    await shop.clock.advance(100);
    expect(taken?.kind === 'goods' ? undefined : (await taken?.outcome)?.outcome).toBe('sent');
    shop.reader('waiter').scan('98123', { taken: (again) => told.push(again) });
    expect(told[1]).toMatchObject({ duplicate: true, scanId: taken?.scanId });
    shop.reader('waiter').scan('4600000000001', { taken: (goods) => told.push(goods) });
    expect(told[2]).toMatchObject({ kind: 'goods', handled: true });
  });

  it('is of the kind that somebody said, whatever the rules say', async () => {
    const shop = await open();
    const told: Taken[] = [];
    shop.reader('waiter').scan('9161234567', { kind: 'phone', taken: (taken) => told.push(taken) });
    shop.reader('waiter').scan('98124', { kind: 'goods', taken: (taken) => told.push(taken) });
    await shop.clock.advance(100);
    expect(told.map(({ kind }) => kind)).toEqual(['phone', 'goods']);
    expect(shop.till('front').numbers).toEqual(['N9161234567']);
    expect(shop.till('front').goodsReads).toHaveLength(1);
  });

  it('goes to the till that was chosen, loyalty and goods alike, and to no other', async () => {
    const shop = await open();
    shop.reader('waiter').scan('98123', { till: 'bar' });
    shop.reader('waiter').scan('4600000000001', { till: 'bar' });
    await shop.clock.advance(100);
    expect(shop.till('bar').numbers).toEqual(['N98123']);
    expect(shop.till('bar').goodsReads).toHaveLength(1);
    expect([shop.till('front').numbers, shop.till('front').goodsReads]).toEqual([[], []]);
  });

  it('for a till that is not there is refused, not sent elsewhere', async () => {
    const shop = await open();
    const told: Taken[] = [];
    shop.reader('waiter').scan('98123', { till: 'kitchen', taken: (taken) => told.push(taken) });
    await shop.clock.advance(100);
    const [taken] = told;
    expect(taken?.kind === 'goods' ? undefined : await taken?.outcome).toMatchObject({ outcome: 'failed', reason: 'noTill' });
    expect(shop.till('front').numbers).toEqual([]);
  });

  it('is as perishable as any: the seconds that its message was on its way count', async () => {
    const shop = await open();
    shop.reader('waiter').scan('98123', { ageMs: 5000 });
    shop.reader('waiter').scan('98124', { ageMs: 4000 });
    await shop.clock.advance(100);
    expect(shop.outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([['expired', undefined], ['sent', undefined]]);
    expect(shop.till('front').numbers).toEqual(['N98124']);
  });

  it('from before the till went to another order is not for that one', async () => {
    const shop = await open();
    shop.pipeline.order('front', 'opened', 'o1');
    await shop.clock.advance(1000);
    shop.pipeline.order('front', 'opened', 'o2');
    await shop.clock.advance(300);
    shop.reader('waiter').scan('98123', { ageMs: 400 });
    shop.reader('waiter').scan('98124', { ageMs: 300 });
    await shop.clock.advance(100);
    expect(shop.outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([['expired', 'orderChanged'], ['sent', undefined]]);
    expect(shop.till('front').deliveries.map(({ request }) => [request.number.reveal(), request.orderId])).toEqual([['N98124', 'o2']]);
  });

  it('from before the till told of its first order is for that one', async () => {
    const shop = await open();
    shop.pipeline.order('front', 'opened', 'o1');
    shop.reader('waiter').scan('98123', { ageMs: 400 });
    await shop.clock.advance(100);
    expect(shop.till('front').numbers).toEqual(['N98123']);
  });
});
