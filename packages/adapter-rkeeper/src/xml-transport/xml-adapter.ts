import { randomUUID } from 'node:crypto';
import {
  asTillbridgeError,
  instant,
  outcome,
  PartStatusKeeper,
  sleep,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type Clock,
  type DeliveryRequest,
  type DeliveryTrace,
  type Inbound,
  type Log,
  type Outcome,
  type OutcomeName,
  type PartState,
  type ProbeRow,
  type TillbridgeError,
} from '@tillbridge/core';
import { Rk7Client } from '../connection/rk7-client.js';
import type { CertificatePins } from '../connection/trust.js';
import { fitNumber } from '../number-rules.js';
import { rk7Guid } from '../rk7/guid.js';
import { showsCard } from '../rk7/order.js';
import { applyCard, readOrder } from './apply-card.js';
import { pickOrder } from './choose-order.js';
import { ClosedOrders, type StoreOrder } from './closed-orders.js';
import { OpenSilences } from './open-silences.js';
import { OrderWatch } from './order-watch.js';
import type { XmlTillOptions } from './options.js';
import { probeServer } from './probe.js';
import { RecentOrders } from './recent-orders.js';
import { errorOf, readBooks, resolve, type ServerName } from './resolve.js';
import type { XmlSetup } from './setup.js';
import { tellWaiter } from './waiter-message.js';
import { serverUrl } from './server-url.js';

export interface XmlContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly pins: CertificatePins;
  /** 0 <= x < 1. */
  readonly random?: () => number;
  /** Absent: closed orders are not looked for. */
  readonly store?: StoreOrder;
}

/** A read may be announced while it comes in and again when it is whole, in milliseconds. */
const SAME_READ_MS = 100;
/** After these the card stands on the order, or may. */
const ON_ORDER: ReadonlySet<OutcomeName> = new Set(['applied', 'alreadyApplied', 'unknown']);
/** Waits between two attempts to reach the server, in milliseconds. */
const RETRY = [1000, 2000, 5000, 15_000, 30_000] as const;

/**
 * A till through the XML interface of its cash server: `ApplyPersonalCard` on a named order, shown by reading the order again.
 *
 * @throws {TillbridgeError} `TB_TILL_BAD_URL`
 */
export function createXmlTill(options: XmlTillOptions, context: XmlContext): Adapter {
  return new XmlAdapter(options, context);
}

class XmlAdapter implements Adapter {
  readonly id: string;
  /** r_keeper tells whatever stands behind its card interface of each check itself. */
  readonly capabilities: AdapterCapabilities = { goods: false, best: 'applied', verify: true, reportsItself: true };
  readonly #options: XmlTillOptions;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #random: () => number;
  readonly #client: Rk7Client;
  readonly #name: ServerName;
  readonly #status: PartStatusKeeper;
  readonly #closing = new AbortController();
  readonly #recent = new RecentOrders();
  readonly #silences: OpenSilences;
  readonly #store: StoreOrder | undefined;
  readonly #lock = rk7Guid(randomUUID()) ?? '';
  #announced = -Infinity;
  #ready: { readonly setup: XmlSetup; readonly watch: OrderWatch; readonly closed: ClosedOrders | undefined } | undefined;

  constructor(options: XmlTillOptions, { clock, log, pins, random = Math.random, store }: XmlContext) {
    const url = serverUrl(options);
    this.id = options.id;
    this.#options = options;
    this.#clock = clock;
    this.#log = log;
    this.#random = random;
    this.#store = store;
    this.#silences = new OpenSilences(clock);
    this.#status = new PartStatusKeeper(clock);
    this.#name = { till: options.id, host: url.host };
    const { user, password, trust, legacy, readTimeoutMs, changeTimeoutMs } = options;
    const times = { ...(readTimeoutMs === undefined ? {} : { readTimeoutMs }), ...(changeTimeoutMs === undefined ? {} : { changeTimeoutMs }) };
    const pinned = (server: string): void => log.warn('the certificate of the cash server is pinned from now on', { till: options.id, server });
    this.#client = new Rk7Client({ url, user, password, trust, legacy, pins, pinned, clock, ...times });
  }

  get state(): PartState {
    return this.#status.state;
  }

  async open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    if (this.#closing.signal.aborted || signal.aborted) return;
    this.#status.attach(inbound);
    signal.addEventListener('abort', () => void this.close(), { once: true });
    this.#status.set('opening');
    const first = await this.#prepare();
    if (first !== undefined) void this.#keepTrying();
  }

  async deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const early = this.#early(delivery, signal);
    if (early !== undefined) return early;
    if (this.#ready === undefined) return outcome('unavailable', 'notConnected');
    const { setup, watch, closed } = this.#ready;
    const fitted = fitNumber(delivery.number, this.#options.numbers);
    if ('refused' in fitted) return outcome('rejected', fitted.refused);
    const card = fitted.value;
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    const job = {
      card,
      kind: delivery.number.kind,
      orderId: delivery.orderId,
      at: delivery.at,
      expired: () => delivery.expired(),
      chosen: (order: string) => this.#recent.put(delivery.id, { order, shows: hidden(card) }),
      mayStillCome: (order: string) => this.#silences.mayStillCome(order, card),
    };
    const result = await applyCard(job, { ask: this.#ask, clock: this.#clock, random: this.#random, setup, watch }, stop);
    const silence = result.outcome === 'unknown' ? this.#recent.get(delivery.id) : undefined;
    if (silence !== undefined) this.#silences.add(silence);
    const { order } = this.#recent.get(delivery.id) ?? {};
    if (order !== undefined && ON_ORDER.has(result.outcome)) closed?.track(order, { card, number: delivery.number, scanId: delivery.scanId }, this.#closing.signal);
    this.#tell(setup, delivery.id, result);
    return result;
  }

  /** A number was read: which order it is for shows best right now, before it is translated or waits for its turn. */
  expect(): void {
    const now = instant(this.#clock);
    if (this.#ready === undefined || this.#options.order.by === 'context' || now.mono - this.#announced < SAME_READ_MS) return;
    this.#announced = now.mono;
    this.#ready.watch.glance(this.#closing.signal);
  }

  /** Looks at the order that the number was for. A card that does not show may still come: the server may be waiting for the card system. */
  async verify(trace: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    const recent = this.#recent.get(trace.id);
    if (recent === undefined) return outcome('unknown', 'notRemembered');
    const read = await readOrder({ ask: this.#ask, order: recent.order }, signal);
    if ('refused' in read) return outcome('unknown', 'notVerified');
    const shown = read.cards.cards.some(({ card }) => recent.shows(card));
    return shown ? outcome('applied', undefined, 'orderShowsCard') : outcome('unknown', 'notShown');
  }

  probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    return probeServer(this.#client, this.#options, this.#name, signal);
  }

  close(): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#closing.abort();
      this.#client.close();
      this.#recent.clear();
      this.#silences.clear();
      this.#ready?.closed?.clear();
      this.#status.set('closed');
    }
    return Promise.resolve();
  }

  #early(delivery: DeliveryRequest, signal: AbortSignal): Outcome | undefined {
    if (this.#closing.signal.aborted) return outcome('failed', 'notOpen');
    if (signal.aborted) return withdrawn(signal, 'notSent');
    return delivery.expired() ? outcome('expired', 'notSent') : undefined;
  }

  /** Every answer and every silence says how the server is. */
  readonly #ask = async (...[query, signal]: Parameters<Rk7Client['ask']>): ReturnType<Rk7Client['ask']> => {
    const asked = await this.#client.ask(query, signal);
    if (asked.answered) this.#status.set('ready');
    else if (asked.problem !== 'aborted') this.#failed(errorOf(asked, query.name, this.#name));
    return asked;
  };

  /** Finds the configured objects; returns why that failed. */
  async #prepare(): Promise<TillbridgeError | undefined> {
    try {
      const books = await readBooks(this.#client, this.#options, this.#name, this.#closing.signal);
      await this.#begin(resolve(this.#options, books, this.#lock));
      return undefined;
    } catch (error) {
      const reason = asTillbridgeError(error, 'TB_TILL_UNREACHABLE', { ...this.#name });
      this.#failed(reason);
      return reason;
    }
  }

  async #begin(setup: XmlSetup): Promise<void> {
    const watch = new OrderWatch({ ask: this.#ask, clock: this.#clock, random: this.#random, pick: (orders) => pickOrder(orders, setup.choice, setup.station) });
    if (setup.choice.by !== 'context') {
      // a scan that comes right after the opening needs a look before it as well
      await watch.look(this.#closing.signal);
      void watch.keep(this.#closing.signal);
    }
    const closed = this.#store === undefined ? undefined : new ClosedOrders({ till: this.id, ask: this.#ask, watch, clock: this.#clock, log: this.#log, store: this.#store });
    this.#ready = { setup, watch, closed };
    this.#status.set('ready');
  }

  async #keepTrying(): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const wait = RETRY[Math.min(attempt, RETRY.length - 1)] ?? RETRY[0];
      await sleep(this.#clock, wait * (0.75 + this.#random() / 2), this.#closing.signal);
      if (this.#closing.signal.aborted || (await this.#prepare()) === undefined) return;
    }
  }

  #failed(reason: TillbridgeError | undefined): void {
    if (this.#closing.signal.aborted) return;
    if (reason !== undefined && this.state.reason?.code !== reason.code) this.#log.warn('the cash server cannot be used', { till: this.id, error: reason });
    this.#status.set('retrying', reason);
  }

  #tell(setup: XmlSetup, deliveryId: string, result: Outcome): void {
    const language = this.#options.waiterMessage;
    if (language === undefined || this.#closing.signal.aborted) return;
    const message = tellWaiter(result, language, deliveryId, { station: { id: setup.station.ident }, waiter: undefined }, this.#clock.wall());
    if (message !== undefined) void this.#client.ask(message, this.#closing.signal);
  }
}

/** A comparison instead of the number: nothing that prints the entry shows it. */
function hidden(card: string): (shown: string) => boolean {
  return (shown) => showsCard({ guid: undefined, finished: false, deleted: false, cards: [{ card: shown, interface: undefined }] }, card);
}
