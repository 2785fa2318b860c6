import { systemClock } from '@tillbridge/core';
import { noPlatformFaults, startPlatform, type PlatformSimulator } from '@tillbridge/testkit/platform';
import { noFaults, SimulatedCashServer, type Order } from '@tillbridge/testkit/rkeeper';
import type { OnOrder } from '../judge/observed.js';
import { numberOf } from '../../support/shop.js';

/** Guests that the platform remembers: what is asked again later is asked at once. */
const GUESTS = 200;

/** Secrets of both, which must not come out anywhere. */
export const CASH_PASSWORD = 'chaos-cash-password-7193';

/** A card that is applied twice stands there twice: so it shows. */
const TWICE = { repeatedApply: 'double' } as const;

/** A loyalty platform and the cash server of a restaurant, on the loopback. */
export class Simulators {
  readonly platform: PlatformSimulator;
  readonly cash: SimulatedCashServer;
  #order: Order;
  #dealt = 0;

  private constructor(platform: PlatformSimulator, cash: SimulatedCashServer) {
    this.platform = platform;
    this.cash = cash;
    this.#order = this.#open();
    this.calm('cash');
  }

  static async start(): Promise<Simulators> {
    return new Simulators(await startPlatform('universal', { clock: systemClock }), await SimulatedCashServer.start({ clock: systemClock, password: CASH_PASSWORD }));
  }

  get secrets(): readonly string[] {
    return [CASH_PASSWORD, ...Object.values(this.platform.site.secrets)];
  }

  /** The one order that is open in the restaurant. */
  get order(): string {
    return this.#order.guid;
  }

  /** Guests of the open order pay, others sit down. */
  nextOrder(): void {
    const { restaurant } = this.cash;
    restaurant.pay(this.#order);
    this.#order = this.#open();
  }

  /** The platform knows a guest by `code`, and that his number is `number`. */
  guest(code: string, number: string): void {
    const { world } = this.platform;
    world.put({ id: `g${number}`, barcode: code, card: number, state: 'active', points: 0 });
    if (world.guests.length > GUESTS) world.guests.shift();
  }

  /** The restaurant's card system knows the card of a universal code. */
  card(code: string): void {
    this.cash.restaurant.cards.set(numberOf(code), { holder: 'Guest', discount: 25, bonus: 1, amount: 0, blocked: false });
  }

  onOrders(): readonly OnOrder[] {
    return this.cash.restaurant.applied;
  }

  /** Both do as they should. */
  calm(which: 'platform' | 'cash'): void {
    if (which === 'platform') Object.assign(this.platform.faults, noPlatformFaults());
    else Object.assign(this.cash.faults, noFaults(), TWICE);
  }

  async close(): Promise<void> {
    await Promise.all([this.platform.close(), this.cash.close()]);
  }

  #open(): Order {
    const { restaurant } = this.cash;
    const { TABLES, EMPLOYEES } = restaurant.books;
    this.#dealt += 1;
    return restaurant.openOrder(TABLES[this.#dealt % TABLES.length]!, EMPLOYEES[0]!, 1);
  }
}
