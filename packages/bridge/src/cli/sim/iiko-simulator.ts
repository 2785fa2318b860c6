import { TillbridgeError, type Clock } from '@tillbridge/core';
import {
  CloudWorld,
  DeviceSink,
  FrontRestaurant,
  FrontTerminal,
  HttpLink,
  noCloudFaults,
  noFrontFaults,
  noPosServerFaults,
  orderOn,
  PluginModel,
  SimulatedIikoCloud,
  SimulatedPosServer,
  STAFF_ONLY,
  TEN_PERCENT,
  type DiscountCard,
  type FrontApiLevel,
  type FrontRead,
  type FrontScreen,
  type OrderView,
} from '@tillbridge/testkit/iiko';
import type { HostPort } from '../../config/host-port.js';
import type { ControlRoute } from './control-server.js';
import { bodies } from './iiko-bodies.js';
import { bodyAs, wrong } from './rkeeper-bodies.js';
import { keepReading } from './rkeeper-port.js';

export interface IikoSimulatorOptions {
  readonly terminals: number;
  readonly api: FrontApiLevel;
  readonly pos: HostPort;
  /** Login of the POS server. */
  readonly user: string;
  readonly password: string;
  readonly cloud: HostPort;
  /** What terminal 1 reads as its reader. */
  readonly port?: string;
}

export interface PluginAddress {
  readonly terminal: string;
  /** Base of the plugin's calls. */
  readonly url: string;
  readonly secret: string;
}

/** Calls of the servers that are remembered for `GET /log`. */
const LOG_LINES = 500;
/** A fresh guest of iikoCard reaches the till's own directory after this long, in ms. */
const SYNC_MS = 300_000;

/** A restaurant with iiko: tills with plugins, a POS server, the cloud. The state behind `tillbridge sim till-iiko`. */
export class IikoSimulator {
  readonly #clock: Clock;
  readonly #restaurant: FrontRestaurant;
  readonly #terminals: readonly FrontTerminal[];
  readonly #pos: SimulatedPosServer;
  readonly #cloud: SimulatedIikoCloud;
  readonly #sink: DeviceSink;
  readonly #plugins = new Map<string, PluginModel>();
  readonly #stopPort: () => void;

  private constructor(clock: Clock, restaurant: FrontRestaurant, terminals: readonly FrontTerminal[], servers: { readonly pos: SimulatedPosServer; readonly cloud: SimulatedIikoCloud }, port: string | undefined) {
    this.#clock = clock;
    this.#restaurant = restaurant;
    this.#terminals = terminals;
    this.#pos = servers.pos;
    this.#cloud = servers.cloud;
    const first = this.#terminal('CASH-1');
    this.#sink = new DeviceSink({ clock, reader: 'port', classifier: first.devices, onRead: ({ data }) => void first.read('port', data) });
    this.#stopPort = port === undefined ? () => undefined : keepReading(port, this.#sink, clock);
  }

  /** @throws {TillbridgeError} `TB_CONFIG_USAGE` when it cannot listen there */
  static async start({ terminals, api, pos, user, password, cloud, port }: IikoSimulatorOptions, clock: Clock): Promise<IikoSimulator> {
    const restaurant = new FrontRestaurant({ clock, directorySyncMs: SYNC_MS });
    const tills = Array.from({ length: terminals }, (_, i) => new FrontTerminal({ clock, restaurant, api, id: `CASH-${String(i + 1)}`, name: `Касса ${String(i + 1)}` }));
    const refused = (option: string) => (error: unknown) => {
      throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `${option}: ${error instanceof Error ? error.message : String(error)}` });
    };
    const posServer = await SimulatedPosServer.start({ clock, hall: restaurant, user, password, ...pos }).catch(refused('--pos'));
    const cloudServer = await SimulatedIikoCloud.start({ clock, world: new CloudWorld(), ...cloud }).catch(async (error: unknown) => {
      await posServer.close();
      return refused('--cloud')(error);
    });
    return new IikoSimulator(clock, restaurant, tills, { pos: posServer, cloud: cloudServer }, port);
  }

  get posUrl(): string {
    return this.#pos.url;
  }

  get cloudUrl(): string {
    return this.#cloud.url;
  }

  /** The control API. */
  get routes(): readonly ControlRoute[] {
    const route = (method: ControlRoute['method'], path: string, handle: ControlRoute['handle']): ControlRoute => ({ method, path, handle });
    return [
      route('GET', '/state', () => this.state()),
      route('GET', '/log', () => this.#log()),
      route('GET', '/messages', () => ({ terminals: this.#terminals.map(({ id, lines }) => ({ terminal: id, lines })) })),
      route('GET', '/typed', () => ({ reads: this.#sink.reads })),
      route('POST', '/orders', (body) => this.#newOrder(body)),
      route('POST', '/orders/status', (body) => this.#status(body)),
      route('POST', '/orders/data', (body) => this.#data(body)),
      route('POST', '/screen', (body) => this.#screen(body)),
      route('POST', '/busy', (body) => this.#busy(body)),
      route('POST', '/read', (body) => this.#read(body)),
      route('PUT', '/readers', (body) => this.#reader(body)),
      route('PUT', '/wrapping', (body) => this.#wrapping(body)),
      route('PUT', '/cards', (body) => this.#card(body)),
      route('DELETE', '/cards', (body) => ({ removed: this.#restaurant.discountCards.delete(bodyAs(bodies.cardName, body).card) })),
      route('PUT', '/guests', (body) => this.#guest(body)),
      route('PUT', '/coupons', (body) => this.#coupon(body)),
      route('POST', '/plugins', (body) => this.#connect(body)),
      route('DELETE', '/plugins', (body) => this.#disconnect(body)),
      route('PUT', '/faults', (body) => this.#setFaults(body)),
    ];
  }

  state(): Record<string, unknown> {
    const { world, tokens, url: cloudUrl } = this.#cloud;
    const [organization] = world.organizations;
    return {
      terminals: this.#terminals.map((terminal) => this.#terminalView(terminal)),
      orders: this.#restaurant.orders.map((order) => this.#orderView(order)),
      cards: this.#restaurant.discountCards.size,
      directory: this.#restaurant.directory().length,
      pos: { url: this.posUrl },
      cloud: { url: cloudUrl, logins: tokens.logins, organization: organization?.id ?? null, terminalGroups: world.terminalGroups.map(({ id, name }) => ({ id, name })) },
      faults: this.#faults(),
    };
  }

  /** Loads the plugin of a terminal; one that it has is unloaded. @throws {TillbridgeError} `TB_CONFIG_USAGE` */
  async connect({ terminal: id, url, secret }: PluginAddress): Promise<void> {
    if (!/^http:$/.test(URL.parse(url)?.protocol ?? '')) throw wrong('url: it is the base of the plugin\'s calls, such as http://127.0.0.1:7843/iiko/v1');
    const terminal = this.#terminal(id);
    const { faults } = this.#restaurant;
    await terminal.close();
    terminal.load((context) => {
      const link = new HttpLink({
        ...{ clock: this.#clock, base: url.replace(/\/$/, ''), secret: () => secret, reachable: () => !faults.daemonUnreachable },
        loses: () => {
          if (faults.lostAnswers <= 0) return false;
          faults.lostAnswers -= 1;
          return true;
        },
      });
      const model = new PluginModel(context, { clock: this.#clock, link });
      this.#plugins.set(id, model);
      return model;
    });
  }

  async close(): Promise<void> {
    this.#stopPort();
    for (const terminal of this.#terminals) await terminal.close();
    await Promise.all([this.#pos.close(), this.#cloud.close()]);
  }

  #terminalView({ id, api, screen, busy, overruns, devices, plugins }: FrontTerminal): Record<string, unknown> {
    const model = this.#plugins.get(id);
    const host = plugins.at(-1);
    const plugin = model === undefined || host === undefined ? null : { status: host.status, connected: model.session.current !== undefined, crashes: host.crashes.length, refusals: model.session.refusals.slice(-5), waitingResults: model.outbox.size };
    return { terminal: id, api, screen: screen.kind, order: orderOn(screen) ?? null, busy, handlerOverruns: overruns, readers: Object.fromEntries(devices.types), plugin };
  }

  #orderView({ id, number, table, status, revision, customerIds, discounts, priceCategory, coupons, externalData }: OrderView): Record<string, unknown> {
    const inCloud = this.#cloud.world.orders.find(({ posId }) => posId === id);
    return {
      ...{ order: id, number, table, status, revision, customers: customerIds, coupons },
      ...{ discountCards: discounts.flatMap(({ cardNumber }) => cardNumber ?? []), priceCategory: priceCategory ?? null, externalData: Object.fromEntries(externalData) },
      ...{ shownAt: this.#restaurant.holder(id) ?? null, cloudGuest: inCloud?.guest ?? null },
    };
  }

  #faults(): Record<string, unknown> {
    return { front: this.#restaurant.faults, pos: this.#pos.faults, cloud: { ...this.#cloud.faults, lacks: [...this.#cloud.faults.lacks] } };
  }

  #log(): Record<string, unknown> {
    const actions = [...this.#plugins].map(([terminal, { done }]) => ({ terminal, actions: done.slice(-LOG_LINES) }));
    const devices = this.#terminals.map(({ id, deviceLog }) => ({ terminal: id, lines: deviceLog.slice(-LOG_LINES) }));
    return { plugins: actions, devices, changes: this.#restaurant.changes.slice(-LOG_LINES), pos: this.#pos.log.slice(-LOG_LINES), cloud: this.#cloud.log.slice(-LOG_LINES) };
  }

  async #newOrder(body: unknown): Promise<Record<string, unknown>> {
    const { table, terminal } = bodyAs(bodies.newOrder, body);
    const shownAt = terminal === undefined ? undefined : this.#terminal(terminal);
    const { world } = this.#cloud;
    const { id } = this.#restaurant.openOrder(table);
    world.openOrder(world.tables.find((each) => each.number === table), { posId: id });
    await shownAt?.show({ kind: 'orderEdit', order: id });
    return this.#changed(id);
  }

  #status(body: unknown): Record<string, unknown> {
    const { order, status } = bodyAs(bodies.status, body);
    this.#restaurant.setStatus(this.#order(order).id, status);
    return this.#changed(order);
  }

  /** What a waiter's terminal writes. */
  #data(body: unknown): Record<string, unknown> {
    const { order, key, value } = bodyAs(bodies.data, body);
    this.#restaurant.edit(this.#order(order).id, ({ externalData }) => ({ externalData: new Map([...externalData, [key, { value, isPublic: false }]]) }), 'iikoFront');
    return this.#changed(order);
  }

  async #screen(body: unknown): Promise<Record<string, unknown>> {
    const { terminal, screen, order, accepts } = bodyAs(bodies.screen, body);
    const shown = await this.#terminal(terminal).show(this.#screenOf(screen, order, accepts));
    this.#syncCloud();
    return { shown, ...this.#terminalView(this.#terminal(terminal)) };
  }

  #screenOf(kind: FrontScreen['kind'], order: string | undefined, accepts: 'barcode' | 'card' | 'both' | 'nothing'): FrontScreen {
    if (kind === 'dialog') return { kind, accepts, ...(order === undefined ? {} : { order: this.#order(order).id }) };
    if (kind !== 'orderEdit' && kind !== 'payment') return { kind };
    if (order === undefined) throw wrong('order: this screen has one');
    return { kind, order: this.#order(order).id };
  }

  #busy(body: unknown): Record<string, unknown> {
    const { terminal, busy } = bodyAs(bodies.busy, body);
    this.#terminal(terminal).setBusy(busy);
    return this.#terminalView(this.#terminal(terminal));
  }

  #read(body: unknown): Promise<FrontRead> {
    const { terminal, reader, data } = bodyAs(bodies.read, body);
    return this.#terminal(terminal).read(reader, data);
  }

  #reader(body: unknown): Record<string, unknown> {
    const { terminal, reader, type } = bodyAs(bodies.reader, body);
    this.#terminal(terminal).devices.set(reader, type ?? undefined);
    return this.#terminalView(this.#terminal(terminal));
  }

  #wrapping(body: unknown): Record<string, unknown> {
    const { terminal, ...wrapping } = bodyAs(bodies.wrapping, body);
    this.#terminal(terminal).wrapping = wrapping;
    return wrapping;
  }

  #card(body: unknown): Record<string, unknown> {
    const { card: number, gives } = bodyAs(bodies.card, body);
    const given: Pick<DiscountCard, 'discountType' | 'priceCategory'> =
      gives === 'priceCategory' ? { discountType: undefined, priceCategory: 'VIP' } : { discountType: gives === 'discount' ? TEN_PERCENT : STAFF_ONLY, priceCategory: undefined };
    this.#restaurant.discountCards.set(number, { number, owner: 'Guest', ...given });
    return { cards: this.#restaurant.discountCards.size };
  }

  /** A guest of iikoCard: the POS server and the cloud know him at once, the till's own directory after five minutes. */
  #guest(body: unknown): Record<string, unknown> {
    const { phone, name, cardNumber, cardTrack = cardNumber } = bodyAs(bodies.guest, body);
    const { id } = this.#cloud.world.addGuest({ phone, name, cardNumber, cardTrack });
    this.#restaurant.registerGuest({ id, phone, name, cardNumber, cardTrack });
    return { guest: id, inDirectoryAfterMs: SYNC_MS };
  }

  #coupon(body: unknown): Record<string, unknown> {
    const { coupon, used } = bodyAs(bodies.coupon, body);
    this.#restaurant.coupons.set(coupon, !used);
    const { world } = this.#cloud;
    const known = world.coupons.find(({ number }) => number === coupon) ?? world.addCoupon(coupon);
    known.whenActivated = used ? '2026-01-01 00:00:00.000' : undefined;
    return { coupons: this.#restaurant.coupons.size };
  }

  async #connect(body: unknown): Promise<Record<string, unknown>> {
    const address = bodyAs(bodies.plugin, body);
    await this.connect(address);
    return this.#terminalView(this.#terminal(address.terminal));
  }

  async #disconnect(body: unknown): Promise<Record<string, unknown>> {
    const { terminal } = bodyAs(bodies.terminal, body);
    await this.#terminal(terminal).close();
    this.#plugins.delete(terminal);
    return this.#terminalView(this.#terminal(terminal));
  }

  #setFaults(body: unknown): Record<string, unknown> {
    const { front, pos, cloud } = bodyAs(bodies.faults, body);
    Object.assign(this.#restaurant.faults, noFrontFaults(), front);
    Object.assign(this.#pos.faults, noPosServerFaults(), pos);
    Object.assign(this.#cloud.faults, noCloudFaults(), cloud, { lacks: new Set(cloud?.lacks) });
    return { faults: this.#faults() };
  }

  #changed(order: string): Record<string, unknown> {
    this.#syncCloud();
    return this.#orderView(this.#order(order));
  }

  /** The cloud sees what the tills do. */
  #syncCloud(): void {
    for (const known of this.#cloud.world.orders) {
      const order = this.#restaurant.order(known.posId);
      if (order !== undefined) Object.assign(known, { status: order.status, busy: this.#restaurant.holder(order.id) !== undefined });
    }
  }

  #order(id: string): OrderView {
    const order = this.#restaurant.order(id);
    if (order === undefined) throw wrong('order: there is no such order; GET /state lists them');
    return order;
  }

  #terminal(id: string): FrontTerminal {
    const terminal = this.#terminals.find((each) => each.id === id);
    if (terminal === undefined) throw wrong(`terminal: there is ${this.#terminals.map((each) => each.id).join(', ')}`);
    return terminal;
  }
}
