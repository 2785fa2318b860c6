import { instant, sleep, type Instant } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asked } from '../connection/rk7-client.js';
import { readXml } from '../xml/index.js';
import { pickOrder } from './choose-order.js';
import { orderAtScan, SHORTEST_SALE_MS, type OrderAtScan } from './order-at-scan.js';
import { OrderWatch, type Ask } from './order-watch.js';

const STATION = { ident: 15_001, code: 1, guid: undefined, name: 'Cash 1', netName: undefined };

/** What stands on a station's screen; orders that were left stay locked for a while, paid ones are gone. */
class Screen {
  readonly #clock: VirtualClock;
  #orders: { readonly guid: string; until: number }[] = [];
  #version = 1;
  #count = 0;
  #shown: string | undefined;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  get shown(): string | undefined {
    return this.#shown;
  }

  open(): void {
    this.#count += 1;
    this.#shown = `{00000000-0000-4000-8000-${String(this.#count).padStart(12, '0')}}`;
    this.#orders.push({ guid: this.#shown, until: Infinity });
    this.#version += 1;
  }

  close(how: 'paid' | 'left', lingerMs: number): void {
    const order = this.#orders.find(({ guid }) => guid === this.#shown);
    if (how === 'paid') this.#orders = this.#orders.filter((each) => each !== order);
    else if (order !== undefined) order.until = this.#clock.mono() + lingerMs;
    this.#shown = undefined;
    this.#version += 1;
  }

  /** As the cash server answers; a lock that is over makes no new version. */
  list(since: string | undefined): Asked {
    const version = String(this.#version);
    const unchanged = since === version;
    const locks = this.#orders.filter(({ until }) => until > this.#clock.mono());
    const orders = locks.map(({ guid }) => `<Order guid="${guid}" locked="1"><LockedByStation id="15001"/></Order>`).join('');
    const data = readXml(`<RK7QueryResult lastversion="${version}">${unchanged ? '' : `<Visit>${orders}</Visit>`}</RK7QueryResult>`);
    return { answered: true, answer: { ok: true, server: { version: undefined, netName: undefined }, unchanged, data } };
  }
}

interface Turn {
  readonly idle: number;
  readonly open: number;
  readonly how: 'paid' | 'left';
  readonly linger: number;
  /** When the card is shown, as a part of the time that the order is open. */
  readonly scan: number;
}

/** Orders follow each other at once or later, none is shorter than it takes to ring it up, show a card and pay. */
const turn: fc.Arbitrary<Turn> = fc.record({
  idle: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4000 })),
  open: fc.integer({ min: SHORTEST_SALE_MS, max: 6000 }),
  how: fc.constantFrom('paid' as const, 'left' as const),
  linger: fc.integer({ min: 0, max: 5000 }),
  scan: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0.999)),
});

/** How long each query takes on its way there and back in ms, and whether it is answered. */
const delay = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 80 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) });
const lost = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const way = fc.array(fc.record({ there: delay, back: delay, lost }), { minLength: 1, maxLength: 20 });

interface Judged {
  readonly was: string | undefined;
  readonly known: OrderAtScan;
}

async function shift(turns: readonly Turn[], ways: readonly { there: number; back: number; lost: boolean }[], faulty: boolean): Promise<{ readonly judged: readonly Judged[]; readonly sent: readonly number[] }> {
  const clock = new VirtualClock();
  const screen = new Screen(clock);
  const sent: number[] = [];
  const ask: Ask = async ({ body }, signal) => {
    const { there, back, lost } = ways[sent.length % ways.length]!;
    sent.push(clock.mono());
    await sleep(clock, there, signal);
    const answer = screen.list(/lastversion="(\d+)"/.exec(body)?.[1]);
    await sleep(clock, back, signal);
    return faulty && lost ? { answered: false, problem: 'connectionLost', sent: true } : answer;
  };
  const watch = new OrderWatch({ ask, clock, random: () => 0, pick: (orders) => pickOrder(orders, { by: 'station' }, STATION) });
  const over = new AbortController();
  const kept = watch.keep(over.signal);
  const judged: Judged[] = [];
  const present = async (): Promise<void> => {
    const at: Instant = instant(clock);
    const was = screen.shown;
    await watch.since(at, over.signal);
    judged.push({ was, known: orderAtScan(watch.looks, at, 0) });
  };
  const scans: Promise<void>[] = [];
  for (const { idle, open, how, linger, scan } of turns) {
    await clock.advance(idle);
    screen.open();
    // not in the very tick in which the order appears: nothing that a person does with a card is so quick, and no clock could tell
    const shownAfter = Math.max(1, Math.floor(open * scan));
    await clock.advance(shownAfter);
    scans.push(present());
    await clock.advance(open - shownAfter);
    screen.close(how, linger);
  }
  await clock.advance(5000);
  await Promise.all(scans);
  over.abort();
  await kept;
  return { judged, sent };
}

describe('looks at the open orders', () => {
  test.each([false, true])('never name another order than the one on the screen at the scan, answers lost: %s', async (faulty) => {
    let known = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 12 }), way, async (turns, ways) => {
        const { judged } = await shift(turns, ways, faulty);
        expect(judged).toHaveLength(turns.length);
        for (const { was, known: found } of judged) {
          if (found.found !== 'one') continue;
          known += 1;
          expect(found.guid).toBe(was);
        }
      }),
      { numRuns: 300 },
    );
    // it is no proof to know nothing: some hundreds, as a rule
    expect(known).toBeGreaterThan(20);
  });

  test('know the order of a screen that changes slowly, whenever the card is shown', async () => {
    const turns = Array.from({ length: 40 }, (_, i): Turn => ({ idle: 6000, open: 4000, how: i % 2 === 0 ? 'paid' : 'left', linger: 4000, scan: i / 40 }));
    const { judged } = await shift(turns, [{ there: 10, back: 10, lost: false }], false);
    expect(judged.filter(({ known }) => known.found !== 'one')).toEqual([]);
  });

  test('are a second apart for all who wait, however many they are', async () => {
    const clock = new VirtualClock();
    const sent: number[] = [];
    const screen = new Screen(clock);
    screen.open();
    const ask: Ask = async () => {
      sent.push(clock.mono());
      await sleep(clock, 30);
      return screen.list(undefined);
    };
    const watch = new OrderWatch({ ask, clock, random: () => 0, pick: () => ({ found: 'none' }) });
    const over = new AbortController();
    const all = [watch.keep(over.signal), ...Array.from({ length: 3 }, async () => {
      for (let n = 0; n < 5; n += 1) expect('orders' in (await watch.next(over.signal))).toBe(true);
    })];
    await clock.advance(20_000);
    over.abort();
    await Promise.all(all);
    expect(sent.length).toBeGreaterThanOrEqual(19);
    expect(sent.slice(1).every((time, i) => time - (sent[i] ?? 0) >= 1000)).toBe(true);
  });

  test('an unchanged list is the one that was known when the server was asked', async () => {
    const clock = new VirtualClock();
    const screen = new Screen(clock);
    screen.open();
    // the second look is answered after the third
    const delays = [0, 500, 0, 0];
    let asked = 0;
    const ask: Ask = async ({ body }) => {
      const answer = screen.list(/lastversion="(\d+)"/.exec(body)?.[1]);
      await sleep(clock, delays[asked++] ?? 0);
      return answer;
    };
    const watch = new OrderWatch({ ask, clock, random: () => 0, pick: (orders) => pickOrder(orders, { by: 'station' }, STATION) });
    const never = new AbortController().signal;
    const shownBy = async (work: ReturnType<OrderWatch['next']>, ms: number): Promise<readonly string[]> => {
      await clock.advance(ms);
      const looked = await work;
      return 'orders' in looked ? looked.orders.map(({ guid }) => guid) : [];
    };
    const first = screen.shown;
    expect(await shownBy(watch.look(never), 1000)).toEqual([first]);
    const slow = watch.next(never);
    await clock.advance(0);
    screen.close('paid', 0);
    screen.open();
    expect(await shownBy(watch.look(never), 100)).toEqual([screen.shown]);
    expect(await shownBy(slow, 600)).toEqual([first]);
    expect(await shownBy(watch.next(never), 2000)).toEqual([screen.shown]);
  });
});
