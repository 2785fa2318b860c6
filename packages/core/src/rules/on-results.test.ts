import { outcome, type Outcome, type RefusalPolicies, type Translation } from '@tillbridge/core';
import { SimulatedShop } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** CONTRACT of the translation results: the outcome of each, and the `on:` key that governs it (none: always rejected). */
const RESULTS: readonly (readonly [Translation, Outcome, (keyof RefusalPolicies)?])[] = [
  [{ result: 'notFound' }, outcome('notFound'), 'notFound'],
  [{ result: 'blocked' }, outcome('blocked'), 'blocked'],
  [{ result: 'blocked', reason: 'inactive' }, outcome('blocked', 'inactive'), 'blocked'],
  [{ result: 'unavailable' }, outcome('unavailable'), 'unavailable'],
  [{ result: 'rateLimited', retryAfterMs: 100 }, outcome('unavailable', 'rateLimited'), 'unavailable'],
  [{ result: 'authError' }, outcome('unavailable', 'authError'), 'unavailable'],
  [{ result: 'badResponse' }, outcome('unavailable', 'badResponse'), 'unavailable'],
  [{ result: 'ambiguous' }, outcome('rejected', 'ambiguous'), 'ambiguous'],
  [{ result: 'foundNoNumber' }, outcome('rejected', 'foundNoNumber')],
  [{ result: 'codeExpired' }, outcome('rejected', 'codeExpired')],
  [{ result: 'codeUsed' }, outcome('rejected', 'codeUsed')],
  [{ result: 'confirmRequired' }, outcome('rejected', 'confirmRequired')],
];

const policy = fc.constantFrom('reject' as const, 'passThrough' as const);
const policies: fc.Arbitrary<RefusalPolicies> = fc.record({ notFound: policy, unavailable: policy, blocked: policy, ambiguous: policy });
const AIM_QR = ']Q1';

describe('on: what happens on each translation result', () => {
  it('is the outcome of the result, and the code exactly as read where passThrough says so', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...RESULTS),
        policies,
        fc.option(fc.integer({ min: 0, max: 7000 }), { nil: undefined }),
        fc.constantFrom('', AIM_QR),
        fc.constantFrom('\r', '\r\n', '\t', ''),
        async ([translation, expected, key], given, afterMs, aim, terminator) => {
          const shop = await SimulatedShop.open({ policies: given });
          shop.translator.behaviour = { answer: translation, ...(afterMs === undefined ? {} : { afterMs }), honoursAbort: false };
          shop.reader().scan(`${aim}98123`, { terminator });
          await shop.clock.advance(10_000);
          // 20 ms of silence are over when the translator is asked
          const late = (afterMs ?? 0) >= 5000 - 20;
          const passes = !late && key !== undefined && given[key] === 'passThrough';
          expect(shop.till().goodsText).toBe(passes ? `${aim}98123${terminator}` : '');
          const told = late ? outcome('expired') : passes ? { ...expected, evidence: 'passedThrough' } : expected;
          expect(shop.outcomes).toHaveLength(1);
          const { outcome: name, reason, evidence } = shop.outcomes[0]!;
          expect(outcome(name, reason, evidence)).toEqual(told);
          expect(shop.till().deliveries).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('adds the till suffix to a code that was read without a terminator by nature, or given by hand', async () => {
    const shop = await SimulatedShop.open({ policies: { notFound: 'passThrough' }, readers: { counter: { quietMs: 0 }, wire: {} } });
    shop.translator.behaviour = { answer: { result: 'notFound' } };
    shop.reader().scan('981');
    shop.reader('wire').scan('982');
    await shop.clock.advance(50);
    shop.pipeline.inject({ bytes: Buffer.from('983'), reader: 'wire' });
    expect(shop.till().goodsReads.map(({ withSuffix }) => withSuffix)).toEqual([true, false, true]);
  });

  it('claims no evidence where no till could take the code', async () => {
    const shop = await SimulatedShop.open({ policies: { notFound: 'passThrough' }, routes: [{ till: 'front', goods: 'none' }] });
    shop.translator.behaviour = { answer: { result: 'notFound' } };
    shop.reader().scan('98123');
    await shop.clock.advance(50);
    expect(shop.outcomes).toHaveLength(1);
    expect(shop.outcomes[0]).not.toHaveProperty('evidence');
  });

  it('does not pass through what was superseded or belongs to another order meanwhile', async () => {
    const shop = await SimulatedShop.open({ policies: { notFound: 'passThrough' } });
    shop.translator.behaviour = { answer: { result: 'notFound' }, afterMs: 1000, honoursAbort: false };
    shop.reader().scan('981');
    await shop.clock.advance(50);
    shop.reader().scan('982');
    await shop.clock.advance(50);
    shop.pipeline.order('front', 'closed');
    await shop.clock.advance(3000);
    expect(shop.till().goodsText).toBe('');
    expect(shop.outcomes.map(({ outcome: name, reason }) => [name, reason])).toEqual([['superseded', undefined], ['expired', 'orderChanged']]);
  });

  it.each([undefined, null, 7, {}, { result: 'fine' }, { result: 'found' }, { result: 'found', number: '123' }, { result: 'coupon', number: {} }])(
    'takes %j for a bad response',
    async (answer) => {
      for (const afterMs of [undefined, 10]) {
        const shop = await SimulatedShop.open();
        shop.translator.behaviour = { answer: () => answer as unknown as Translation, ...(afterMs === undefined ? {} : { afterMs }) };
        shop.reader().scan('98123');
        await shop.clock.advance(100);
        expect(shop.outcomes).toMatchObject([{ outcome: 'unavailable', reason: 'notATranslation' }]);
      }
    },
  );
});
