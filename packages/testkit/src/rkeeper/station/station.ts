import { isoTime, type Clock } from '@tillbridge/core';
import { bindCard } from '../bind-card.js';
import type { Item } from '../books.js';
import { tableVerdict, type CardSystem, type CouponOffer } from '../card-system.js';
import type { FarCardsClient } from '../far-cards/client.js';
import type { RkeeperFaults } from '../faults.js';
import { runMcr, type McrAlgorithm, type McrDeviceType, type McrMatch, type McrScope } from '../mcr.js';
import { itemMarkup } from '../order-markup.js';
import { tag } from '../markup.js';
import type { Order, Restaurant } from '../restaurant.js';
import { failed, ok, type CommandResult } from '../result.js';
import { ReaderPort } from './reader-port.js';
import { scriptHost, type ScriptHost } from './script-host.js';

export interface StationOptions {
  readonly clock: Clock;
  readonly restaurant: Restaurant;
  readonly faults: RkeeperFaults;
  /** Reference book CASHES. */
  readonly station: Item;
  readonly operator: Item;
  readonly algorithms: readonly McrAlgorithm[];
  /** Decides over cards; default the table of the restaurant. */
  readonly cards?: CardSystem;
  /** Where paid checks are booked; without it nothing is booked. */
  readonly bookings?: FarCardsClient;
}

/** What became of one read, by one of the algorithms that took it. */
export interface StationRead {
  readonly scope: McrScope | undefined;
  /** What the algorithm made of the data. */
  readonly parameter: string;
  readonly object: Item | undefined;
  /** The station did something with it. */
  readonly done: boolean;
  /** What the cashier reads on the screen; empty for nothing. */
  readonly text: string;
}

const MAX_LINES = 1000;

/**
 * A cash station: what its readers give goes through the MCR algorithms, and from there to the order on its screen. That order is locked
 * with the station's own key while it is there, and for some seconds after.
 */
export class SimulatedStation {
  /** What the cashier has read on the screen; the newest thousand lines. */
  readonly screen: string[] = [];
  /** Coupons that the card system has offered for the order on the screen. */
  readonly offers: CouponOffer[] = [];
  readonly #options: StationOptions;
  readonly #closing = new AbortController();
  #order: Order | undefined;
  /** Reads are dealt with one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: StationOptions) {
    this.#options = options;
  }

  get item(): Item {
    return this.#options.station;
  }

  /** The order on the screen. */
  get order(): Order | undefined {
    return this.#order;
  }

  /** The cashier opens an order; false when another station or program has it. */
  open(order: Order): boolean {
    const { restaurant, station, operator } = this.#options;
    const holder = restaurant.holder(order);
    if (order.finished || restaurant.tokenOf(order) !== undefined || (holder !== undefined && holder.item !== station)) {
      this.#show('Заказ заблокирован');
      return false;
    }
    this.leave();
    restaurant.enter(order, station, operator);
    this.#order = order;
    return true;
  }

  /** The cashier leaves the order; its lock lingers. */
  leave(): void {
    if (this.#order !== undefined) this.#options.restaurant.leave(this.#order);
    this.#order = undefined;
    this.offers.length = 0;
  }

  /** A reader of this station. */
  port(device: McrDeviceType, deviceId?: number): ReaderPort {
    return new ReaderPort(device, deviceId, (data, port) => void this.read(data, port.device, port.deviceId));
  }

  /** What a form script of this station can call. */
  script(): ScriptHost {
    return scriptHost(this.#options.clock, this.#closing.signal, (data, deviceId) => this.read(data, undefined, deviceId));
  }

  /** One read; `device` undefined: from a script, which has no device type. Never rejects. */
  read(data: string, device: McrDeviceType | undefined, deviceId?: number): Promise<readonly StationRead[]> {
    const work = this.#last.then(() => this.#deal(data, device, deviceId));
    this.#last = work;
    return work;
  }

  /** Everything that was read so far has been dealt with. */
  async idle(): Promise<void> {
    await this.#last;
  }

  /** `ApplyMCR` of the station's own XML interface. */
  async applyMcr(data: string, device: McrDeviceType, deviceId: number | undefined): Promise<CommandResult> {
    const reads = await this.read(data, device, deviceId);
    return ok(reads.filter(({ scope }) => scope !== undefined).map(({ scope, parameter, object, done }) => tag('Item', { cardCode: parameter, scope, Processed: done }, tag('MCR', {}), ...(object === undefined ? [] : [itemMarkup('Object', object)]))));
  }

  /** The guest pays. The check stays open while its bookings are not done: all of them or none, and the same ones again. */
  async pay(): Promise<CommandResult> {
    const { bookings, restaurant, clock } = this.#options;
    const order = this.#order;
    if (order === undefined) return failed('Нет открытого заказа');
    const list = bookings?.bookingsOf(order) ?? [];
    if (bookings !== undefined && list.length > 0) {
      const check = { date: isoTime(clock.wall()), uni: order.visit, number: order.ident };
      const booked = await bookings.transactions(list, order.check ?? check, order, this.#closing.signal);
      order.check ??= check;
      if (booked !== 'done') {
        this.#show(booked === 'refused' ? 'Карточная система отклонила чек' : 'Карточная система не отвечает');
        return failed(`Ошибка отправки данных на PDS (${booked})`);
      }
    }
    restaurant.pay(order);
    this.#order = undefined;
    this.offers.length = 0;
    return ok();
  }

  close(): void {
    this.#closing.abort();
  }

  async #deal(data: string, device: McrDeviceType | undefined, deviceId: number | undefined): Promise<readonly StationRead[]> {
    const matches = runMcr(this.#options.algorithms, data, device, deviceId);
    const reads: StationRead[] = [];
    for (const match of matches) reads.push(await this.#act(match));
    if (matches.length === 0) reads.push({ scope: undefined, parameter: '', object: undefined, done: false, text: 'Код не распознан' });
    for (const { text } of reads) if (text !== '') this.#show(text);
    return reads;
  }

  async #act({ algorithm, parameter }: McrMatch): Promise<StationRead> {
    const { scope, object } = algorithm;
    const as = (done: boolean, text: string): StationRead => ({ scope, parameter, object, done, text });
    if (scope === 'Employee') return as(true, 'Сотрудник');
    if (scope !== 'Interface' && scope !== 'Menu Item Barcode') return as(false, `Не поддерживается: ${scope}`);
    const order = this.#order;
    if (order === undefined) return as(false, 'Нет открытого заказа');
    if (scope === 'Menu Item Barcode') return this.#dish(parameter, order) ? as(true, '') : as(false, 'Блюдо не найдено');
    if (object === undefined) return as(false, 'Интерфейс не задан');
    const text = await this.#card(parameter, object, order);
    return as(text === undefined, text ?? '');
  }

  #dish(barcode: string, order: Order): boolean {
    const { restaurant } = this.#options;
    const dish = restaurant.books.MENUITEMS.find((item) => item.barcode === barcode);
    if (dish !== undefined) restaurant.addDish(order, dish);
    return dish !== undefined;
  }

  /** The card path of the order on the screen; what the cashier reads when it did not work. */
  async #card(card: string, pds: Item, order: Order): Promise<string | undefined> {
    const { cards, restaurant, faults } = this.#options;
    const verdict = cards === undefined ? tableVerdict(card, restaurant, faults) : await cards.look(card, order, this.#closing.signal);
    // while the card system thought, the cashier may have gone on
    if (this.#order !== order) return 'Заказ закрыт';
    const bound = bindCard(order, card, verdict, pds, { restaurant, faults });
    if ('text' in bound) return bound.text;
    if (verdict.verdict === 'taken') {
      this.offers.push(...(verdict.offers ?? []).slice(0, 100));
      if (verdict.message !== undefined && verdict.message !== '') this.#show(verdict.message);
    }
    return undefined;
  }

  #show(text: string): void {
    this.screen.push(text.slice(0, 500));
    if (this.screen.length > MAX_LINES) this.screen.shift();
  }
}
