import { randomUUID } from 'node:crypto';
import { elapsed, instant, sleep, type Clock, type Instant } from '@tillbridge/core';
import { FrontError } from '../front/front-error.js';
import type { FrontOperations } from '../front/operations.js';
import type { OrderView } from '../front/orders.js';
import type { CurrentOrderEdit, FrontPlugin, FrontPluginContext, ScanDevice, ScanEvent } from '../front/plugin.js';
import { orderOn } from '../front/screens.js';
import type { CardTracks } from '../front/wrapping.js';
import { editOrder } from './edits.js';
import type { PluginLink } from './link.js';
import { ActionMemory } from './memory.js';
import { ResultOutbox } from './outbox.js';
import { ScreenReport, screenState } from './screen-report.js';
import { PluginSession } from './session.js';
import { ACTION_KINDS, type AuthorizeAnswer, type Done, type MessageText, type NextAnswer, type OrderAction, type ResultAnswer, type ScanAnswer, type WireAction, type WireScreenState } from './wire.js';

export interface PluginModelOptions {
  readonly clock: Clock;
  readonly link: PluginLink;
  /** 0 to 1, for the jitter of pauses. */
  readonly random?: () => number;
  readonly takeOver?: boolean;
  readonly pluginVersion?: string;
}

/** A handler is over after this long, in ms, whatever the daemon does. */
const HANDLER_MS = 2500;
/** Values of waiters' terminals that were asked about; the oldest are forgotten. */
const MAX_SEEN = 256;

/** Does what the C# plugin does, against a simulated iikoFront: the contract of the wire, from the plugin's side. */
export class PluginModel implements FrontPlugin {
  readonly instance = randomUUID();
  readonly session: PluginSession;
  readonly outbox: ResultOutbox;
  /** What became of every action that was begun, oldest first; the newest thousand. */
  readonly done: { readonly id: string; readonly kind: WireAction['kind']; readonly done: Done }[] = [];
  readonly #context: FrontPluginContext;
  readonly #options: PluginModelOptions;
  readonly #end = new AbortController();
  readonly #memory = new ActionMemory();
  readonly #screens: ScreenReport;
  readonly #seen = new Set<string>();
  #seq = 0;
  /** The order on the screen, and the `seq` from which on there was no other. */
  #open: { readonly order: string | undefined; readonly since: number };

  constructor(context: FrontPluginContext, options: PluginModelOptions) {
    const { clock, link, random = Math.random } = options;
    const { signal } = this.#end;
    this.#context = context;
    this.#options = options;
    this.#open = { order: orderOn(context.screen()), since: 0 };
    this.session = new PluginSession({ clock, link, signal, random, hello: () => this.#hello(), opened: () => this.#tellScreen() });
    this.outbox = new ResultOutbox({ clock, signal, send: (id, done) => this.#send(id, done) });
    this.#screens = new ScreenReport({ clock, signal, open: () => this.session.current !== undefined, send: async (state) => (await this.session.ask('screen', state, 3000, false)) !== undefined });
    context.onScreenChanged((screen) => {
      this.#seq += 1;
      const order = orderOn(screen);
      if (order !== this.#open.order) this.#open = { order, since: this.#seq };
      this.#tellScreen();
    });
    context.onOrderChanged((order) => this.#watch(order));
    this.#poll().catch((error: unknown) => context.unhandled(error));
  }

  barcodeScanned({ barcode, ...event }: ScanEvent & { readonly barcode: string }): Promise<boolean> {
    return this.#ask({ kind: 'barcode', raw: barcode }, event);
  }

  cardSlided({ card, ...event }: ScanEvent & { readonly card: CardTracks }): Promise<boolean> {
    const { fullCardTrack: full, track1, track2, track3 } = card;
    return this.#ask({ kind: 'card', raw: '', tracks: { full, track1, track2, track3 } }, event);
  }

  /** Where the two others do not fire. */
  cardScanned({ data, device }: { readonly data: string; readonly device: ScanDevice }): Promise<boolean> | boolean {
    return this.#context.screen().kind === 'payment' && this.#ask({ kind: device === 'Msr' ? 'card' : 'barcode', raw: data });
  }

  dispose(): void {
    this.#end.abort();
    this.#options.link.close();
  }

  async #poll(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      const hello = await this.session.open();
      if (hello === undefined) return;
      const answer = (await this.session.ask('next', { waitMs: hello.nextWaitMs }, hello.nextWaitMs + 5000, true)) as NextAnswer | undefined;
      if (answer?.action != null) this.#take(answer.action);
    }
  }

  #take(action: WireAction): void {
    const at = instant(this.#options.clock);
    const known = this.#memory.begin(action.id);
    if (known === 'underWay') return;
    if (known !== 'new') {
      this.outbox.put(action.id, known);
      return;
    }
    if (action.kind === 'message') {
      this.#show(action);
      this.#finish(action, { outcome: 'applied', evidence: 'shown' });
    } else void this.#onScreen(action, at).then((done) => this.#finish(action, done));
  }

  /** On the order that is on the screen, as soon as that is free; or on an order by its id. */
  async #onScreen(action: OrderAction, at: Instant): Promise<Done> {
    const { operations } = this.#context;
    if (action.place === 'order') return this.#edit(action, at, operations, action.orderId);
    const { clock } = this.#options;
    const state: { begun: boolean; over: boolean; done?: Done } = { begun: false, over: false };
    const work = async ({ order, operations: local }: CurrentOrderEdit): Promise<void> => {
      // nobody can call this off while it waits for the screen: so it looks itself
      if (state.over) return;
      state.begun = true;
      state.done = await this.#edit(action, at, local, order.id);
    };
    const payment = this.#context.screen().kind === 'payment' && this.#context.api !== 'V8';
    const editing = (payment ? this.#context.tryEditCurrentPaymentScreen(work) : this.#context.tryEditCurrentOrder(work)).then(
      (): Done => state.done ?? { outcome: 'busyTimeout' },
      (error: unknown): Done => ({ outcome: error instanceof FrontError && error.kind !== 'InvalidOperationException' ? 'wrongScreen' : 'hostError' }),
    );
    const late = new AbortController();
    const busy = sleep(clock, action.expiresInMs - elapsed(clock, at), late.signal).then((): Done | Promise<Done> => {
      state.over = true;
      return state.begun ? editing : { outcome: 'busyTimeout' };
    });
    const done = await Promise.race([editing, busy]);
    late.abort();
    return done;
  }

  #edit(action: OrderAction, at: Instant, operations: FrontOperations, orderId: string): Promise<Done> {
    return editOrder(action, {
      operations,
      orderId,
      unbroken: () => action.place === 'order' || this.#unbroken(action),
      expired: () => elapsed(this.#options.clock, at) >= action.expiresInMs,
      authorize: () => this.#authorize(action.id, orderId),
    });
  }

  /** The daemon may have taken another guest's code for one of this order: the word of the other's screen was still on its way. */
  #unbroken({ orderId, screenSeq = -1 }: OrderAction): boolean {
    return orderId === this.#open.order && screenSeq >= this.#open.since && screenSeq <= this.#seq;
  }

  async #authorize(id: string, orderId: string): Promise<AuthorizeAnswer> {
    return ((await this.session.ask('authorize', { id, orderId }, 5000, false)) as AuthorizeAnswer | undefined) ?? { done: false, reason: 'noAnswer' };
  }

  #finish(action: WireAction, done: Done): void {
    this.#memory.end(action.id, done);
    this.done.push({ id: action.id, kind: action.kind, done });
    if (this.done.length > 1000) this.done.shift();
    this.outbox.put(action.id, done);
  }

  async #send(id: string, done: Done): Promise<boolean> {
    if (this.session.current === undefined) return false;
    const answer = (await this.session.ask('result', { id, ...done }, 3000, false)) as ResultAnswer | undefined;
    if (answer?.message !== undefined) this.#show(answer.message);
    return answer !== undefined;
  }

  /** A read that iikoFront could make nothing of. Never throws: five exceptions an hour, and the plugin is off. */
  async #ask(read: { readonly kind: 'barcode' | 'card'; readonly raw: string; readonly tracks?: object }, event?: ScanEvent): Promise<boolean> {
    const { current } = this.session;
    if (current?.scans !== true) return false;
    const { clock } = this.#options;
    const at = instant(clock);
    const screen = this.#screen();
    const orderId = event?.order.id ?? screen.orderId;
    const waitMs = Math.min(current.scanWaitMs, HANDLER_MS - 500);
    const answer = (await this.session.ask('scan', { scan: randomUUID(), ...read, screen, waitMs, ...(orderId === undefined ? {} : { orderId }) }, Math.min(waitMs + 500, HANDLER_MS), false)) as ScanAnswer | undefined;
    if (answer?.message !== undefined) this.#show(answer.message);
    const action = answer?.action;
    if (action !== undefined && event !== undefined && action.kind !== 'message') {
      if (this.#memory.begin(action.id) === 'new') this.#finish(action, await this.#edit(action, at, event.operations, event.order.id));
    } else if (action !== undefined) this.#take(action);
    return answer?.handled === true;
  }

  /** What a waiter's terminal wrote to an order. */
  #watch(order: OrderView): void {
    const key = this.session.current?.watchKey;
    const raw = key === undefined ? undefined : order.externalData.get(key)?.value;
    if (raw === undefined || raw === '' || order.status !== 'New') return;
    const once = `${order.id} ${raw}`;
    if (this.#seen.has(once)) return;
    this.#seen.add(once);
    for (const oldest of this.#seen) if (this.#seen.size > MAX_SEEN) this.#seen.delete(oldest);
    const body = { scan: randomUUID(), kind: 'externalData', raw, orderId: order.id, waitMs: 0 };
    void this.session.ask('scan', body, 3000, false).then((answer) => {
      const { action, message } = (answer ?? {}) as Partial<ScanAnswer>;
      if (message !== undefined) this.#show(message);
      if (action !== undefined) this.#take(action);
    });
  }

  #show({ level, text }: MessageText): void {
    this.#context.addMessage(level === 'info' ? 'notification' : level, text);
  }

  #tellScreen(): void {
    this.#screens.tell(this.#screen());
  }

  #screen(): WireScreenState {
    const screen = this.#context.screen();
    return screenState(screen, this.#seq, (order) => (orderOn(screen) === order ? this.#context.operations.getOrderById(order).number : undefined));
  }

  #hello(): object {
    const { terminalId, terminalName, appVersion, api } = this.#context;
    const { pluginVersion = '1.0.0', takeOver = false } = this.#options;
    return { wire: 1, instance: this.instance, terminalId, terminalName, appVersion, apiVersion: api, pluginVersion, actions: ACTION_KINDS, paymentEdit: api !== 'V8', takeOver, screen: this.#screen() };
  }
}
