import type { FrontOptions } from '@tillbridge/adapter-iiko';
import { VirtualClock } from '@tillbridge/testkit';
import { FrontRestaurant, FrontTerminal, HttpLink, PluginModel, type FrontApiLevel } from '@tillbridge/testkit/iiko';
import { Random } from '../../support/random.js';
import { serve, type Wallet } from './cashier.js';
import { EveningDaemon, EXPIRE_MS } from './daemon.js';
import { judge, WIRE_MS, type Verdict } from './judge.js';
import { mishaps } from './mishaps.js';

export interface EveningReport extends Verdict {
  readonly orders: number;
  /** Virtual minutes. */
  readonly minutes: number;
  readonly restarts: number;
  /** Crashes of plugins: none is allowed. */
  readonly crashes: number;
}

interface Place {
  readonly id: string;
  readonly api: FrontApiLevel;
  readonly wallet: Wallet;
  readonly identifiers: FrontOptions['identifiers'];
  readonly conflict: FrontOptions['conflict'];
}

/** The word of a screen takes up to this long to the daemon, in ms: a cashier is faster now and then. */
const SLOWEST_REPORT_MS = 600;

/** Three tills of one restaurant, each with its own kind of numbers and its own API. */
const PLACES: readonly Place[] = [
  { id: 'till1', api: 'V9', wallet: 'discountCard', identifiers: { card: 'rmsDiscountCard', coupon: 'iikoCardCoupon' }, conflict: 'reject' },
  { id: 'till2', api: 'V8', wallet: 'track', identifiers: { card: 'iikoCardTrack', coupon: 'iikoCardCoupon' }, conflict: 'replace' },
  { id: 'till3', api: 'V10', wallet: 'directory', identifiers: { card: 'guestCardNumber', coupon: 'iikoCardCoupon' }, conflict: 'reject' },
];

/** A whole evening at three tills: the real adapter and pipeline against simulated iikoFronts, over a real network, in virtual time. */
export async function evening(seed: number, orders: number): Promise<EveningReport> {
  const clock = new VirtualClock();
  const restaurant = new FrontRestaurant({ clock, directorySyncMs: 0 });
  const { faults } = restaurant;
  const random = new Random(seed);
  const numbers = new Map<string, string>();
  const tills = PLACES.map(({ id, identifiers, conflict }): FrontOptions => ({ id, identifiers, conflict, phone: 'e164', expireMs: EXPIRE_MS, cashierMessage: 'ru', gtin: 'pass' }));
  const daemon = await EveningDaemon.start({ clock, restaurant, tills, numbers, random: new Random(seed * 104_729) });
  const over = new AbortController();
  const links: HttpLink[] = [];
  let last = 0;
  const next = (): number => (last += 1);
  const terminals = PLACES.map(({ id, api }, i) => {
    const terminal = new FrontTerminal({ clock, restaurant, id, api });
    terminal.devices.set('own', i === 1 ? 'card' : 'scanner');
    const own = new Random(seed * 31 + i);
    const roads = new Random(seed * 613 + i);
    terminal.load((context) => {
      const link = new HttpLink({ clock, base: `http://127.0.0.1:${String(daemon.port)}`, secret: () => id, reachable: () => !faults.daemonUnreachable, loses: () => lose(restaurant), travelMs: (name) => (name === 'screen' ? roads.whole(0, SLOWEST_REPORT_MS) : 0) });
      links.push(link);
      return new PluginModel(context, { clock, link, random: () => own.next() });
    });
    return terminal;
  });
  const until = async <T>(work: Promise<T>): Promise<T> => {
    const state = { done: false };
    const finished = work.finally(() => (state.done = true));
    // handled below: not before the loop has seen it
    finished.catch(() => undefined);
    while (!state.done) {
      await new Promise((resolve) => setImmediate(resolve));
      // time stands still until whatever is on the wire has arrived
      if (links.reduce((sum, { underWay }) => sum + underWay, 0) === daemon.parked) await clock.advance(WIRE_MS);
    }
    return finished;
  };
  try {
    const share = Math.ceil(orders / PLACES.length);
    const trouble = mishaps({ clock, faults, daemon, random, over: over.signal });
    const served = Promise.all(
      terminals.map((terminal, i) => serve(Math.min(share, orders - share * i), { clock, restaurant, terminal, daemon, wallet: PLACES[i]!.wallet, random: new Random(seed * 7919 + i), numbers, next })),
    );
    const shown = (await until(served)).flat();
    over.abort();
    const restarts = await until(trouble);
    const minutes = Math.round(clock.mono() / 60_000);
    // whatever is still on its way ends too
    await until(new Promise<void>((resolve) => clock.timer(60_000, resolve)));
    const crashes = terminals.reduce((sum, { plugins }) => sum + plugins.reduce((count, plugin) => count + plugin.crashes.length, 0), 0);
    if (daemon.failures.length > 0) throw daemon.failures[0];
    return { orders, minutes, restarts, crashes, ...judge({ shown, restaurant, entries: daemon.entries, settled: daemon.settled, readByFront: (code) => daemon.readByFront(code) }) };
  } finally {
    over.abort();
    await Promise.all(terminals.map((terminal) => terminal.close()));
    await daemon.close();
  }
}

function lose({ faults }: FrontRestaurant): boolean {
  if (faults.lostAnswers === 0) return false;
  faults.lostAnswers -= 1;
  return true;
}
