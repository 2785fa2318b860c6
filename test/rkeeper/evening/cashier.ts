import { sleep, type Clock, type Outcome } from '@tillbridge/core';
import type { Order, Restaurant, SimulatedStation } from '@tillbridge/testkit/rkeeper';
import type { Lane } from './lane.js';
import type { Random } from '../../support/random.js';

/** One card that a guest presented. */
export interface Scan {
  readonly card: string;
  /** The order on the screen, or the one that the program named. */
  readonly order: string;
  readonly outcome: Outcome;
}

export interface Shift {
  readonly clock: Clock;
  readonly restaurant: Restaurant;
  readonly station: SimulatedStation;
  readonly lane: Lane;
  readonly random: Random;
  /** A number that nobody else has. */
  readonly newCard: () => string;
}

/** Serves `orders` tables at one station, with all that guests and waiters do; every scan with what became of it. */
export async function serve(orders: number, shift: Shift): Promise<readonly Scan[]> {
  const { clock, restaurant, station, random } = shift;
  const { TABLES, EMPLOYEES, MENUITEMS } = restaurant.books;
  const pause = (least: number, most: number): Promise<void> => sleep(clock, random.whole(least, most));
  const scans: Promise<readonly Scan[]>[] = [];
  const later: Promise<void>[] = [];
  for (let n = 0; n < orders; n += 1) {
    const order = restaurant.openOrder(random.pick(TABLES), random.pick(EMPLOYEES), random.whole(1, 3));
    station.open(order);
    for (let dish = random.whole(1, 3); dish > 0; dish -= 1) restaurant.addDish(order, random.pick(MENUITEMS));
    await pause(500, 5000);
    if (station.order === order && random.chance(0.8)) scans.push(present(order, random.chance(0.25), shift));
    await pause(200, 6000);
    // an impatient second guest, at the same table
    if (station.order === order && random.chance(0.15)) scans.push(present(order, false, shift));
    if (random.chance(0.12)) await station.pay();
    else {
      station.leave();
      later.push(finish(order, shift, scans));
    }
    // the next table may come while the lock still lingers and the card still waits
    await pause(500, 14_000);
  }
  await Promise.all(later);
  return (await Promise.all(scans)).flat();
}

/** The order goes on without being on a screen: a card by the waiter's handheld perhaps, and payment in the end. */
async function finish(order: Order, shift: Shift, scans: Promise<readonly Scan[]>[]): Promise<void> {
  const { clock, restaurant, random } = shift;
  await sleep(clock, random.whole(3000, 30_000));
  if (random.chance(0.15)) scans.push(present(order, true, shift));
  await sleep(clock, random.whole(2000, 40_000));
  if (!order.finished) restaurant.pay(order);
}

/** A guest shows a card; some of them are unknown, blocked, or a staff card. */
async function present(order: Order, named: boolean, { clock, restaurant, lane, random, newCard }: Shift): Promise<readonly Scan[]> {
  const card = random.chance(0.03) ? '1234' : newCard();
  const kind = random.next();
  if (kind < 0.9) restaurant.cards.set(card, { holder: 'Guest', discount: random.pick([25, 26, 0]), bonus: 1, amount: 0, blocked: kind < 0.04 });
  const outcome = await lane.deliver(card, named ? order.guid : undefined);
  if (outcome.outcome !== 'unknown' || !random.chance(0.7)) return [{ card, order: order.guid, outcome }];
  // nobody knows whether it worked: the guest shows the card once more
  await sleep(clock, random.whole(1000, 8000));
  return [{ card, order: order.guid, outcome }, { card, order: order.guid, outcome: await lane.deliver(card, order.guid) }];
}
