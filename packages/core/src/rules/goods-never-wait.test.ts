import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, anything, observe, Observed, READERS, scripts, TWO_TILLS } from '../../../../test/support/shop-script.js';

const mixed = scripts({ weight: 5, arbitrary: actions.goods }, { weight: 3, arbitrary: actions.loyalty }, { weight: 1, arbitrary: actions.journal }, { weight: 1, arbitrary: actions.translator }, { weight: 1, arbitrary: actions.till }, { weight: 1, arbitrary: actions.wall }, { weight: 1, arbitrary: actions.order }, { weight: 2, arbitrary: actions.quiet });

describe('goods never wait', () => {
  it('reach the till in the turn in which they were read, whatever else is under way', async () => {
    await fc.assert(
      fc.asyncProperty(mixed, async (script) => {
        const shop = await SimulatedShop.open(TWO_TILLS);
        const seen = new Observed(shop);
        for (const action of script) {
          seen.do(action);
          // no await between the read and this look
          for (const reader of READERS) expect(seen.goodsOf(reader)).toEqual(seen.expectedGoods.get(reader));
          if (action.do === 'advance') await seen.play([action]);
        }
      }),
    );
  });

  it('are all there, in the order of their reader, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (script) => {
        const { seen } = await observe(script);
        for (const reader of READERS) expect(seen.goodsOf(reader)).toEqual(seen.expectedGoods.get(reader));
      }),
    );
  });

  it('go on when the till adapter, a listener or the log of goods fails', async () => {
    const shop = await SimulatedShop.open();
    const goods = shop.till().goods.bind(shop.till());
    let calls = 0;
    shop.till().goods = (read) => {
      calls += 1;
      if (calls === 2) throw new Error('the port is gone');
      goods(read);
    };
    shop.pipeline.on('goods', () => {
      throw new Error('a careless listener');
    });
    for (const text of ['4600001', '4600002', '4600003']) shop.reader().scan(text, { silentBefore: false });
    expect(shop.till().goodsText).toBe('4600001\r4600003\r');
    expect(shop.pipeline.tills()[0]?.counters).toMatchObject({ goods: 2, goods_failed: 1 });
  });

  it('are counted and dropped where their route says none, and where its till carries none', async () => {
    for (const options of [{ routes: [{ till: 'front', goods: 'none' }] }, { tills: { front: { goods: false } } }, { routes: [] }]) {
      const shop = await SimulatedShop.open(options);
      shop.reader().scan('4600001');
      expect(shop.till().goodsReads).toEqual([]);
      expect(shop.dropped).toEqual([{ reader: 'counter', reason: 'noGoodsTill', count: 1 }]);
      expect(shop.pipeline.readers()[0]?.counters).toEqual({ dropped_noGoodsTill: 1, goods: 1 });
    }
  });

  it('are rejected from a reader whose unmatched reads go nowhere, their late terminator bytes too', async () => {
    const shop = await SimulatedShop.open({ readers: { counter: { settings: { unmatched: 'reject' } } } });
    shop.reader().scan('4600001');
    shop.reader().tail('\n');
    expect(shop.till().goodsReads).toEqual([]);
    expect(shop.dropped).toEqual([{ reader: 'counter', reason: 'unmatched', count: 1 }]);
  });
});
