import { TillbridgeError, type Clock } from '@tillbridge/core';
import { cashServerTls, FarCardsClient, makeCertificate, noFaults, Restaurant, SimulatedCashServer, SimulatedStation, standardAlgorithms, type Item, type McrAlgorithm, type Order } from '@tillbridge/testkit/rkeeper';
import type { HostPort } from '../../config/host-port.js';
import type { ControlRoute } from './control-server.js';
import { bodies, bodyAs, wrong } from './rkeeper-bodies.js';
import { keepReading } from './rkeeper-port.js';

export interface RkeeperSimulatorOptions {
  readonly address: HostPort;
  readonly tls: 'modern' | 'tls10' | 'off';
  readonly user: string;
  readonly password: string;
  /** What station 1 reads as its scanner. */
  readonly port?: string;
  /** Address of a processing server. */
  readonly farcards?: string;
}

/** The commands that are remembered for `GET /log`. */
const LOG_LINES = 500;

/** A restaurant with a cash server and two stations: the state behind `tillbridge sim till-rkeeper`. */
export class RkeeperSimulator {
  readonly #server: SimulatedCashServer;
  readonly #stations: readonly SimulatedStation[];
  readonly #stopPort: () => void;

  private constructor(server: SimulatedCashServer, stations: readonly SimulatedStation[], stopPort: () => void) {
    this.#server = server;
    this.#stations = stations;
    this.#stopPort = stopPort;
  }

  /** @throws {TillbridgeError} `TB_CONFIG_USAGE` when it cannot listen there */
  static async start({ address, tls, user, password, port, farcards }: RkeeperSimulatorOptions, clock: Clock): Promise<RkeeperSimulator> {
    const restaurant = new Restaurant({ clock });
    const { CASHES, EMPLOYEES, DEVICES } = restaurant.books;
    const faults = noFaults();
    const far = farcards === undefined ? undefined : new FarCardsClient({ clock, restaurant, address: farcards });
    const secure = tls === 'off' ? {} : { tls: cashServerTls(tls, makeCertificate({ key: 'rsa1024', wall: clock.wall() })) };
    const cards = far === undefined ? {} : { cards: far };
    // a guest's universal code as it is: what a processing server can translate
    const guestCode: McrAlgorithm = { name: 'guest code', devices: ['BarCode'], match: { mask: 'i'.repeat(16) }, scope: 'Interface', object: need(DEVICES[0]) };
    const algorithms = [...standardAlgorithms(need(DEVICES[0]), need(DEVICES[1])), guestCode];
    const server = await SimulatedCashServer.start({ clock, restaurant, faults, algorithms, user, password, ...address, ...secure, ...cards }).catch((error: unknown) => {
      throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `--listen ${address.host}:${address.port}: ${error instanceof Error ? error.message : String(error)}` });
    });
    const bookings = far === undefined ? {} : { bookings: far };
    const stations = CASHES.map((station, i) => new SimulatedStation({ clock, restaurant, faults, station, operator: need(EMPLOYEES[i]), algorithms, ...cards, ...bookings }));
    const stop = port === undefined ? () => undefined : keepReading(port, need(stations[0]).port('BarCode'), clock);
    return new RkeeperSimulator(server, stations, stop);
  }

  get url(): string {
    return this.#server.url;
  }

  /** The control API. */
  get routes(): readonly ControlRoute[] {
    return [
      { method: 'GET', path: '/state', handle: () => this.state() },
      { method: 'GET', path: '/log', handle: () => ({ commands: this.#server.log.slice(-LOG_LINES) }) },
      { method: 'GET', path: '/messages', handle: () => this.#messages() },
      { method: 'POST', path: '/orders', handle: (body) => this.#newOrder(body) },
      { method: 'POST', path: '/orders/show', handle: (body) => this.#show(body) },
      { method: 'POST', path: '/orders/leave', handle: (body) => this.#leave(body) },
      { method: 'POST', path: '/orders/dish', handle: (body) => this.#dish(body) },
      { method: 'POST', path: '/orders/discount', handle: (body) => this.#discount(body) },
      { method: 'POST', path: '/orders/lock', handle: (body) => this.#lock(body) },
      { method: 'POST', path: '/orders/pay', handle: (body) => this.#pay(body) },
      { method: 'PUT', path: '/cards', handle: (body) => this.#putCard(body) },
      { method: 'DELETE', path: '/cards', handle: (body) => ({ removed: this.#server.restaurant.cards.delete(bodyAs(bodies.cardName, body).card) }) },
      { method: 'POST', path: '/read', handle: (body) => this.#read(body) },
      { method: 'PUT', path: '/faults', handle: (body) => this.#setFaults(body) },
    ];
  }

  state(): Record<string, unknown> {
    const { restaurant, faults } = this.#server;
    const brief = ({ ident, code, name }: Item): unknown => ({ id: ident, code, name });
    const { CASHES, DEVICES, EMPLOYEES } = restaurant.books;
    return {
      url: this.url,
      books: { CASHES: CASHES.map(brief), DEVICES: DEVICES.map(brief), EMPLOYEES: EMPLOYEES.map(brief) },
      stations: this.#stations.map((station) => ({ station: station.item.code, order: station.order?.guid ?? null, offers: station.offers })),
      orders: restaurant.orders.map((order) => this.#view(order)),
      cards: restaurant.cards.size,
      faults,
    };
  }

  async close(): Promise<void> {
    this.#stopPort();
    for (const station of this.#stations) station.close();
    await this.#server.close();
  }

  #view(order: Order): Record<string, unknown> {
    const { restaurant } = this.#server;
    return {
      ...{ order: order.guid, visit: order.visit, orderIdent: order.ident, table: order.table.code, waiter: order.waiter.code },
      ...{ sum: order.sum, discountSum: order.discountSum, finished: order.finished, dishes: order.dishes.length },
      lockedBy: restaurant.holder(order)?.item.code ?? (restaurant.tokenOf(order) === undefined ? null : 'xml'),
      guestCards: order.guests.map(({ card }) => card).filter((card) => card !== ''),
      discountCards: order.discounts.filter(({ state }) => state === 6).map(({ card }) => card),
    };
  }

  #messages(): Record<string, unknown> {
    return { waiterMessages: this.#server.messages, screens: this.#stations.map(({ item, screen }) => ({ station: item.code, lines: screen })) };
  }

  #newOrder(body: unknown): Record<string, unknown> {
    const { table, waiter, guests, station } = bodyAs(bodies.newOrder, body);
    const { restaurant } = this.#server;
    const shownAt = station === undefined ? undefined : this.#station(station);
    const order = restaurant.openOrder(byCode(restaurant.books.TABLES, table, 'table'), byCode(restaurant.books.EMPLOYEES, waiter, 'waiter'), guests);
    shownAt?.open(order);
    return this.#view(order);
  }

  #show(body: unknown): Record<string, unknown> {
    const { order, station } = bodyAs(bodies.show, body);
    const shown = this.#station(station).open(this.#order(order));
    return { shown, ...this.#view(this.#order(order)) };
  }

  #leave(body: unknown): Record<string, unknown> {
    this.#station(bodyAs(bodies.station, body).station).leave();
    return this.state();
  }

  #dish(body: unknown): Record<string, unknown> {
    const { order, dish, quantity } = bodyAs(bodies.dish, body);
    const { restaurant } = this.#server;
    restaurant.addDish(this.#order(order), byCode(restaurant.books.MENUITEMS, dish, 'dish'), quantity);
    return this.#view(this.#order(order));
  }

  /** A discount by hand: a card with a discount has no composition with it. */
  #discount(body: unknown): Record<string, unknown> {
    const order = this.#order(bodyAs(bodies.discount, body).order);
    this.#server.restaurant.addDiscount(order, { name: 'Ручная скидка', card: '', interface: undefined });
    return this.#view(order);
  }

  #lock(body: unknown): Record<string, unknown> {
    const { order, seconds } = bodyAs(bodies.lock, body);
    return { locked: this.#server.restaurant.lock(this.#order(order), '{SIM}', seconds), ...this.#view(this.#order(order)) };
  }

  /** Paid at the station that shows it, bookings included; else at once. */
  async #pay(body: unknown): Promise<Record<string, unknown>> {
    const order = this.#order(bodyAs(bodies.order, body).order);
    const station = this.#stations.find((each) => each.order === order);
    if (station === undefined) this.#server.restaurant.pay(order);
    else await station.pay();
    return this.#view(order);
  }

  #putCard(body: unknown): Record<string, unknown> {
    const { card, ...facts } = bodyAs(bodies.card, body);
    this.#server.restaurant.cards.set(card.replace(/^0+(?=\d)/, ''), facts);
    return { cards: this.#server.restaurant.cards.size };
  }

  async #read(body: unknown): Promise<Record<string, unknown>> {
    const { station, data, device, deviceId } = bodyAs(bodies.read, body);
    const reads = await this.#station(station).read(data, device, deviceId);
    return { reads: reads.map(({ scope, done, text }) => ({ scope: scope ?? null, done, text })) };
  }

  #setFaults(body: unknown): Record<string, unknown> {
    Object.assign(this.#server.faults, noFaults(), bodyAs(bodies.faults, body));
    return { faults: this.#server.faults };
  }

  #order(guid: string): Order {
    const order = this.#server.restaurant.order(guid);
    if (order === undefined) throw wrong('order: there is no such order; GET /state lists them');
    return order;
  }

  #station(code: number): SimulatedStation {
    const station = this.#stations.find(({ item }) => item.code === code);
    if (station === undefined) throw wrong(`station: there are ${this.#stations.map(({ item }) => item.code).join(' and ')}`);
    return station;
  }
}

function byCode<T extends Item>(book: readonly T[], code: number, what: string): T {
  const item = book.find((each) => each.code === code);
  if (item === undefined) throw wrong(`${what}: there is none with this code`);
  return item;
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the simulated restaurant is incomplete');
  return value;
}
