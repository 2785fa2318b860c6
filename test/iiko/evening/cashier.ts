import { sleep, type Clock } from '@tillbridge/core';
import { TEN_PERCENT, type FrontRestaurant, type FrontTerminal, type OrderView } from '@tillbridge/testkit/iiko';
import type { Random } from '../../support/random.js';
import type { EveningDaemon } from './daemon.js';

/** What a guest showed, and for which order. */
export interface Shown {
  /** What an order shows when it was put there: a card number, a coupon, a guest. */
  readonly value: string;
  readonly order: string;
  /** Monotonic ms. */
  readonly at: number;
  readonly code: string;
  /** Of the daemon; undefined where it was not there, or did not read it itself. */
  readonly scanId: string | undefined;
  /** iikoFront's own scanner read it. */
  readonly byFront: boolean;
}

/** What a till's numbers are to iiko. */
export type Wallet = 'discountCard' | 'track' | 'directory';

export interface Shift {
  readonly clock: Clock;
  readonly restaurant: FrontRestaurant;
  readonly terminal: FrontTerminal;
  readonly daemon: EveningDaemon;
  readonly wallet: Wallet;
  readonly random: Random;
  /** Codes to native numbers: what the store's loyalty system knows. */
  readonly numbers: Map<string, string>;
  /** A number that nobody else has. */
  readonly next: () => number;
}

/** Serves `orders` guests at one terminal, with all that guests and cashiers do. */
export async function serve(orders: number, shift: Shift): Promise<readonly Shown[]> {
  const { clock, restaurant, terminal, random } = shift;
  const pause = (least: number, most: number): Promise<void> => sleep(clock, random.whole(least, most));
  const shown: Shown[] = [];
  for (let n = 0; n < orders; n += 1) {
    const order = restaurant.openOrder(random.whole(1, 20));
    if (!(await terminal.show({ kind: 'orderEdit', order: order.id }))) continue;
    await pause(300, 4000);
    const codes = random.chance(0.85) ? random.whole(1, 2) : 0;
    for (let code = 0; code < codes; code += 1) {
      const busy = random.chance(0.2) ? busyFor(random.whole(500, 14_000), shift) : Promise.resolve();
      shown.push(await present(order, shift));
      // some cashiers wait, some leave
      if (random.chance(0.6)) await busy;
      await pause(0, random.chance(0.3) ? 300 : 5000);
      shown.push(...(await wander(order, shift)));
    }
    await finish(order, shift);
    await pause(0, 2500);
  }
  return shown;
}

/** The cashier looks elsewhere for a moment and comes back, perhaps over another guest's order. What that guest has shown. */
async function wander(order: OrderView, shift: Shift): Promise<readonly Shown[]> {
  const { clock, restaurant, terminal, random } = shift;
  const pause = (): Promise<void> => sleep(clock, random.whole(0, 4000));
  const shown: Shown[] = [];
  const where = random.next();
  if (where < 0.1) await terminal.show({ kind: 'dialog', order: order.id, accepts: 'nothing' });
  else if (where < 0.15) await terminal.show({ kind: 'unknown' });
  else if (where < 0.2) await terminal.show({ kind: 'lock' });
  else if (where < 0.35) {
    const other = restaurant.openOrder();
    await terminal.show({ kind: 'orderEdit', order: other.id });
    // sometimes faster than the word of the new screen reaches the daemon, which then takes the code for one of the order before
    if (random.chance(0.6)) shown.push(await present(other, shift));
    if (random.chance(0.5)) await pause();
    if (random.chance(0.5)) restaurant.setStatus(other.id, 'Deleted');
  } else return shown;
  if (random.chance(0.7)) await pause();
  await terminal.show({ kind: 'orderEdit', order: order.id });
  return shown;
}

async function finish(order: OrderView, { clock, restaurant, terminal, random }: Shift): Promise<void> {
  const now = restaurant.order(order.id);
  if (now?.status === 'New') {
    if (random.chance(0.2)) restaurant.setStatus(order.id, 'Bill');
    if (random.chance(0.8)) {
      await terminal.show({ kind: 'payment', order: order.id });
      await sleep(clock, random.whole(200, 3000));
    }
    restaurant.setStatus(order.id, 'Closed');
  }
  if (random.chance(0.4)) await terminal.show({ kind: random.chance(0.5) ? 'unknown' : 'lock' });
}

async function busyFor(ms: number, { clock, terminal }: Shift): Promise<void> {
  terminal.setBusy(true);
  await sleep(clock, ms);
  terminal.setBusy(false);
}

/** A guest shows a code, to the store's scanner or to iikoFront's own. */
async function present(order: OrderView, shift: Shift): Promise<Shown> {
  const { clock, terminal, daemon, random } = shift;
  const { code, value } = guest(shift);
  const at = clock.mono();
  if (random.chance(0.25)) {
    void terminal.read('own', `${code}\r`);
    return { value, code, order: order.id, at, scanId: undefined, byFront: true };
  }
  return { value, code, order: order.id, at, scanId: daemon.scan(terminal.id, code), byFront: false };
}

/** A guest who comes with a code. Some are known to nobody, some not yet to the till. */
function guest({ wallet, random, restaurant, numbers, next, terminal }: Shift): { readonly code: string; readonly value: string } {
  const n = next();
  const known = random.chance(0.9);
  if (random.chance(0.2)) {
    const number = `C${String(n).padStart(6, '0')}`;
    if (known) numbers.set(`CPN${String(n)}`, number);
    restaurant.coupons.set(number, true);
    return { code: `CPN${String(n)}`, value: number };
  }
  const code = `98${String(n).padStart(12, '0')}`;
  const number = `770${String(n).padStart(9, '0')}`;
  if (random.chance(0.95)) numbers.set(code, number);
  if (wallet === 'discountCard') {
    if (known) restaurant.discountCards.set(number, { number, owner: 'Guest', discountType: { ...TEN_PERCENT, canApplyByCardNumber: random.chance(0.95) }, priceCategory: undefined });
    return { code, value: number };
  }
  const id = `guest-${String(n)}`;
  // the directory has guests of a while ago; terminal 3 lives on it
  if (known) restaurant.registerGuest({ id, name: `Guest of ${terminal.id}`, phone: `+7999${String(n).padStart(7, '0')}`, cardNumber: number, cardTrack: number });
  return { code, value: id };
}
