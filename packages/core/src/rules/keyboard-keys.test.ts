import { inspect } from 'node:util';
import type { KeyEvent } from '@tillbridge/core';
import { SimulatedShop } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';

const tap = (usage: number): readonly KeyEvent[] => [
  { usage, down: true, atMs: 0 },
  { usage, down: false, atMs: 1 },
];
const shopOf = (keys: boolean): Promise<SimulatedShop> => SimulatedShop.open({ readers: { counter: { kind: 'keyboard', quietMs: 0 } }, tills: { front: { keys } } });

describe('keys of a keyboard reader', () => {
  it('go with the goods that they are', async () => {
    const shop = await shopOf(true);
    shop.reader().scan('4', { keys: tap(0x21), terminator: '\r' });
    shop.reader().tail('', tap(0x0d));
    expect(shop.till().goodsReads).toMatchObject([
      { withSuffix: true, keys: tap(0x21) },
      { withSuffix: false, keys: tap(0x0d) },
    ]);
  });

  it('that stand for no byte go only to tills that type them', async () => {
    for (const keys of [true, false]) {
      const shop = await shopOf(keys);
      shop.reader().scan('', { partial: true, keys: tap(0x3a) });
      shop.reader().scan('4', { keys: tap(0x21) });
      shop.reader().tail('', tap(0x0d));
      expect(shop.till().goodsReads.length).toBe(keys ? 3 : 1);
    }
  });

  it('do not follow a loyalty code into the till', async () => {
    const shop = await shopOf(true);
    shop.reader().scan('98123', { keys: tap(0x26) });
    shop.reader().tail('', tap(0x0d));
    await shop.clock.advance(100);
    expect(shop.till().goodsReads).toEqual([]);
    expect(shop.till().numbers).toEqual(['N98123']);
  });

  it('typed by hand are goods without the suffix of the till, whatever they look like', async () => {
    const shop = await shopOf(false);
    shop.reader().scan('98123', { partial: true, keys: tap(0x26) });
    shop.reader().scan('', { partial: true, terminator: '\r', keys: tap(0x28) });
    await shop.clock.advance(100);
    expect(shop.till().numbers).toEqual([]);
    expect(shop.till().goodsReads.map(({ withSuffix }) => withSuffix)).toEqual([false, false]);
    expect(shop.till().goodsText).toBe('98123\r');
  });

  it('show in no print and no JSON of a scan', async () => {
    const shop = await shopOf(true);
    shop.reader().scan('4600000000001', { keys: tap(0x21) });
    const { scan } = shop.scans[0]!;
    expect(scan.keys).toHaveLength(2);
    expect(`${inspect(scan)} ${JSON.stringify(scan)}`).not.toMatch(/usage|keys/);
  });
});
