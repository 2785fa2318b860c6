import { NativeNumber, type Translation } from '@tillbridge/core';
import { SimulatedShop } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';

const number = new NativeNumber('card', '2000000012345');
const earning: Translation = { result: 'found', number, state: 'accrueOnly' };
const stale: Translation = { ...earning, platform: { preset: 'p', translator: 't', lookupId: 'l', stale: true } };

describe('a number that may only earn', () => {
  it.each([earning, stale])('goes to no till that cannot be told', async (answer) => {
    const shop = await SimulatedShop.open();
    shop.translator.behaviour = { answer };
    shop.reader().scan('98123');
    await shop.clock.advance(100);
    expect(shop.outcomes).toMatchObject([{ outcome: 'rejected', reason: 'accrueOnly', number: undefined }]);
    expect(shop.till().deliveries).toEqual([]);
  });

  it('goes to one that can, says so, and shows in the evidence when nobody could ask', async () => {
    const shop = await SimulatedShop.open({ tills: { front: { accrueOnly: true } } });
    const heard: string[] = [];
    shop.pipeline.on('translated', ({ translated }) => heard.push(translated.translation.result));
    for (const [code, answer] of [['981', earning], ['982', stale], ['983', { result: 'found', number }]] as const) {
      shop.translator.behaviour = { answer };
      shop.reader().scan(code);
      await shop.clock.advance(100);
    }
    expect(shop.till().deliveries.map(({ request }) => request.accrueOnly)).toEqual([true, true, undefined]);
    expect(shop.outcomes.map(({ outcome, evidence }) => [outcome, evidence?.endsWith('stale') === true])).toEqual([['sent', false], ['sent', true], ['sent', false]]);
    expect(heard).toEqual(['found', 'found', 'found']);
  });

  it('is unavailable to a till that only asks', async () => {
    const shop = await SimulatedShop.open({ tills: { front: { accrueOnly: true } } });
    shop.translator.behaviour = { answer: stale };
    expect(await shop.till().inbound.lookUp?.('98123', new AbortController().signal)).toMatchObject({ matched: true, translation: { result: 'unavailable', reason: 'accrueOnly' } });
  });
});

describe('a code that the guest named', () => {
  it('reaches the translator with the second read, and nothing else', async () => {
    const shop = await SimulatedShop.open();
    shop.translator.behaviour = { answer: (_, context) => (context.confirmation?.reveal() === '4829' ? { result: 'found', number } : { result: 'confirmRequired', channel: 'sms' }) };
    const inject = (confirmation?: string) => shop.pipeline.inject({ bytes: Buffer.from('+79001234567'), reader: 'counter', kind: 'phone', ...(confirmation === undefined ? {} : { confirmation: new NativeNumber('phone', confirmation) }) });
    inject();
    await shop.clock.advance(100);
    inject('4829');
    await shop.clock.advance(100);
    expect(shop.outcomes).toMatchObject([{ outcome: 'rejected', reason: 'confirmRequired' }, { outcome: 'sent' }]);
    expect(JSON.stringify(shop.journal)).not.toContain('4829');
  });
});
