import { elapsed, instant, sleep, type Clock, type Instant, type Log, type NativeNumber } from '@tillbridge/core';
import { commands } from '../rk7/commands.js';
import { rk7Guid } from '../rk7/guid.js';
import { readOrderCards, showsCard } from '../rk7/order.js';
import { readOrderSale, type OrderSale } from '../rk7/order-sale.js';
import type { Ask, OrderWatch } from './order-watch.js';

/** A closed order that carries a card of ours. */
export interface ClosedOrder {
  /** In braces, upper case. */
  readonly order: string;
  readonly sale: OrderSale;
  /** The numbers of ours that the order shows. */
  readonly numbers: readonly NativeNumber[];
  /** The scans that they came from. */
  readonly scanIds: readonly string[];
}

/** Keeps a closed order for the loyalty platform, once; resolves when that is durable. */
export type StoreOrder = (closed: ClosedOrder) => Promise<void>;

/** One number that may stand on an order, as this till writes it. */
export interface OrderCardScan {
  readonly card: string;
  readonly number: NativeNumber;
  readonly scanId: string;
}

export interface ClosedOrdersOptions {
  readonly till: string;
  readonly ask: Ask;
  readonly watch: OrderWatch;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: StoreOrder;
}

/** How often the open orders are looked at for this, in milliseconds. */
const EVERY_MS = 10_000;
/** A table that is open for longer is forgotten, in milliseconds. */
const KEEP_MS = 24 * 3_600_000;
const MOST_ORDERS = 256;
const MOST_SCANS = 16;
/** A closed order that cannot be read or stored is tried so often: half an hour. */
const TRIES = 180;

interface Tracked {
  readonly since: Instant;
  scans: readonly OrderCardScan[];
  tries: number;
}

/**
 * Waits until the orders that got a card of ours are closed: one query for the open orders every ten seconds, shared with whoever else looks,
 * and one for each order that is no longer among them. In memory only, and bounded.
 */
export class ClosedOrders {
  readonly #options: ClosedOrdersOptions;
  readonly #orders = new Map<string, Tracked>();
  #running = false;

  constructor(options: ClosedOrdersOptions) {
    this.#options = options;
  }

  /** A number was put on an order, or may have been. */
  track(order: string, scan: OrderCardScan, signal: AbortSignal): void {
    const guid = rk7Guid(order) ?? order;
    const known = this.#orders.get(guid);
    if (known === undefined) this.#orders.set(guid, { since: instant(this.#options.clock), scans: [scan], tries: 0 });
    else known.scans = [...known.scans.slice(1 - MOST_SCANS), scan];
    const [oldest] = this.#orders.keys();
    if (this.#orders.size > MOST_ORDERS && oldest !== undefined) this.#giveUp(oldest);
    if (this.#running) return;
    this.#running = true;
    void this.#run(signal);
  }

  clear(): void {
    this.#orders.clear();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, watch } = this.#options;
    while (this.#orders.size > 0 && !signal.aborted) {
      await sleep(clock, EVERY_MS, signal);
      const looked = await watch.next(signal);
      if ('orders' in looked) await this.#settle(new Set(looked.orders.flatMap(({ guid, finished }) => (finished ? [] : (rk7Guid(guid) ?? guid)))), signal);
    }
    this.#running = false;
  }

  async #settle(open: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    for (const [guid, tracked] of [...this.#orders]) {
      if (signal.aborted) return;
      if (elapsed(this.#options.clock, tracked.since) > KEEP_MS) this.#giveUp(guid);
      else if (!open.has(guid)) await this.#close(guid, tracked, signal);
    }
  }

  async #close(guid: string, tracked: Tracked, signal: AbortSignal): Promise<void> {
    const asked = await this.#options.ask(commands.order(guid), signal);
    const data = asked.answered && asked.answer.ok ? asked.answer.data : undefined;
    const [sale, shown] = data === undefined ? [] : [readOrderSale(data), readOrderCards(data)];
    if (sale?.deleted === true) this.#orders.delete(guid);
    else if (sale?.finished === true && shown !== undefined) {
      const scans = tracked.scans.filter(({ card }) => showsCard(shown, card));
      // a card that was taken off again, or never came: nothing of ours was sold
      if (scans.length === 0 || (await this.#stored({ order: guid, sale, numbers: distinct(scans), scanIds: scans.map(({ scanId }) => scanId) }))) this.#orders.delete(guid);
    }
    tracked.tries += 1;
    if (tracked.tries >= TRIES && this.#orders.has(guid)) this.#giveUp(guid);
  }

  async #stored(closed: ClosedOrder): Promise<boolean> {
    const { store, log, till } = this.#options;
    try {
      await store(closed);
      return true;
    } catch (error) {
      log.error('a closed order could not be stored; it is tried again', { till, ...(error instanceof Error ? { error } : {}) });
      return false;
    }
  }

  #giveUp(guid: string): void {
    this.#orders.delete(guid);
    this.#options.log.warn('no receipt of an order with a card: it was not seen closed', { till: this.#options.till, order: guid });
  }
}

/** A number that was scanned twice is one. */
function distinct(scans: readonly OrderCardScan[]): readonly NativeNumber[] {
  return scans.filter(({ card }, i) => scans.findIndex((other) => other.card === card) === i).map(({ number }) => number);
}
