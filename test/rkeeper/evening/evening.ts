import { createXmlTill } from '@tillbridge/adapter-rkeeper';
import { silentLog, systemClock, type Adapter } from '@tillbridge/core';
import { SimulatedCashServer, SimulatedStation, type Order, type Restaurant } from '@tillbridge/testkit/rkeeper';
import { never, noPins, nobody, optionsAt } from '../support.js';
import { serve, type Scan } from './cashier.js';
import { CHANGE_MS, EveningClock, READ_MS } from './evening-clock.js';
import { Lane } from './lane.js';
import { mishaps } from './mishaps.js';
import { Random } from '../../support/random.js';

export interface EveningReport {
  readonly orders: number;
  readonly scans: number;
  /** Virtual minutes. */
  readonly minutes: number;
  /** How many ended with what; with the reason where there is one. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Cards on an order that they were not shown for. */
  readonly wrong: number;
  /** Cards that stand twice on an order. */
  readonly doubled: number;
  /** Called applied, and never put on the order. */
  readonly missing: number;
  /** Called refused, and put on the order all the same. */
  readonly leaked: number;
}

const STEP_MS = 100;
/** An evening of 200 orders takes half an hour of virtual time; one that takes this long, in virtual ms, never ends. */
const LONGEST_MS = 6 * 3_600_000;
/** Real milliseconds in which time must move: far more than the slowest machine takes to answer one query. */
const STANDSTILL_MS = 120_000;

/** A whole evening at two stations: the real adapters against the simulated cash server, over a real network, in virtual time. */
export async function evening(seed: number, orders: number): Promise<EveningReport> {
  const clock = new EveningClock();
  const server = await SimulatedCashServer.start({ clock });
  const { restaurant } = server;
  const tills: Adapter[] = [];
  const over = new AbortController();
  const newCard = cardNumbers();
  try {
    const shifts = await Promise.all(
      [0, 1].map(async (i) => {
        const item = restaurant.books.CASHES[i]!;
        const setup = { id: `till${String(i)}`, station: { code: item.code }, order: { by: 'station' }, conflict: i === 0 ? 'reject' : 'replace', readTimeoutMs: READ_MS, changeTimeoutMs: CHANGE_MS } as const;
        const own = new Random(seed * 31 + i);
        const till = createXmlTill(optionsAt(server.url, setup), { clock, log: silentLog, pins: noPins, random: () => own.next() });
        tills.push(till);
        await till.open(nobody, never);
        const station = new SimulatedStation({ clock, restaurant, faults: server.faults, station: item, operator: restaurant.books.EMPLOYEES[i]!, algorithms: server.algorithms });
        return { clock, restaurant, station, lane: new Lane(till, clock), random: new Random(seed * 7919 + i), newCard };
      }),
    );
    const start = clock.mono();
    const trouble = mishaps(server, clock, new Random(seed), over.signal);
    const half = Math.ceil(orders / 2);
    const served = Promise.all([serve(half, shifts[0]!), serve(orders - half, shifts[1]!)]);
    const scans = (await until(served, clock, server)).flat();
    over.abort();
    await trouble;
    // what the card system was still thinking about ends too
    await until(clock.advance(60_000), clock, server);
    return { orders, minutes: Math.round((clock.mono() - start) / 60_000), ...judge(scans, restaurant) };
  } finally {
    over.abort();
    for (const till of tills) await till.close();
    await server.close();
  }
}

/** Lets time go on for as long as nobody waits for an answer that is on its way. @throws when the evening stands still, or never ends */
async function until<T>(work: Promise<T>, clock: EveningClock, server: SimulatedCashServer): Promise<T> {
  const state = { done: false };
  const finished = work.finally(() => (state.done = true));
  // handled below: not before the loop has seen it
  finished.catch(() => undefined);
  const end = clock.mono() + LONGEST_MS;
  let moved = systemClock.mono();
  while (!state.done) {
    await new Promise((resolve) => setImmediate(resolve));
    const facts = `at ${String(clock.mono())} ms: ${String(clock.underWay)} queries under way, ${String(server.holding)} kept waiting by the server`;
    if (clock.mono() > end) throw new Error(`the evening does not end, ${facts}`);
    if (systemClock.mono() - moved > STANDSTILL_MS) throw new Error(`the evening stands still, ${facts}`);
    if (clock.underWay > server.holding) continue;
    await clock.advance(STEP_MS);
    moved = systemClock.mono();
  }
  return finished;
}

function cardNumbers(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `2${String(last).padStart(12, '0')}`;
  };
}

function judge(scans: readonly Scan[], restaurant: Restaurant): Omit<EveningReport, 'orders' | 'minutes'> {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of scans) {
    const name = outcome.reason === undefined ? outcome.outcome : `${outcome.outcome} ${outcome.reason}`;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  const shownFor = new Set(scans.map(({ card, order }) => `${order} ${card}`));
  const bound = new Set(restaurant.applied.map(({ card, order }) => `${order} ${card}`));
  const taken = scans.filter(({ outcome }) => outcome.outcome === 'applied' || outcome.outcome === 'alreadyApplied');
  // a card of which one scan is unknown may stand there, whatever became of the next
  const unknown = new Set(scans.filter(({ outcome }) => outcome.outcome === 'unknown').map(({ card, order }) => `${order} ${card}`));
  const refused = scans.filter(({ outcome, card, order }) => !['applied', 'alreadyApplied'].includes(outcome.outcome) && !unknown.has(`${order} ${card}`));
  return {
    scans: scans.length,
    outcomes,
    wrong: [...bound].filter((pair) => !shownFor.has(pair)).length,
    doubled: restaurant.orders.reduce((sum, order) => sum + doubles(order), 0),
    missing: taken.filter(({ card, order }) => !bound.has(`${order} ${card}`)).length,
    leaked: refused.filter(({ card, order }) => bound.has(`${order} ${card}`)).length,
  };
}

function doubles(order: Order): number {
  const extra = (cards: readonly string[]): number => cards.length - new Set(cards).size;
  return extra(order.discounts.filter(({ state }) => state === 6).map(({ card }) => card)) + extra(order.guests.map(({ card }) => card).filter((card) => card !== ''));
}
