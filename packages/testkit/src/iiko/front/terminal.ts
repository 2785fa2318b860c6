import { elapsed, instant, type Clock } from '@tillbridge/core';
import type { FrontApiLevel } from './books.js';
import { DeviceClassifier, type ClassifierOptions } from './device-classifier.js';
import { FrontError } from './front-error.js';
import { FrontOperations } from './operations.js';
import type { OrderView } from './orders.js';
import type { CurrentOrderEdit, FrontPluginContext, MakePlugin, MessageLevel } from './plugin.js';
import { PluginHost } from './plugin-host.js';
import { dealWithRead, type FrontRead } from './reads.js';
import type { FrontRestaurant } from './restaurant.js';
import { orderOn, type FrontScreen } from './screens.js';
import { PLAIN, type Wrapping } from './wrapping.js';

export interface TerminalOptions extends ClassifierOptions {
  readonly clock: Clock;
  readonly restaurant: FrontRestaurant;
  readonly id: string;
  readonly name?: string;
  readonly api?: FrontApiLevel;
  /** A handler may keep the cashier waiting for this long, in ms; longer ones are counted. Default 3000. */
  readonly handlerBudgetMs?: number;
}

export interface ShownLine {
  readonly level: MessageLevel;
  readonly text: string;
}

const MAX_LINES = 1000;
/** Versions of the product that go with the API levels. */
const APP_VERSIONS: Readonly<Record<FrontApiLevel, string>> = { V8: '8.9.7032.0', V9: '9.5.6059.0', V10: '9.6.6034.0' };

/** One till with iikoFront: a screen, readers, plugins. */
export class FrontTerminal {
  readonly id: string;
  readonly name: string;
  readonly api: FrontApiLevel;
  readonly restaurant: FrontRestaurant;
  readonly devices: DeviceClassifier;
  /** What the cashier has read on the screen; the newest thousand. */
  readonly lines: ShownLine[] = [];
  /** `readerDevices.log`, the lines that tell how a read was taken; the newest thousand. Holds codes in clear, as the real one does. */
  readonly deviceLog: string[] = [];
  /** How data reach plugins. */
  wrapping: Wrapping = PLAIN;
  /** Handlers that kept the cashier waiting for too long. */
  overruns = 0;
  readonly #clock: Clock;
  readonly #budgetMs: number;
  readonly #plugins: PluginHost[] = [];
  readonly #screenWatchers = new Set<(screen: FrontScreen) => void>();
  readonly #waiting = new Set<() => void>();
  #screen: FrontScreen = { kind: 'lock' };
  #busy = false;
  #editing = false;
  #lastRead: Promise<unknown> = Promise.resolve();

  constructor({ clock, restaurant, id, name = id, api = 'V9', handlerBudgetMs = 3000, ...classifier }: TerminalOptions) {
    this.id = id;
    this.name = name;
    this.api = api;
    this.restaurant = restaurant;
    this.devices = new DeviceClassifier(classifier);
    this.#clock = clock;
    this.#budgetMs = handlerBudgetMs;
  }

  get screen(): FrontScreen {
    return this.#screen;
  }

  /** A plugin holds the screen with its progress bar. */
  get editing(): boolean {
    return this.#editing;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get plugins(): readonly PluginHost[] {
    return this.#plugins;
  }

  /** Something of iikoFront is going on: edits of plugins wait. */
  setBusy(busy: boolean): void {
    this.#busy = busy;
    this.#wake();
  }

  /**
   * The cashier goes to another screen, as soon as what was read before has been dealt with and no plugin holds this one. False when another
   * terminal has that order.
   */
  async show(screen: FrontScreen): Promise<boolean> {
    await this.#lastRead;
    while (this.#editing) await this.#change();
    const order = orderOn(screen);
    const holder = order === undefined ? undefined : this.restaurant.holder(order);
    if (holder !== undefined && holder !== this.id) return false;
    this.#screen = screen;
    this.restaurant.shows(this.id, order);
    for (const watcher of [...this.#screenWatchers]) watcher(screen);
    this.#wake();
    return true;
  }

  /** A reader of this till reads. Reads are dealt with one after the other. */
  read(reader: string, data: string): Promise<FrontRead> {
    const work = this.#lastRead.then(() => dealWithRead(this, reader, data));
    this.#lastRead = work;
    return work;
  }

  /** Loads a plugin, as at the start of iikoFront. */
  load(make: MakePlugin, options: { readonly restartOnCrash?: boolean } = { restartOnCrash: true }): PluginHost {
    const host = new PluginHost({ clock: this.#clock, make, context: (unhandled) => this.#contextOf(unhandled), ...options });
    this.#plugins.push(host);
    return host;
  }

  /** Unloads every plugin. */
  async close(): Promise<void> {
    await Promise.all(this.#plugins.splice(0).map((plugin) => plugin.stop()));
  }

  /** The service that may edit one order on the screen, for as long as `valid`. */
  localOperations(order: string, valid: () => boolean): FrontOperations {
    return new FrontOperations({ restaurant: this.restaurant, terminal: this.id, api: this.api, local: order, valid });
  }

  addLine(level: MessageLevel, text: string): void {
    this.lines.push({ level, text: text.slice(0, 500) });
    if (this.lines.length > MAX_LINES) this.lines.shift();
  }

  logDevice(line: string): void {
    this.deviceLog.push(line);
    if (this.deviceLog.length > MAX_LINES) this.deviceLog.shift();
  }

  /** Holds the screen while a plugin works with the order on it. */
  async hold<T>(work: (valid: () => boolean) => T | Promise<T>): Promise<T> {
    while (this.#editing) await this.#change();
    this.#editing = true;
    const state = { over: false };
    try {
      return await work(() => !state.over);
    } finally {
      state.over = true;
      this.#editing = false;
      this.#wake();
    }
  }

  /** The same for a scan handler: the time is counted. */
  async handle<T>(work: (valid: () => boolean) => T | Promise<T>): Promise<T> {
    const since = instant(this.#clock);
    try {
      return await this.hold(work);
    } finally {
      if (elapsed(this.#clock, since) > this.#budgetMs) this.overruns += 1;
    }
  }

  async #tryEdit(kind: 'orderEdit' | 'payment', work: (edit: CurrentOrderEdit) => void | Promise<void>): Promise<void> {
    const screen = this.#screen;
    if (kind === 'payment' && this.api === 'V8') throw new FrontError('MissingMethodException', 'TryEditCurrentPaymentScreen');
    if ((screen.kind !== 'orderEdit' && screen.kind !== 'payment') || screen.kind !== kind) throw new FrontError('NotSupportedException', 'The current screen is another one');
    while (this.#busy || this.#editing) {
      await this.#change();
      if (this.#screen !== screen) throw new FrontError('OperationCanceledException', 'The screen was left');
    }
    await this.hold((valid) => {
      const operations = this.localOperations(screen.order, valid);
      return work({ order: operations.getOrderById(screen.order), operations });
    });
  }

  #contextOf(unhandled: (error: unknown) => void): { readonly context: FrontPluginContext; readonly release: () => void } {
    const ends = new Set<() => void>();
    const watch = <T>(set: Set<(value: T) => void>, watcher: (value: T) => void): (() => void) => {
      const guarded = (value: T): void => {
        try {
          watcher(value);
        } catch (error) {
          unhandled(error);
        }
      };
      set.add(guarded);
      const end = (): void => void set.delete(guarded);
      ends.add(end);
      return end;
    };
    const orders = new Set<(order: OrderView) => void>();
    ends.add(this.restaurant.onOrderChanged((order) => [...orders].forEach((watcher) => watcher(order))));
    const dead = { yes: false };
    const living = (work: (edit: CurrentOrderEdit) => void | Promise<void>) => (edit: CurrentOrderEdit): void | Promise<void> => {
      if (!dead.yes) return work(edit);
      throw new FrontError('OperationCanceledException', 'The plugin is gone');
    };
    const context: FrontPluginContext = {
      ...{ terminalId: this.id, terminalName: this.name, appVersion: APP_VERSIONS[this.api], api: this.api },
      operations: new FrontOperations({ restaurant: this.restaurant, terminal: this.id, api: this.api, valid: () => true }),
      tryEditCurrentOrder: (work) => this.#tryEdit('orderEdit', living(work)),
      tryEditCurrentPaymentScreen: (work) => this.#tryEdit('payment', living(work)),
      screen: () => this.#screen,
      onScreenChanged: (watcher) => watch(this.#screenWatchers, watcher),
      onOrderChanged: (watcher) => watch(orders, watcher),
      addMessage: (level, text) => this.addLine(level, text),
      unhandled,
    };
    const release = (): void => {
      dead.yes = true;
      for (const end of ends) end();
    };
    return { context, release };
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const woken = (): void => {
        this.#waiting.delete(woken);
        resolve();
      };
      this.#waiting.add(woken);
    });
  }

  #wake(): void {
    for (const waiter of [...this.#waiting]) waiter();
  }
}
