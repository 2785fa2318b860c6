import type { Clock } from '@tillbridge/core';
import { newGuid, standardBooks, type Books, type Item, type MenuItem } from './books.js';

export interface Card {
  readonly holder: string;
  /** Code of the r_keeper discount that the card gives; 0 binds the guest only. */
  readonly discount: number;
  readonly bonus: number;
  /** Amounts in kopecks. */
  readonly amount: number;
  readonly blocked: boolean;
}

export interface Guest {
  readonly label: string;
  card: string;
  interface: Item | undefined;
}

export interface Discount {
  readonly uni: number;
  readonly name: string;
  readonly card: string;
  readonly interface: Item | undefined;
  /** 6 live, 7 removed. */
  state: 6 | 7;
}

/** A line of dishes. */
export interface DishLine {
  readonly uni: number;
  readonly item: MenuItem;
  /** Thousandths. */
  readonly quantity: number;
}

export interface Order {
  readonly guid: string;
  readonly visit: number;
  readonly ident: number;
  readonly table: Item;
  readonly waiter: Item;
  readonly guests: Guest[];
  readonly discounts: Discount[];
  readonly dishes: DishLine[];
  /** To pay, in kopecks: dishes less discounts. */
  sum: number;
  /** What the live discounts take off, in kopecks. */
  discountSum: number;
  paid: boolean;
  finished: boolean;
  billed: boolean;
  version: number;
  /** On the screen of a station; lingers after the cashier left. */
  station: { readonly item: Item; readonly operator: Item; until: number } | undefined;
  /** What its check is known by at the card system, once it was tried to be booked. */
  check: { readonly date: string; readonly uni: number; readonly number: number } | undefined;
  /** Locked through XML. */
  token: { readonly guid: string; readonly until: number } | undefined;
}

export interface RestaurantOptions {
  readonly clock: Clock;
  /** How long a lock stays after the cashier has left the order, in milliseconds. Real servers take some seconds. Default 4000. */
  readonly lingerMs?: number;
}

/** What a simulated cash server knows. */
export class Restaurant {
  readonly code = '199999999';
  readonly books: Books = standardBooks();
  readonly cards = new Map<string, Card>();
  /** Every card that was really bound to an order, in order: what doubles and strays show in. */
  readonly applied: { readonly order: string; readonly card: string }[] = [];
  /** The last number of a licensed request. */
  seqNumber = 7;
  readonly #clock: Clock;
  readonly #lingerMs: number;
  readonly #orders = new Map<string, Order>();
  #listVersion = 1;
  #nextIdent = 256;
  #nextUni = 1;

  constructor({ clock, lingerMs = 4000 }: RestaurantOptions) {
    this.#clock = clock;
    this.#lingerMs = lingerMs;
  }

  get listVersion(): number {
    return this.#listVersion;
  }

  get orders(): readonly Order[] {
    return [...this.#orders.values()];
  }

  order(guid: string): Order | undefined {
    return this.#orders.get(guid.toUpperCase());
  }

  /** A table was opened. */
  openOrder(table: Item, waiter: Item, guests = 1): Order {
    const ident = this.#nextIdent;
    this.#nextIdent += 1;
    const order: Order = {
      guid: newGuid(),
      visit: ident,
      ident,
      table,
      waiter,
      guests: Array.from({ length: guests }, (_, i) => ({ label: String(i + 1), card: '', interface: undefined })),
      discounts: [],
      dishes: [],
      sum: 0,
      discountSum: 0,
      paid: false,
      finished: false,
      billed: false,
      version: 1,
      station: undefined,
      token: undefined,
      check: undefined,
    };
    this.#orders.set(order.guid, order);
    this.touch(order);
    return order;
  }

  /** A cashier opens the order on a station's screen. */
  enter(order: Order, station: Item, operator: Item): void {
    order.station = { item: station, operator, until: Infinity };
    this.touch(order);
  }

  /** The cashier leaves it: the lock lingers. */
  leave(order: Order): void {
    if (order.station === undefined) return;
    order.station.until = this.#clock.mono() + this.#lingerMs;
    this.touch(order);
  }

  pay(order: Order): void {
    order.paid = true;
    order.finished = true;
    order.station = undefined;
    this.touch(order);
  }

  /** The station that holds the order now. */
  holder(order: Order): Order['station'] {
    if (order.station !== undefined && this.#clock.mono() >= order.station.until) {
      order.station = undefined;
      this.touch(order);
    }
    return order.station;
  }

  /** The token that holds the order now. */
  tokenOf(order: Order): string | undefined {
    if (order.token !== undefined && this.#clock.mono() >= order.token.until) {
      order.token = undefined;
      this.touch(order);
    }
    return order.token?.guid;
  }

  /** Locks for some seconds; 0 releases. False when another token or a station holds it. */
  lock(order: Order, guid: string, seconds: number): boolean {
    const held = this.tokenOf(order);
    if (this.holder(order) !== undefined || (held !== undefined && held !== guid)) return false;
    order.token = seconds === 0 ? undefined : { guid, until: this.#clock.mono() + seconds * 1000 };
    this.touch(order);
    return true;
  }

  addDiscount(order: Order, discount: Omit<Discount, 'uni' | 'state'>): void {
    order.discounts.push({ ...discount, uni: this.#nextUni, state: 6 });
    this.#nextUni += 1;
    this.touch(order);
  }

  /** `quantity` in thousandths. */
  addDish(order: Order, item: MenuItem, quantity = 1000): void {
    order.dishes.push({ uni: this.#nextUni, item, quantity });
    this.#nextUni += 1;
    this.touch(order);
  }

  /** Something about the order changed: sums and versions follow. */
  touch(order: Order): void {
    const gross = order.dishes.reduce((sum, { item, quantity }) => sum + Math.round((item.price * quantity) / 1000), 0);
    const percent = order.discounts.reduce((sum, discount) => sum + (discount.state === 6 ? (this.books.DISCOUNTS.find(({ name }) => name === discount.name)?.percent ?? 0) : 0), 0);
    order.discountSum = Math.round((gross * Math.min(100, percent)) / 100);
    order.sum = gross - order.discountSum;
    order.version += 1;
    this.#listVersion += 1;
  }
}
