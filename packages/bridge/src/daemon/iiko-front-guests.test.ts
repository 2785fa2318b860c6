import type { GuestAuthorizer } from '@tillbridge/adapter-iiko';
import { describe, expect, it } from 'vitest';
import { FrontBench } from '../../../../test/iiko/front-bench.js';

describe('a guest of iikoCard', () => {
  const asked: string[] = [];
  const server = (answer: { readonly done: boolean; readonly reason?: string }): GuestAuthorizer => ({
    authorize: ({ credential, scope }, orderId) => {
      asked.push(`${scope} ${credential.reveal()} ${orderId}`);
      return Promise.resolve(answer);
    },
    probe: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  });

  it('is authorised inside the edit, once, for the order of the action', async () => {
    asked.length = 0;
    const bench = await FrontBench.open({ identifiers: { card: 'iikoCardNumber' } }, server({ done: true }));
    const session = await bench.hello();
    await bench.read('981');
    const action = (await bench.next(session))!;
    expect(action).toMatchObject({ kind: 'authorizeIikoCard', credential: 'N981', scope: 'cardNumber', fallback: { cardNumber: 'N981' }, replace: false });
    const { id } = action;
    expect(await bench.call('authorize', { session, id, orderId: 'o2' })).toEqual({ done: false, reason: 'wrongOrder' });
    expect(await bench.call('authorize', { session, id, orderId: 'o1' })).toEqual({ done: true });
    expect(await bench.call('authorize', { session, id, orderId: 'o1' })).toEqual({ done: true });
    expect(asked).toEqual(['cardNumber N981 o1']);
    await bench.call('result', { session, id, outcome: 'noEffect' });
    expect(bench.outcomes).toEqual(['failed noEffect']);
    expect(await bench.call('authorize', { session, id, orderId: 'o1' })).toEqual({ done: false, reason: 'unknownAction' });
  });

  it('is not authorised when the action is over', async () => {
    asked.length = 0;
    const bench = await FrontBench.open({ identifiers: { card: 'iikoCardTrack' } }, server({ done: true }));
    const session = await bench.hello();
    await bench.read('981');
    const { id } = (await bench.next(session))!;
    await bench.clock.advance(10_000);
    expect(await bench.call('authorize', { session, id, orderId: 'o1' })).toEqual({ done: false, reason: 'expired' });
    expect(asked).toEqual([]);
  });

  it('without a POS server is looked for in the till\'s own directory; by a track he cannot be', async () => {
    const bench = await FrontBench.open({ identifiers: { card: 'iikoCardTrack', phone: 'iikoCardPhone' } });
    await bench.hello();
    await bench.read('981');
    expect(bench.outcomes).toEqual(['rejected noPosServer']);
  });
});
