import { TillbridgeError, type Clock } from '@tillbridge/core';
import { CardCatalogue, NativeLibrary, OnecClient, OnecError, Sales, SimulatedOData, StockDriver, type DriverProfile, type ExternalEvent } from '@tillbridge/testkit/1c';
import type { HostPort } from '../../config/host-port.js';
import type { ControlRoute } from './control-server.js';
import { onecBodies } from './onec-bodies.js';
import { driverFile, type DriverFile } from './onec-driver-file.js';
import { bodyAs, wrong } from './rkeeper-bodies.js';
import { keepReading } from './rkeeper-port.js';

export interface OnecSimulatorOptions {
  /** ZIP or library of the driver; default that of the installed adapter. */
  readonly driver?: string;
  /** The daemon's port for drivers. */
  readonly connect: HostPort;
  readonly token: string;
  readonly profile: DriverProfile;
  readonly extension: boolean;
  /** A port that the stock driver reads instead. */
  readonly port?: string;
  /** 13, 10 or 3338, as in the stock driver's settings. */
  readonly suffix: number;
}

/** Events that are remembered for `GET /events`. */
const EVENT_LINES = 500;

/** A workplace of 1C: the driver in its client, the cashier's forms, the stock driver on a port, the OData interface. */
export class OnecSimulator {
  readonly #options: OnecSimulatorOptions;
  readonly #client: OnecClient;
  readonly #library: NativeLibrary;
  readonly #odata: SimulatedOData;
  readonly #file: DriverFile;
  readonly #stopPort: () => void;
  readonly #events: ExternalEvent[] = [];

  private constructor(options: OnecSimulatorOptions, parts: { readonly client: OnecClient; readonly library: NativeLibrary; readonly odata: SimulatedOData; readonly file: DriverFile }, clock: Clock) {
    this.#options = options;
    this.#client = parts.client;
    this.#library = parts.library;
    this.#odata = parts.odata;
    this.#file = parts.file;
    this.#client.onEvent((event) => this.#note(event));
    const stock = new StockDriver(clock, (data) => this.#stockEvent(data), { Suffix: options.suffix });
    this.#stopPort = options.port === undefined ? () => undefined : keepReading(options.port, stock, clock);
  }

  /** @throws {TillbridgeError} `TB_CONFIG_USAGE`, `TB_NATIVE_MISSING` */
  static async start(options: OnecSimulatorOptions, clock: Clock): Promise<OnecSimulator> {
    const file = driverFile(options.driver);
    try {
      const library = await NativeLibrary.load(file.path);
      const sales = new Sales({ catalogue: new CardCatalogue() });
      const client = await OnecClient.start({ clock, library, sales, profile: options.profile, extension: options.extension }, file.progId);
      const odata = await SimulatedOData.start({ clock, catalogue: sales.catalogue });
      const simulator = new OnecSimulator(options, { client, library, odata, file }, clock);
      if (options.port === undefined) await simulator.#connect();
      return simulator;
    } catch (error) {
      file.remove();
      if (error instanceof TillbridgeError) throw error;
      throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `--driver: ${error instanceof Error ? error.message : String(error)}` });
    }
  }

  /** The published interface, for `odata.url` of a till; user `odata`, password `secret`. */
  get odataUrl(): string {
    return this.#odata.url;
  }

  /** The control API. */
  get routes(): readonly ControlRoute[] {
    const { sales } = this.#client;
    return [
      { method: 'GET', path: '/state', handle: () => this.state() },
      { method: 'GET', path: '/events', handle: () => ({ events: this.#events }) },
      { method: 'GET', path: '/driver', handle: () => this.#describe() },
      { method: 'POST', path: '/connect', handle: () => this.#connect() },
      { method: 'POST', path: '/disconnect', handle: () => this.#disconnect() },
      { method: 'POST', path: '/test', handle: () => this.#client.driver.test(this.#settings()) },
      { method: 'POST', path: '/form', handle: (body) => this.#form(bodyAs(onecBodies.form, body).form) },
      { method: 'POST', path: '/receipt', handle: () => (sales.nextReceipt(), this.state()) },
      { method: 'PUT', path: '/workplace', handle: (body) => this.#workplace(body) },
      { method: 'PUT', path: '/cards', handle: (body) => this.#putCard(body) },
      { method: 'DELETE', path: '/cards', handle: (body) => this.#removeCard(bodyAs(onecBodies.cardName, body).barcode) },
      { method: 'PUT', path: '/odata', handle: (body) => Object.assign(this.#odata.faults, bodyAs(onecBodies.odata, body)) },
    ];
  }

  state(): Record<string, unknown> {
    const { sales, queue, devices, dropped, refusedCalls, busy, full, extensionSays } = this.#client;
    return {
      devices,
      form: sales.form,
      inputAvailable: sales.inputAvailable,
      ...{ busy, full, queued: queue.length, queueDepth: queue.depth, refusedCalls, dropped, vanished: sales.vanished, extension: extensionSays },
      receipt: { products: sales.receipt.products, card: sales.receipt.card ?? null },
      receipts: sales.receipts.length,
      messages: sales.messages.slice(-20),
      cards: sales.catalogue.cards.length,
      memory: this.#library.tables.memory,
      odata: { url: this.odataUrl, asked: this.#odata.asked, ...this.#odata.faults },
    };
  }

  async close(): Promise<void> {
    this.#stopPort();
    await this.#client.close();
    await this.#odata.close();
    this.#file.remove();
  }

  #settings(): Record<string, string | number> {
    const { connect, token } = this.#options;
    return { Host: connect.host, Port: connect.port, Token: token };
  }

  async #connect(): Promise<Record<string, unknown>> {
    if (this.#client.devices.length > 0) throw wrong('the equipment is connected already');
    await this.#client.connect(this.#settings()).catch(refused);
    return this.state();
  }

  async #disconnect(): Promise<Record<string, unknown>> {
    for (const id of this.#client.devices) await this.#client.disconnect(id).catch(refused);
    return this.state();
  }

  async #describe(): Promise<Record<string, unknown>> {
    const { driver } = this.#client;
    return { revision: await driver.revision(), description: await driver.description(), parameters: await driver.parameters() };
  }

  #form(form: 'product' | 'card'): Record<string, unknown> {
    this.#client.sales.closeForm();
    if (form === 'card') this.#client.sales.openCardForm();
    return this.state();
  }

  #workplace(body: unknown): Record<string, unknown> {
    const { busy, full, inputAvailable, extension } = bodyAs(onecBodies.workplace, body);
    if (full !== undefined) this.#client.full = full;
    if (inputAvailable !== undefined) this.#client.sales.inputAvailable = inputAvailable;
    if (extension !== undefined) this.#client.extensionSays = extension;
    if (busy !== undefined) this.#client.busy = busy;
    return this.state();
  }

  #putCard(body: unknown): Record<string, unknown> {
    const { magnetic, ...card } = bodyAs(onecBodies.card, body);
    this.#client.sales.catalogue.cards.push({ ...card, ...(magnetic === undefined ? {} : { magnetic }) });
    return { cards: this.#client.sales.catalogue.cards.length };
  }

  #removeCard(barcode: string): Record<string, unknown> {
    const { cards } = this.#client.sales.catalogue;
    const at = cards.findIndex((card) => card.barcode === barcode);
    if (at >= 0) cards.splice(at, 1);
    return { removed: at >= 0 };
  }

  #stockEvent(data: string): void {
    this.#note({ source: 'InputDevice', event: 'Штрихкод', data });
    this.#client.sales.scanData(data);
  }

  #note(event: ExternalEvent): void {
    this.#events.push(event);
    if (this.#events.length > EVENT_LINES) this.#events.shift();
  }
}

function refused(error: unknown): never {
  throw error instanceof OnecError ? wrong(error.message) : error;
}
