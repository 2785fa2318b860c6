import { codeOf, createTextDecoder, ReaderSession, type RawRead, type Scan } from '@tillbridge/core';
import { SimulatedShop, VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions, observe, READERS, scripts } from '../../../../test/support/shop-script.js';

const reads = scripts({ weight: 2, arbitrary: actions.goods }, { weight: 5, arbitrary: actions.loyalty }, { weight: 4, arbitrary: actions.advance });

describe('quiet frames', () => {
  it('count as loyalty only with silence on both sides; everything else is goods, in order', async () => {
    await fc.assert(
      fc.asyncProperty(reads, async (script) => {
        // no duplicates here: each read that is loyalty shows
        const { seen } = await observe(script, {
          readers: { a: {}, b: {}, c: {} },
          tills: { front: {} },
          duplicateMs: 0,
        });
        for (const reader of READERS) {
          const loyalty = seen.shop.scans.filter(({ scan, kind }) => scan.reader === reader && kind !== 'goods').map(({ scan }) => scan.text);
          const expected = seen.expectedLoyalty.get(reader)!;
          expect(loyalty.slice(0, expected.length)).toEqual(expected);
          // at most one more: the read that closing settled
          expect(loyalty.length - expected.length).toBeLessThanOrEqual(1);
          expect(seen.goodsOf(reader)).toEqual(seen.expectedGoods.get(reader));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('let a multi-line code through whole, though a line of it looks like a card', async () => {
    const shop = await SimulatedShop.open();
    for (const line of ['BEGIN', '98123', '98124', 'END']) shop.reader().scan(line);
    await shop.clock.advance(1000);
    expect(shop.till().goodsText).toBe('BEGIN\r98123\r98124\rEND\r');
    expect(shop.outcomes).toEqual([]);
  });

  it('give a first line that looks like a card back as soon as the next byte comes, terminator as read', async () => {
    const shop = await SimulatedShop.open();
    shop.reader().scan('98123');
    shop.reader().tail('\n');
    expect(shop.till().goodsText).toBe('');
    await shop.clock.advance(19);
    shop.reader().resumed();
    expect(shop.till().goodsText).toBe('98123\r\n');
  });

  it('add late terminator bytes to the goods they belong to, and swallow those of a loyalty scan', async () => {
    const shop = await SimulatedShop.open();
    shop.reader().scan('4600001');
    shop.reader().tail('\n');
    await shop.clock.advance(100);
    shop.reader().scan('98123');
    await shop.clock.advance(100);
    shop.reader().tail('\n');
    await shop.clock.advance(100);
    expect(shop.till().goodsText).toBe('4600001\r\n');
    expect(shop.till().numbers).toEqual(['N98123']);
  });

  it('are settled at once for readers whose reads cannot go on', async () => {
    const shop = await SimulatedShop.open({ readers: { counter: { kind: 'hid', quietMs: 0 } } });
    shop.reader().scan('98123');
    shop.reader().scan('4600001');
    await shop.clock.settle();
    expect(shop.till().numbers).toEqual(['N98123']);
    expect(shop.till().goodsReads).toMatchObject([{ withSuffix: true }]);
  });

  it('settle a whole read when the reader is unplugged', async () => {
    const shop = await SimulatedShop.open();
    shop.reader().scan('98123');
    shop.reader().unplug();
    expect(shop.reader().scan('98124')).toBe(false);
    shop.reader().replug();
    await shop.clock.advance(10);
    expect(shop.till().numbers).toEqual(['N98123']);
  });

  it('never take a piece of an overlong read for loyalty', async () => {
    const shop = await SimulatedShop.open();
    shop.reader().scan('98123', { overflow: true });
    await shop.clock.advance(100);
    expect(shop.till().goodsText).toBe('98123\r');
  });

  it('are announced shortly before their silence is complete, and never when a byte ends it', async () => {
    const { session, got, clock, read } = sessionOf();
    session.read({ ...read('981'), quietMs: 20 });
    await clock.advance(16);
    expect(got).toEqual([]);
    await clock.advance(1);
    expect(got).toEqual(['expected 981']);
    session.quiet();
    session.read({ ...read('982'), quietMs: 20 });
    await clock.advance(10);
    session.resumed();
    await clock.advance(100);
    session.read({ ...read('983'), quietMs: 20 });
    await clock.advance(18);
    session.resumed();
    expect(got).toEqual(['expected 981', 'loyalty 981', 'goods 982', 'unexpected 982', 'expected 983', 'goods 983', 'unexpected 983']);
  });

  it('lose nothing when a reader breaks its promise and says neither quiet nor resumed', () => {
    const { session, got, read } = sessionOf();
    session.read(read('981'));
    session.read(read('982'));
    session.quiet();
    session.quiet();
    session.resumed();
    session.dropped('noise', 3);
    session.state({ status: 'retrying', since: 0 });
    expect(got).toEqual(['goods 981', 'unexpected 981', 'loyalty 982', 'dropped noise 3', 'retrying']);
  });
});

function sessionOf() {
  const got: string[] = [];
  const clock = new VirtualClock();
  const session = new ReaderSession({
    clock,
    reader: 'r',
    decodeText: createTextDecoder('latin1'),
    classifier: () => ({ classify: ({ text }: Scan) => (text.startsWith('98') ? codeOf('card', text) : undefined), explain: () => ({ code: undefined, steps: [] }) }),
    newId: () => 'id',
    target: {
      goods: ({ text }) => void got.push(`goods ${text}`),
      goodsTail: () => undefined,
      loyalty: ({ text }) => void got.push(`loyalty ${text}`),
      expected: (_, { text }) => void got.push(`expected ${text.reveal()}`),
      unexpected: ({ text }) => void got.push(`unexpected ${text}`),
      dropped: (_, reason, count) => void got.push(`dropped ${reason} ${count}`),
      state: (_, { status }) => void got.push(status),
      hint: () => undefined,
    },
  });
  const read = (text: string): RawRead => ({ bytes: Buffer.from(text), terminator: Buffer.from('\r'), at: { mono: 0, wall: 0 }, silence: 'awaitQuiet', silentBefore: true });
  return { session, got, clock, read };
}
