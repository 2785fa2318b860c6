import { randomInt } from 'node:crypto';
import {
  asTillbridgeError,
  createIds,
  healthOf,
  isoTime,
  Pipeline,
  type Clock,
  type Counters,
  type Health,
  type JournalRow,
  type Language,
  type PartState,
  type Translator,
} from '@tillbridge/core';
import { CertificatePinFile, openCards, openJournal, ReceiptOutbox, SpentCodeFile, type CardTable, type SqliteJournal, type StateFolder } from '@tillbridge/store';
import type { DeviceProfile } from '@tillbridge/readers/profiles';
import { DeliveryBoard } from '../client-adapter/index.js';
import { changesOf, diffConfig, same, type Config, type ConfigDiff, type LoadedConfig } from '../config/index.js';
import { ReceiptService } from '../receipts/receipt-service.js';
import { refuseDoubleCredit, ReportTargets } from '../receipts/targets.js';
import { receiptsView } from '../receipts/receipts-view.js';
import { StationServices } from '../stations/services.js';
import { reportDurably } from '../control/calls-deliveries.js';
import { stateView } from '../control/part-view.js';
import { platformView } from './translators/platform-view.js';
import type { ClosableLog } from '../log/logger.js';
import { logScans } from '../log/scan-log.js';
import { productVersion } from '../version.js';
import { EventHub, publishPipeline } from '../events/index.js';
import { describeFor, FlightRecorder, tapAdapter, tapPipeline, tapReader } from '../flight/index.js';
import { PhoneService } from '../phones/phone-service.js';
import { shopOf } from '../phones/shop.js';
import { phonesView } from '../phones/status-view.js';
import { giveWay, RightOfWay } from './right-of-way.js';
import { sinceOf, type RowsQuery } from './rows-query.js';
import { AgentPorts } from './agent-ports.js';
import { buildRules, translatorId, type BuiltReader, type LivePorts, type PartContext, type PartFactory } from './parts.js';
import { createScannerSupport } from './scanner-support.js';
import { KeyboardTurn } from './tills/keyboard.js';
import { OnecPorts } from './tills/onec-ports.js';
import { Platforms } from './translators/platforms.js';
import { PluginDesk } from './plugins/plugin-desk.js';
import { adapterName, pluginTranslatorView } from './plugins/plugin-view.js';
import { SyncDesk } from './translators/sync-desk.js';
import { translatorViews, type TranslatorView } from './translators/translators-view.js';
import { syncView } from './translators/sync-view.js';

/** What may still be under way when the daemon stops has this long to end, in ms; after it the rest is taken back. */
const STOP_MS = 3500;
/** The same for a till that a reload replaces or removes. */
const REPLACE_MS = 2000;

/** Readers that know their devices by profiles: other profiles, other readers. */
const SCANNERS: readonly string[] = ['serial', 'hid', 'keyboard'];

export interface DaemonOptions {
  readonly config: Config;
  /** Reads the configuration again, its mistakes in this language. @throws {TillbridgeError} area CONFIG */
  readonly loadConfig: (language: Language) => LoadedConfig;
  readonly configPath: string;
  /** Device profiles of the user. */
  readonly profiles?: readonly DeviceProfile[];
  readonly state: StateFolder;
  readonly clock: Clock;
  readonly log: ClosableLog;
  readonly parts: PartFactory;
  /** See {@link PartContext.translators}. */
  readonly translators?: ReadonlyMap<string, Translator>;
}

/** What a reload did. */
export interface Reloaded {
  readonly changed: readonly string[];
  /** Keys whose change takes effect after a restart. */
  readonly restartNeeded: readonly string[];
}

/** The daemon: composes the configured parts around one pipeline, and changes them when the configuration does. */
export class Daemon {
  readonly pipeline: Pipeline;
  /** What happens, for whoever subscribes. */
  readonly hub: EventHub;
  /** Who goes first when there is much to do. */
  readonly way: RightOfWay;
  /** Numbers that wait for cashier software. */
  readonly board = new DeliveryBoard();
  /** Tills that answer their stations themselves. */
  readonly services = new StationServices();
  /** Closed sales, for the loyalty platform. */
  readonly receipts: ReceiptService;
  readonly #targets: ReportTargets;
  /** Phones as scanners. */
  readonly phones: PhoneService;
  /** Where they are kept. */
  readonly outbox: ReceiptOutbox;
  /** The loyalty platforms that are asked. */
  readonly platforms: Platforms;
  /** What fetches cards and keys by itself. */
  readonly #sync: SyncDesk;
  readonly #spent: SpentCodeFile;
  /** Parts that are packages of somebody else's. */
  readonly #plugins: PluginDesk;
  readonly clock: Clock;
  /** Writes down what happens, while somebody wants it. */
  readonly recorder: FlightRecorder;
  #endTaps: (() => void) | undefined;
  readonly #options: DaemonOptions;
  /** The agent of the cashier's session. */
  readonly #agents: AgentPorts;
  readonly #journal: SqliteJournal;
  readonly #cards: CardTable;
  #context: PartContext;
  #profiles: readonly DeviceProfile[];
  readonly #started: number;
  readonly #stopRequested = new AbortController();
  #closed: Promise<void> | undefined;
  #config: Config;
  #reloading: Promise<unknown> = Promise.resolve();
  #onReload: ReloadListener | undefined;
  #api: ServedApi = { state: () => undefined, goodsAreRead: () => true };

  private constructor(options: DaemonOptions, journal: SqliteJournal, cards: CardTable, spent: SpentCodeFile) {
    const { clock, log, config } = options;
    this.#options = options;
    this.clock = clock;
    this.recorder = new FlightRecorder(clock);
    this.outbox = new ReceiptOutbox({ folder: options.state, clock });
    const random = (): number => randomInt(2 ** 32) / 2 ** 32;
    this.receipts = new ReceiptService({ folder: options.state, outbox: this.outbox, clock, log, random });
    this.#targets = new ReportTargets({ clock, log, random });
    this.platforms = new Platforms({ clock, log, state: options.state });
    this.#sync = new SyncDesk({ clock, log, state: options.state, cards });
    this.#spent = spent;
    this.#plugins = new PluginDesk({ clock, log, random });
    this.#journal = journal;
    this.#cards = cards;
    this.#config = config;
    this.#started = clock.wall();
    this.way = new RightOfWay(clock);
    this.hub = new EventHub({ clock, log, version: productVersion(), turn: (go) => this.way.after(go) });
    this.#profiles = options.profiles ?? [];
    const scanners = createScannerSupport({ clock, log }, this.#profiles);
    const pins = new CertificatePinFile(options.state);
    const keepReceipt: PartContext['keepReceipt'] = (receipt) => this.receipts.keep(receipt);
    const live: LivePorts = {
      report: (id, owner, ended) => reportDurably(this, id, owner, ended),
      readerOf: (till) => this.#config.readers.find((reader) => reader.type === 'till' && reader.till === till)?.id,
      inject: (injection) => this.pipeline.inject(injection),
    };
    this.phones = new PhoneService({ folder: options.state, clock, log });
    const phones: PartContext['phones'] = { service: this.phones, shop: (reader) => shopOf(this.#config, reader) };
    this.#agents = new AgentPorts({ clock, log, version: productVersion(), state: options.state });
    this.#context = { phones, plugins: this.#plugins, agents: this.#agents, live, recorder: this.recorder, clock, log, cards, pins, keepReceipt, hub: this.hub, board: this.board, services: this.services, keyboardTurn: new KeyboardTurn(), platforms: this.platforms, rotating: this.#sync, onec: new OnecPorts({ clock, log, version: productVersion() }), statePath: options.state.path, scanners, ...(options.translators === undefined ? {} : { translators: options.translators }) };
    this.pipeline = new Pipeline({ clock, journal, log, newId: createIds(clock, random), spent: this.#spent });
    const isClient = (till: string): boolean => this.#config.tills.some(({ id, adapter }) => id === till && adapter === 'client');
    logScans(this.pipeline, log);
    giveWay(this.pipeline, this.way, isClient);
    publishPipeline(this.pipeline, this.hub, clock, { servesGoods: isClient, goodsAreRead: () => this.#api.goodsAreRead() });
    this.pipeline.on('outcome', ({ till, outcome, reason }) => this.#agents.say(till, outcome, reason ?? ''));
  }

  /** Resolves when every configured part is up or retrying on its own. */
  static async start(options: DaemonOptions): Promise<Daemon> {
    const { state, clock, log, config } = options;
    // before anything is opened that would have to be closed: a damaged key ends the start here
    const spent = new SpentCodeFile({ folder: state, clock });
    const journal = await openJournal({ folder: state, clock, log, keepDays: config.journal.keepDays });
    const cards = openCards({ file: state.file('cards.db') });
    const daemon = new Daemon(options, journal, cards, spent);
    try {
      await daemon.#open();
    } catch (error) {
      await daemon.close();
      throw error;
    }
    return daemon;
  }

  async #open(): Promise<void> {
    const config = this.#config;
    await this.#takeRules(config);
    // before the first scan: it may be of a sale that is reported
    await this.#reportReceipts(config);
    await Promise.all(config.tills.map((till) => this.#addTill(till)));
    refuseDoubleCredit(config, this.pipeline.tills().map(({ adapter }) => adapter));
    // before the readers: the new process owes nothing until the last one's debts are settled
    await this.pipeline.recover();
    // made side by side, for each loads what it needs; added in their order, since the first is whose a scan is that names none
    const made = await Promise.all(config.readers.map((reader) => this.#options.parts.reader(reader, this.#context)));
    await Promise.all(made.map((reader) => this.#openReader(reader)));
  }

  /** Begins a recording; false while one is being made. */
  startRecording(): boolean {
    if (this.recorder.on) return false;
    this.#endTaps?.();
    this.recorder.start(describeFor(this.#config, this.pipeline, this.clock.wall()));
    this.#endTaps = tapPipeline(this.pipeline, this.recorder);
    return true;
  }

  stopRecording(): void {
    this.recorder.stop();
    this.#endTaps?.();
    this.#endTaps = undefined;
  }

  /** Path of the configuration file. */
  get configPath(): string {
    return this.#options.configPath;
  }

  /** Aborts when somebody asked the daemon to stop. */
  get stopRequested(): AbortSignal {
    return this.#stopRequested.signal;
  }

  requestStop(): void {
    this.#stopRequested.abort();
  }

  /** Finishes what is in flight within 5 s and closes everything. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#reloading.catch(() => undefined);
    // a report that is cut off is repeated with its key: the time is for those who stand at the till
    await Promise.all([this.pipeline.close(STOP_MS), this.receipts.stop()]);
    await Promise.all([this.platforms.close(), this.receipts.close(), this.#sync.close(), this.#plugins.close(), this.#spent.close()]);
    this.hub.close();
    await Promise.all([this.phones.close(), this.outbox.close(), this.#journal.close(), this.#agents.close()]);
    this.#cards.close();
  }

  /** Whoever runs beside the pipeline takes over its part of a changed configuration here. Called before anything else is changed. */
  onReload(listener: ReloadListener): void {
    this.#onReload = listener;
  }

  /** Whoever serves the API says here how it is doing, and whether anybody may read goods: where nobody may, they are not kept for those who come back. */
  showApi(api: ServedApi): void {
    this.#api = api;
  }

  /** Applies what changed in the configuration; an invalid one changes nothing. */
  reload(language: Language): Promise<Reloaded> {
    const next = this.#reloading.catch(() => undefined).then(() => this.#reload(language));
    this.#reloading = next;
    return next;
  }

  async #reload(language: Language): Promise<Reloaded> {
    if (this.stopRequested.aborted) return { changed: [], restartNeeded: [] };
    const { config, profiles } = this.#options.loadConfig(language);
    // whoever asks for a reload wants what was given up to be tried again
    this.#plugins.retry();
    const diff = diffConfig(this.#config, config, same(this.#profiles, profiles) ? [] : SCANNERS);
    const restartNeeded = [
      ...diff.restartNeeded,
      ...(diff.journalChanged ? ['journal'] : []),
      ...(config.log.file === this.#config.log.file ? [] : ['log.file']),
    ];
    // what cannot be made is known before anything is changed
    if (diff.pipelineChanged || diff.syncChanged) await this.platforms.prepare(config, translatorId);
    const changed = [...((await this.#onReload?.(config, diff)) ?? []), ...changesOf(diff)];
    this.#config = config;
    if (!same(this.#profiles, profiles)) {
      this.#profiles = profiles;
      this.#context = { ...this.#context, scanners: createScannerSupport(this.#options, profiles) };
    }
    if (diff.logChanged) this.#options.log.setLevel(config.log.level);
    for (const id of [...diff.readers.remove, ...diff.readers.change]) await this.pipeline.removeReader(id);
    for (const id of [...diff.tills.remove, ...diff.tills.change]) await this.pipeline.removeTill(id, REPLACE_MS);
    for (const till of config.tills) if (diff.tills.add.includes(till.id) || diff.tills.change.includes(till.id)) await this.#addTill(till);
    if (diff.pipelineChanged || diff.syncChanged) await this.#takeRules(config);
    await this.#reportReceipts(config);
    for (const reader of config.readers) {
      if (diff.readers.add.includes(reader.id) || diff.readers.change.includes(reader.id)) await this.#addReader(reader);
    }
    this.phones.current?.changed();
    this.#options.log.info('the configuration was reloaded', { changed, restartNeeded });
    return { changed, restartNeeded };
  }

  /** @throws {TillbridgeError} area TRANSLATE; the rules before stay then */
  async #takeRules(config: Config): Promise<void> {
    await this.platforms.prepare(config, translatorId);
    await this.#sync.prepare(config, translatorId);
    await this.#plugins.prepare(config, translatorId);
    this.pipeline.setRules(buildRules(config, this.#context));
    await this.platforms.settle();
    await this.#plugins.settle();
    await this.#sync.settle(config, translatorId);
  }

  async #reportReceipts(config: Config): Promise<void> {
    const choice = config.receipts.mode === 'report' ? await this.#targets.of(config) : undefined;
    await this.receipts.report(choice?.targets, this.pipeline, choice?.problems);
  }

  async #addTill(config: Config['tills'][number]): Promise<void> {
    const { log, parts } = this.#options;
    const { adapter, options } = await parts.till(config, this.#context);
    await this.pipeline.addTill(tapAdapter(adapter, this.recorder, this.clock), options).catch((error: unknown) => {
      log.error('a till could not be opened', { till: config.id, error: asTillbridgeError(error, 'TB_API_INTERNAL') });
    });
  }

  async #addReader(config: Config['readers'][number]): Promise<void> {
    await this.#openReader(await this.#options.parts.reader(config, this.#context));
  }

  async #openReader({ reader, settings }: BuiltReader): Promise<void> {
    await this.pipeline.addReader(tapReader(reader, this.recorder), settings).catch((error: unknown) => {
      this.#options.log.error('a reader could not be opened', { reader: reader.id, error: asTillbridgeError(error, 'TB_API_INTERNAL') });
    });
  }

  // --- views

  readers(language: Language): readonly Record<string, unknown>[] {
    return this.pipeline.readers().map(({ reader, counters }) => ({ id: reader.id, type: reader.kind, ...stateView(reader.state, language), counters }));
  }

  tills(language: Language): readonly Record<string, unknown>[] {
    return this.pipeline.tills().map(({ adapter, counters, underWay }) => ({
      id: adapter.id,
      adapter: adapterName(this.#config, adapter.id),
      ...stateView(adapter.state, language),
      goods: adapter.capabilities.goods,
      underWay,
      counters,
    }));
  }

  translators(language: Language): readonly TranslatorView[] {
    const views = translatorViews(this.#config, this.platforms.views(), language);
    return views.map((view) => pluginTranslatorView(view, this.#plugins.all(), language));
  }

  health(language: Language): { readonly status: Health; readonly parts: readonly Record<string, unknown>[] } {
    const readers = this.pipeline.readers().map(({ reader }) => ({ part: 'reader', id: reader.id, state: reader.state }));
    const tills = this.pipeline.tills().map(({ adapter }) => ({ part: 'till', id: adapter.id, state: adapter.state }));
    const translators = this.#plugins.states().map(({ id, state }) => ({ part: 'translator', id, state }));
    const jobs = this.#sync.states().map(({ id, state }) => ({ part: 'sync', id, state }));
    const { state } = this.receipts;
    const all = [...readers, ...tills, ...this.#ownParts(), ...translators, ...jobs, ...(state === undefined ? [] : [{ part: 'receipts', id: 'report', state }])];
    const worst = all.map(({ state }) => healthOf(state));
    const status = worst.includes('down') ? 'down' : worst.includes('degraded') ? 'degraded' : 'healthy';
    return { status, parts: all.map(({ part, id, state }) => ({ part, id, ...stateView(state, language) })) };
  }

  /** The agent of the cashier's session, where something goes through it, and the process of the API. */
  #ownParts(): readonly { readonly part: string; readonly id: string; readonly state: PartState }[] {
    const parts = [{ part: 'agent', id: 'session', state: this.#agents.state }, { part: 'api', id: 'http', state: this.#api.state() }];
    return parts.flatMap(({ state, ...part }) => (state === undefined ? [] : [{ ...part, state }]));
  }

  status(language: Language): Record<string, unknown> {
    return {
      pid: process.pid,
      version: productVersion(),
      started: isoTime(this.#started),
      config: this.#options.configPath,
      state: this.#options.state.path,
      health: this.health(language).status,
      readers: this.readers(language),
      tills: this.tills(language),
      ...Object.fromEntries(this.#ownParts().map(({ part, state }) => [part === 'api' ? 'apiProcess' : part, stateView(state, language)])),
      platforms: this.platforms.views().map(platformView),
      sync: this.#sync.statuses().map((status) => syncView(status, language)),
      phones: phonesView(this.phones.current?.view()),
      receipts: receiptsView(this.receipts, language),
    };
  }

  /** Rows of the journal, oldest first. @throws {TillbridgeError} `TB_API_BAD_REQUEST` */
  journalRows({ since, outcome, limit = 100 }: RowsQuery): readonly JournalRow[] {
    const from = since === undefined ? {} : sinceOf(since, this.clock.wall());
    return this.#journal.rows({ limit, ...(outcome === undefined ? {} : { outcome }), ...from });
  }
}

/** Gives what it changed, for the answer. @throws {TillbridgeError} when it cannot: then nothing is changed */
export type ReloadListener = (config: Config, diff: ConfigDiff) => Promise<readonly string[]>;

export interface ServedApi {
  /** Of its process; undefined: there is none. */
  readonly state: () => PartState | undefined;
  readonly goodsAreRead: () => boolean;
}

export type { Counters };
