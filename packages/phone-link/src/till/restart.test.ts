import { VirtualClock } from '@tillbridge/testkit';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TillConnection } from '../phone/till-connection.js';
import { MemoryStore, World, type Fate } from '../test-support.js';
import { textOf } from '../wire/bytes.js';

const never = new AbortController().signal;

let clock: VirtualClock;
let world: World;
let connection: TillConnection;
beforeEach(async () => {
  clock = new VirtualClock();
  world = new World(clock);
  ({ connection } = await world.paired());
  await connection.refresh(never);
});

describe('a till that is restarted', () => {
  it('before the next scan: nobody notices', async () => {
    await clock.advance(5000);
    world.restart();
    expect(await connection.scan({ text: '98' }, never)).toMatchObject({ is: 'done' });
    expect(world.taken).toHaveLength(1);
  });

  it('after it took a scan whose answer was lost: the scan is asked for and not sent again', async () => {
    let lost = false;
    const scanned = connection.scan({ text: '98' }, never);
    world.fate = (path) => {
      if (path !== 'msg' || lost) return 'arrives';
      lost = true;
      queueMicrotask(() => world.restart());
      return 'answerLost';
    };
    await clock.advance(10_000);
    expect(await scanned).toEqual({ is: 'unknown', why: 'lost' });
    expect(world.taken).toHaveLength(1);
    // it is over: the next one goes as usual
    expect(connection.stored.open).toBeUndefined();
    expect(await connection.scan({ text: '99' }, never)).toMatchObject({ is: 'done' });
  });
});

describe('a network that loses, repeats and delays, and a till that is restarted', () => {
  it('never makes two reads of one, and never says that nothing happened when something did', async () => {
    const fates: readonly Fate[] = ['arrives', 'arrives', 'arrives', 'requestLost', 'answerLost', 'twice'];
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000_000), fc.array(fc.record({ restart: fc.boolean(), pause: fc.nat(4000) }), { minLength: 1, maxLength: 6 }), async (seed, steps) => {
        const time = new VirtualClock();
        const shop = new World(time, seed + 1);
        const store = new MemoryStore();
        await shop.paired({}, store);
        const dice = fc.sample(fc.constantFrom(...fates), { numRuns: 400, seed });
        let thrown = 0;
        shop.fate = () => dice[thrown++ % dice.length]!;
        let own = (await shop.phone(store).load())[0]!;
        for (const [i, { restart, pause }] of steps.entries()) {
          const code = `98${String(i)}`;
          const scanning = own.scan({ text: code }, never);
          // somewhere in the middle
          await time.advance(pause % 700);
          if (restart) shop.restart();
          await time.advance(30_000);
          const result = await scanning;
          const count = shop.taken.filter(({ bytes }) => textOf(bytes) === code).length;
          expect(count).toBeLessThanOrEqual(1);
          if (result.is === 'done') expect(count).toBe(1);
          if (result.is === 'nothing') expect(count).toBe(0);
          await time.advance(pause);
          // the page is closed and opened again
          if (pause % 3 === 0) own = (await shop.phone(store).load())[0]!;
        }
        const settled = own.settle(never);
        await time.advance(30_000);
        await settled;
        const codes = shop.taken.map(({ bytes }) => textOf(bytes));
        expect(new Set(codes).size).toBe(codes.length);
      }),
      { numRuns: 20 },
    );
  });
});
