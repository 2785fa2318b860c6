import {
  outcome,
  TillbridgeError,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type Cancel,
  type Clock,
  type DeliveryRequest,
  type GoodsRead,
  type Inbound,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import type { EventHub } from '../events/event-hub.js';
import type { RingEntry } from '../events/event-ring.js';
import { goodsEvent } from '../events/pipeline-events.js';
import type { DeliveryBoard } from './delivery-board.js';
import { offerDelivery } from './offer-delivery.js';

/** A client that reconnects within this time was never away, in ms. */
const AWAY_MS = 2000;
/** Goods that wait for somebody to take them; more are dropped and counted. */
const MAX_GOODS = 1000;

export interface ClientAdapterOptions {
  readonly id: string;
  /** A number counts from its scan for this long, in ms: for `expiresAt`. The lane keeps the time itself. */
  readonly expireMs: number;
  /** How long goods wait for a client, in ms. */
  readonly backlogMs: number;
}

export interface ClientAdapterPorts {
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly board: DeliveryBoard;
}

/**
 * Cashier software that is connected to us, or that we are embedded in. Numbers are put up as `delivery` events and go to the one who
 * claims; goods are events for whoever may see them.
 */
export class ClientAdapter implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities = { goods: true, best: 'applied', verify: false, accrueOnly: true };
  readonly #options: ClientAdapterOptions;
  readonly #ports: ClientAdapterPorts;
  /** Deliveries that are on the board. */
  readonly #offered = new Set<string>();
  readonly #goods: { readonly entry: RingEntry; readonly at: number }[] = [];
  #state: PartState;
  #inbound: Inbound | undefined;
  #unwatch: Cancel = () => undefined;
  #cancelAway: Cancel | undefined;
  #cancelGoods: Cancel | undefined;

  constructor(options: ClientAdapterOptions, ports: ClientAdapterPorts) {
    this.id = options.id;
    this.#options = options;
    this.#ports = ports;
    this.#state = { status: 'closed', since: ports.clock.wall() };
  }

  get state(): PartState {
    return this.#state;
  }

  open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    this.#inbound = inbound;
    this.#unwatch = this.#ports.hub.onListeners(() => this.#look());
    signal.addEventListener('abort', () => this.#shut(), { once: true });
    this.#set(this.#connected() ? 'ready' : 'retrying');
    return Promise.resolve();
  }

  probe(): Promise<readonly ProbeRow[]> {
    const id = `till.${this.id}`;
    if (this.#state.status === 'closed') {
      const text = `waits for cashier software with the scopes scan:read and delivery:${this.id}`;
      return Promise.resolve([{ level: 'ok', id, text }]);
    }
    if (this.#connected()) return Promise.resolve([{ level: 'ok', id, text: 'cashier software is connected' }]);
    const error = this.#noClient();
    return Promise.resolve([{ level: 'warn', id, text: error.text('en'), remedy: error.remedy('en') }]);
  }

  deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const expiresAt = request.at.wall + this.#options.expireMs;
    if (this.#state.status === 'closed') return Promise.resolve(outcome('failed', 'closed'));
    if (signal.aborted || request.expired()) return Promise.resolve(withdrawn(signal, 'notClaimed'));
    return offerDelivery(this.#ports, request, expiresAt, signal, this.#offered);
  }

  goods(read: GoodsRead): void {
    const { clock, hub } = this.#ports;
    if (this.#state.status === 'closed') return;
    const entry = hub.publish({ ...goodsEvent(read, this.id, clock, this.#options.backlogMs), urgent: true, owed: (taken) => !taken });
    if (hub.listeners('goods:read') > 0) return;
    this.#goods.push({ entry, at: clock.mono() });
    if (this.#goods.length > MAX_GOODS) this.#settleGoods(1);
    this.#watchGoods();
  }

  close(): Promise<void> {
    this.#shut();
    this.#set('closed');
    return Promise.resolve();
  }

  #connected(): boolean {
    return this.#ports.hub.listeners(`delivery:${this.id}`) > 0;
  }

  #look(): void {
    if (this.#connected()) {
      this.#cancelAway?.();
      this.#cancelAway = undefined;
      this.#set('ready');
    } else if (this.#state.status === 'ready') {
      this.#cancelAway ??= this.#ports.clock.timer(AWAY_MS, () => this.#set('retrying'), { ref: false });
    }
  }

  #shut(): void {
    this.#unwatch();
    this.#cancelAway?.();
    this.#cancelGoods?.();
    for (const id of [...this.#offered]) this.#ports.board.giveUp(id);
    this.#settleGoods(this.#goods.length);
  }

  #set(status: 'ready' | 'retrying' | 'closed'): void {
    if (status === this.#state.status) return;
    const since = this.#ports.clock.wall();
    this.#state = { status, since, ...(status === 'retrying' ? { reason: this.#noClient() } : {}) };
    this.#inbound?.state(this.#state);
  }

  #noClient(): TillbridgeError {
    return new TillbridgeError('TB_TILL_NO_CLIENT', { till: this.id });
  }

  #watchGoods(): void {
    const oldest = this.#goods[0];
    if (oldest === undefined || this.#cancelGoods !== undefined) return;
    const { clock } = this.#ports;
    this.#cancelGoods = clock.timer(Math.max(0, oldest.at + this.#options.backlogMs - clock.mono()), () => {
      this.#cancelGoods = undefined;
      const late = clock.mono() - this.#options.backlogMs;
      const stillFresh = this.#goods.findIndex(({ at }) => at > late);
      this.#settleGoods(stillFresh < 0 ? this.#goods.length : stillFresh);
      this.#watchGoods();
    });
  }

  /** The oldest `count` goods have waited long enough: what nobody took is lost, and counted. */
  #settleGoods(count: number): void {
    const lost = this.#goods.splice(0, count).filter(({ entry }) => !entry.taken).length;
    if (lost > 0) this.#inbound?.goodsDropped(lost, 'noClient');
  }
}
