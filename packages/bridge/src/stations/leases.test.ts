import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationLeases } from './leases.js';
import { EXPIRE_MS, Offers } from './test-support.js';

const never = new AbortController().signal;
const look = (leases: StationLeases): Promise<string | undefined> => leases.next({ waitMs: 0, signal: never }).then((offer) => offer?.request.id);

function setUp() {
  const offers = new Offers(new VirtualClock());
  const kitchen = new StationLeases({ id: 'kitchen', till: 'front' }, offers.ports);
  const hall = new StationLeases({ id: 'hall', till: 'front' }, offers.ports);
  return { offers, kitchen, hall };
}

describe('the reads of a station', () => {
  it('get the same delivery under the same lease until it is answered, and no other station gets it', async () => {
    const { offers, kitchen, hall } = setUp();
    expect(await look(kitchen)).toBeUndefined();
    offers.offer('1');
    expect([await look(kitchen), await look(kitchen), await look(hall)]).toEqual(['1', '1', undefined]);
    await kitchen.result('1', 'applied');
    expect(offers.ended.get('1')).toEqual({ how: 'reported', outcome: { outcome: 'applied' } });
    expect([await look(kitchen), await look(hall)]).toEqual([undefined, undefined]);
    offers.offer('2');
    expect([await look(hall), await look(kitchen)]).toEqual(['2', undefined]);
  });

  it('stop giving it when it has expired', async () => {
    const { offers, kitchen } = setUp();
    offers.offer('1');
    await offers.clock.advance(EXPIRE_MS - 1);
    expect(await look(kitchen)).toBe('1');
    await offers.clock.advance(1);
    expect(await look(kitchen)).toBeUndefined();
  });

  it('stop giving it when it was taken back, though its outcome may still come', async () => {
    const { offers, kitchen } = setUp();
    offers.offer('1');
    expect(await look(kitchen)).toBe('1');
    expect(offers.board.withdraw('1')).toBe(true);
    expect(await look(kitchen)).toBeUndefined();
    await kitchen.result('1', 'applied');
    expect(offers.ended.get('1')).toMatchObject({ how: 'reported' });
  });

  it('get nothing of another till', async () => {
    const { offers, kitchen } = setUp();
    offers.offer('1', 'back');
    expect(await look(kitchen)).toBeUndefined();
  });

  it('wait for a delivery, and end when it comes, when the time is over, or when the peer hangs up', async () => {
    const { offers, kitchen } = setUp();
    const first = kitchen.next({ waitMs: 5000, signal: never });
    await offers.clock.advance(4999);
    offers.offer('1');
    await offers.clock.advance(0);
    expect((await first)?.request.id).toBe('1');
    await kitchen.result('1', 'sent');

    const second = kitchen.next({ waitMs: 5000, signal: never });
    await offers.clock.advance(5000);
    expect(await second).toBeUndefined();

    const hangUp = new AbortController();
    const third = kitchen.next({ waitMs: 5000, signal: hangUp.signal });
    hangUp.abort();
    expect(await third).toBeUndefined();
    offers.offer('2');
    await offers.clock.advance(0);
    // nothing was claimed for a peer that is gone
    expect(offers.board.claimable('2')).toBe(true);
    expect([offers.hub.subscribers, offers.clock.pending]).toEqual([0, 0]);
  });

  it('count as a till program that is there while they wait', async () => {
    const { offers, kitchen } = setUp();
    const waiting = kitchen.next({ waitMs: 1000, signal: never });
    expect(offers.hub.listeners('delivery:front')).toBe(1);
    expect(offers.hub.listeners('goods:read')).toBe(0);
    await offers.clock.advance(1000);
    await waiting;
    expect(offers.hub.listeners('delivery:front')).toBe(0);
  });

  it('end with an embedding hub that closes', async () => {
    const { offers, kitchen } = setUp();
    const waiting = kitchen.next({ waitMs: 1000, signal: never });
    offers.hub.close();
    expect(await waiting).toBeUndefined();
  });

  it('may wait eight at a time, and no more', async () => {
    const { offers, kitchen } = setUp();
    const waiting = Array.from({ length: 8 }, () => kitchen.next({ waitMs: 1000, signal: never }));
    await expect(kitchen.next({ waitMs: 1000, signal: never })).rejects.toMatchObject({ code: 'TB_API_RATE' });
    offers.offer('1');
    await offers.clock.advance(0);
    // all are of one station: all get it
    expect((await Promise.all(waiting)).map((offer) => offer?.request.id)).toEqual(Array.from({ length: 8 }, () => '1'));
    expect(await look(kitchen)).toBe('1');
  });

  it('can say by the lease of the last one that it was handed over', async () => {
    const { offers, kitchen, hall } = setUp();
    offers.offer('1');
    offers.offer('2');
    expect(await look(kitchen)).toBe('1');
    const after = (lease: string) => kitchen.next({ waitMs: 0, after: lease, signal: never }).then((offer) => offer?.request.id);
    expect(await after('1')).toBe('2');
    expect(offers.ended.get('1')).toEqual({ how: 'reported', outcome: { outcome: 'sent' } });
    // the answer was lost: the same question again changes nothing
    expect(await after('1')).toBe('2');
    expect(offers.ended.has('2')).toBe(false);
    // somebody else's, an unknown one, one that was answered otherwise
    await hall.next({ waitMs: 0, after: '2', signal: never });
    expect(offers.ended.has('2')).toBe(false);
    expect(await after('unknown')).toBe('2');
    await kitchen.result('2', 'rejected');
    expect(await after('2')).toBeUndefined();
    expect(offers.ended.get('2')).toMatchObject({ outcome: { outcome: 'rejected' } });
  });
});

describe('the result of a lease', () => {
  it('is taken once, and again when it is the same', async () => {
    const { offers, kitchen, hall } = setUp();
    offers.offer('1');
    await look(kitchen);
    await expect(hall.result('1', 'applied')).rejects.toMatchObject({ code: 'TB_API_CONFLICT' });
    await kitchen.result('1', 'rejected', 'noOrder');
    await kitchen.result('1', 'rejected', 'noOrder');
    await expect(kitchen.result('1', 'applied')).rejects.toMatchObject({ code: 'TB_API_CONFLICT' });
    expect(offers.ended.get('1')).toEqual({ how: 'reported', outcome: { outcome: 'rejected', reason: 'noOrder' } });
  });

  it('is refused for what is not there, and for what is over', async () => {
    const { offers, kitchen } = setUp();
    await expect(kitchen.result('?', 'applied')).rejects.toMatchObject({ code: 'TB_API_GONE' });
    offers.offer('1');
    await look(kitchen);
    offers.board.withdraw('1');
    offers.board.giveUp('1');
    await expect(kitchen.result('1', 'applied')).rejects.toMatchObject({ code: 'TB_API_GONE' });
  });
});

it('whatever two stations and time do, no delivery is given to both, and none after its end', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('offer' as const) }),
    fc.record({ do: fc.constant('read' as const), who: fc.nat(1), waitMs: fc.constantFrom(0, 3000) }),
    fc.record({ do: fc.constant('result' as const), who: fc.nat(1), which: fc.nat(5) }),
    fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(5) }),
    fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 9000 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { offers, kitchen, hall } = setUp();
      const both = [kitchen, hall] as const;
      const givenTo = new Map<string, Set<number>>();
      const over = new Set<string>();
      let made = 0;
      const read = async (who: 0 | 1, waitMs: number): Promise<void> => {
        const offer = await both[who].next({ waitMs, signal: never }).catch(() => undefined);
        if (offer === undefined) return;
        expect(over.has(offer.request.id)).toBe(false);
        expect(offer.request.expired()).toBe(false);
        givenTo.set(offer.request.id, (givenTo.get(offer.request.id) ?? new Set()).add(who));
      };
      const reads: Promise<void>[] = [];
      for (const action of steps) {
        if (action.do === 'offer') offers.offer(String((made += 1)));
        else if (action.do === 'read') reads.push(read(action.who === 0 ? 0 : 1, action.waitMs));
        else if (action.do === 'withdraw') {
          offers.board.withdraw(String(action.which));
          if (action.which <= made) over.add(String(action.which));
        } else if (action.do === 'result') {
          try {
            await both[action.who === 0 ? 0 : 1].result(String(action.which), 'applied');
            over.add(String(action.which));
          } catch {
            // not its lease
          }
        } else await offers.clock.advance(action.ms);
        await offers.clock.settle();
      }
      await offers.clock.advance(10_000);
      await Promise.all(reads);
      for (const who of givenTo.values()) expect(who.size).toBe(1);
      expect(offers.hub.subscribers).toBe(0);
    }),
    { numRuns: 200 },
  );
});
