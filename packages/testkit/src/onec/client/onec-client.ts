import type { Clock } from '@tillbridge/core';
import type { NativeComponent } from '../native/component.js';
import type { HostSink } from '../native/host-tables.js';
import type { NativeLibrary } from '../native/library.js';
import { Sales } from '../forms/sales.js';
import { notificationOf, type Matching } from './dispatch.js';
import { Driver, OnecError, type DriverProfile, type DriverSettings } from './driver.js';
import { EventQueue, type ExternalEvent } from './event-queue.js';

/** The event of our configuration extension. */
const CARD_EVENT = 'TillbridgeCard';
/** Events that are kept for whoever looks. */
const MAX_HEARD = 200_000;

export interface OnecClientOptions {
  readonly clock: Clock;
  readonly library: NativeLibrary;
  /** Default 3.x. */
  readonly profile?: DriverProfile;
  /** Names that this configuration calls methods by. Default ru. */
  readonly names?: 'ru' | 'en';
  readonly matching?: Matching;
  /** Which call comes first; hosts differ. */
  readonly order?: 'initFirst' | 'memoryFirst';
  readonly sales?: Sales;
  /** Our configuration extension is installed. */
  readonly extension?: boolean;
  /** A server or background session: external events do not exist there. */
  readonly server?: boolean;
}

/**
 * One client process of 1C with a driver in it: attaches the add-in by the rule for ProgIDs, connects the equipment, takes external events into
 * a bounded queue and hands them to the forms on one loop, in order, when nothing is in its way.
 */
export class OnecClient {
  readonly sales: Sales;
  readonly driver: Driver;
  /** Events as they came out of the queue. */
  readonly heard: ExternalEvent[] = [];
  readonly queue: EventQueue;
  /** Errors that the driver reported through AddError. */
  readonly errors: string[] = [];
  /** Events that the equipment library dropped without a message: wrong Source, unknown name. */
  dropped = 0;
  /** Calls of ExternalEvent that returned false. */
  refusedCalls = 0;
  /** What our extension answers instead of what the catalogue says. */
  extensionSays: 'truth' | 'silence' | 'rejected' = 'truth';
  readonly #options: OnecClientOptions;
  readonly #component: NativeComponent;
  readonly #devices = new Set<string>();
  readonly #listeners = new Set<(event: ExternalEvent) => void>();
  #busy = false;
  #full = false;
  #looping = false;

  private constructor(options: OnecClientOptions, component: NativeComponent, queue: EventQueue) {
    this.#options = options;
    this.#component = component;
    this.queue = queue;
    this.sales = options.sales ?? new Sales();
    this.driver = new Driver(component, options.profile ?? '3.x', options.names ?? 'ru');
  }

  /** Attaches the add-in and creates `AddIn.X.X`. @throws {OnecError} where 1C would fail to. */
  static async start(options: OnecClientOptions, progId = 'AddIn.Tillbridge'): Promise<OnecClient> {
    const { library } = options;
    const name = progId.replace(/^AddIn\./, '').replaceAll('.', '_');
    if (!library.classes.includes(name)) throw new OnecError(`Тип не определен (AddIn.${name}.${name})`);
    const queue = new EventQueue();
    let client: OnecClient | undefined = undefined;
    const sink: HostSink = {
      addError: (_code, source, text) => client?.errors.push(`${source}: ${text}`) !== undefined,
      setEventBufferDepth: (depth) => {
        if (depth < 1) return false;
        queue.depth = depth;
        return true;
      },
      eventBufferDepth: () => queue.depth,
      externalEvent: (source, event, data) => client?.externalEvent({ source, event, data }) ?? false,
      cleanEventBuffer: () => queue.clear(),
    };
    const component = await library.create(name, sink);
    if (component === undefined) throw new OnecError(`Тип не определен (AddIn.${name}.${name})`);
    client = new OnecClient(options, component, queue);
    if (!(await component.start(options.order ?? 'memoryFirst', 'ru_RU'))) throw new OnecError('Не удалось подключить внешнюю компоненту');
    if ((await component.extensionName()) !== name) throw new OnecError(`Тип не определен (AddIn.${name}.${name})`);
    return client;
  }

  /** A modal window is open or a server call runs: events stay in the queue. */
  get busy(): boolean {
    return this.#busy;
  }

  set busy(busy: boolean) {
    this.#busy = busy;
    if (!busy) this.#loop();
  }

  /** ExternalEvent is refused, as by a full queue. */
  get full(): boolean {
    return this.#full;
  }

  set full(full: boolean) {
    this.#full = full;
  }

  get devices(): readonly string[] {
    return [...this.#devices];
  }

  async connect(settings: DriverSettings): Promise<string> {
    const id = await this.driver.connect(settings);
    this.#devices.add(id);
    return id;
  }

  /** The equipment library forgets the device first: what comes after it is dropped. */
  async disconnect(id: string): Promise<void> {
    this.#devices.delete(id);
    await this.driver.disconnect(id);
  }

  /** Ends the object as the client does: equipment off, Done, DestroyObject. */
  async close(): Promise<void> {
    for (const id of [...this.#devices]) await this.disconnect(id).catch(() => undefined);
    await this.#component.done();
    await this.#options.library.destroy(this.#component);
  }

  onEvent(listener: (event: ExternalEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** From any thread of the driver. */
  externalEvent(event: ExternalEvent): boolean {
    if (this.#options.server === true || this.#full || !this.queue.put(event)) {
      this.refusedCalls += 1;
      return false;
    }
    this.#loop();
    return true;
  }

  /** The one loop of the user interface. */
  #loop(): void {
    if (this.#looping) return;
    this.#looping = true;
    this.#options.clock.afterInput(() => {
      this.#looping = false;
      for (let event = this.#next(); event !== undefined; event = this.#next()) this.#handle(event);
    });
  }

  #next(): ExternalEvent | undefined {
    return this.#busy ? undefined : this.queue.take();
  }

  /** ОбработкаВнешнегоСобытия. */
  #handle(event: ExternalEvent): void {
    if (this.heard.length < MAX_HEARD) this.heard.push(event);
    for (const listener of this.#listeners) listener(event);
    if (this.#options.extension === true && event.event === CARD_EVENT && this.#devices.has(event.source)) {
      void this.#extension(event.data);
      return;
    }
    const notification = notificationOf(event, this.#devices, this.#options.matching ?? 'strict');
    if (notification === 'ScanData') this.sales.scanData(event.data.trim());
    else if (notification === 'TracksData') this.sales.tracksData(event.data.trim());
    else this.dropped += 1;
  }

  async #extension(data: string): Promise<void> {
    const { id, number } = JSON.parse(data) as { readonly id: string; readonly number: string };
    if (this.extensionSays === 'silence') return;
    const said = this.extensionSays === 'rejected' ? 'rejected' : this.sales.setCard(number);
    await this.driver.call('Confirm', id, said, said === 'notFound' ? 'Карта не найдена' : '');
  }
}
