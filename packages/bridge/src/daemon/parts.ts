import {
  type Adapter,
  type Clock,
  type Injected,
  type Injection,
  type LaneOptions,
  type Log,
  type Outcome,
  type Reader,
  type ReaderSettings,
  type Rules,
  type Translator,
} from '@tillbridge/core';
import { createRuleTranslator, createTableTranslator, type CardLookup } from '@tillbridge/translators';
import type { AgentPorts } from './agent-ports.js';
import { ClientAdapter, DeliveryBoard } from '../client-adapter/index.js';
import type { CertificatePins } from '@tillbridge/adapter-rkeeper';
import type { ClientConfig, Config, MobileReaderConfig, ReaderConfig, TcpReaderConfig, TillConfig, TranslatorConfig, WebhookConfig } from '../config/index.js';
import { parseHostPort, resolveRoutes } from '../config/index.js';
import { EventHub } from '../events/index.js';
import type { PhoneService } from '../phones/phone-service.js';
import type { Shop } from '../phones/shop.js';
import type { FlightRecorder } from '../flight/recorder.js';
import { tapTranslator } from '../flight/taps.js';
import type { Receipt } from '../receipts/receipt-schema.js';
import { classifierOf } from './classifier.js';
import { StationServices } from '../stations/services.js';
import { hidReader, keyboardReader, serialReader } from './scanner-parts.js';
import { createScannerSupport, type ScannerPorts, type ScannerSupport } from './scanner-support.js';
import { TillReader } from '../till-reader/till-reader.js';
import { onecTill } from './tills/1c.js';
import type { OnecPorts } from './tills/onec-ports.js';
import { iikoTill } from './tills/iiko.js';
import { keyboardTill, type KeyboardTurn } from './tills/keyboard.js';
import { rkeeperTill } from './tills/rkeeper.js';
import { pluginReader, pluginTill, readsTerminators } from './plugins/plugin-part.js';
import type { PluginDesk } from './plugins/plugin-desk.js';
import { virtualCom } from './tills/virtual-com.js';
import { leftOut, type Platforms } from './translators/platforms.js';

/** What every part gets from the daemon. */
export interface PartContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly cards: CardLookup;
  /** Absent where nothing is ever recorded. */
  readonly recorder?: FlightRecorder;
  /** Where cashier software learns what happens. */
  readonly hub: EventHub;
  /** Where numbers wait for cashier software. */
  readonly board: DeliveryBoard;
  /** The state folder, where there is one: native packages may stand in it. */
  readonly statePath?: string;
  /** What the scanners share; absent for commands that open none. */
  readonly scanners?: ScannerSupport;
  /** Where tills that answer their stations themselves say so. */
  readonly services: StationServices;
  /** The ports that drivers of 1C connect to; absent for commands that open none. */
  readonly onec?: OnecPorts;
  /** Keeps a closed sale, once by its id; absent where nothing is kept. @throws {TillbridgeError} area JOURNAL */
  readonly keepReceipt?: KeepReceipt;
  /** The certificates that servers of the store are known by. */
  readonly pins: CertificatePins;
  /** Who types now; absent for commands that only look. */
  readonly keyboardTurn?: KeyboardTurn;
  /** Phones as scanners, and what they are told of this shop; absent for commands that only look. */
  readonly phones?: { readonly service: PhoneService; readonly shop: (reader: MobileReaderConfig) => Shop };
  /** The agent of the cashier's session; absent for commands that only look. */
  readonly agents?: AgentPorts;
  /** What a till can do that takes part in the running bridge; absent for commands that only look. */
  readonly live?: LivePorts;
  /** Translators that are no configuration, by {@link translatorId}: a program that embeds the bridge brings them. */
  readonly translators?: ReadonlyMap<string, Translator>;
  /** The loyalty platforms that are asked. */
  readonly platforms?: Platforms;
  /** Parts that are packages of their own; absent for commands that only look. */
  readonly plugins?: PluginDesk;
  /** What checks rotating codes, by {@link translatorId}. */
  readonly rotating?: { readonly of: (id: string) => Translator | undefined };
}

/** The running bridge, for tills whose other side calls us. */
export interface LivePorts {
  /** Ends a delivery that `owner` has claimed; resolves when that is durable. @throws {TillbridgeError} `TB_API_CONFLICT`, `TB_API_GONE`, `TB_JOURNAL_UNAVAILABLE` */
  readonly report: (id: string, owner: string, ended: Outcome) => Promise<void>;
  /** The reader of type `till` that stands for what this till's program reads; undefined where none is configured. */
  readonly readerOf: (till: string) => string | undefined;
  readonly inject: (injection: Injection) => Injected;
}

/** Stores a receipt; resolves when it is durable. */
export type KeepReceipt = (receipt: Receipt) => Promise<'new' | 'known' | 'differs'>;

/** A context for commands that look at parts without running them: nobody ever subscribes to what happens. */
export function idleContext(ports: Pick<PartContext, 'clock' | 'log' | 'cards' | 'pins'>): PartContext {
  return { ...ports, hub: new EventHub({ ...ports, version: '' }), board: new DeliveryBoard(), services: new StationServices() };
}

export interface BuiltReader {
  readonly reader: Reader;
  readonly settings: ReaderSettings;
}

export interface BuiltTill {
  readonly adapter: Adapter;
  readonly options: LaneOptions;
}

/**
 * Makes parts of their configuration; nothing is opened yet. The code of an adapter or of a family of readers is loaded when one is configured. The demo and the simulators
 * put their own parts in here.
 */
export interface PartFactory {
  reader(config: ReaderConfig, context: PartContext): Promise<BuiltReader>;
  till(config: TillConfig, context: PartContext): Promise<BuiltTill>;
}

export const standardParts: PartFactory = {
  reader: async (config, context) => ({
    reader: await makeReader(config, context),
    settings: {
      fallbackCharset: config.fallbackCharset,
      unmatched: config.unmatched,
      // what a program hands over has no terminator any more, and HID reports and keys have none that a till would know
      withSuffix: config.type === 'till' || config.type === 'hid' || config.type === 'keyboard' || config.type === 'nfc' || config.type === 'mobile' || (config.type === 'plugin' && !readsTerminators(config)),
      ...(config.type === 'till' ? {} : { feedback: config.feedback }),
    },
  }),
  till: async (config, context) => ({
    adapter: await makeAdapter(config, context),
    options: { expireMs: config.expireMs, duplicateMs: config.duplicateMs },
  }),
};

async function makeReader(config: ReaderConfig, context: PartContext): Promise<Reader> {
  switch (config.type) {
    case 'serial':
      return serialReader(config, withScanners(context));
    case 'hid':
      return hidReader(config, withScanners(context));
    case 'keyboard':
      return keyboardReader(config, withScanners(context));
    case 'mobile':
      return (await import('./mobile-part.js')).mobileReader(config, context);
    case 'nfc':
      return (await import('./nfc-part.js')).nfcReader(config, context);
    case 'tcp':
      return tcpReader(config, context);
    case 'plugin':
      return pluginReader(config, context);
    case 'till':
      return new TillReader(config.id, context.clock);
  }
}

function withScanners(context: PartContext): ScannerPorts {
  return { ...context, scanners: context.scanners ?? createScannerSupport(context, []) };
}

function makeAdapter(config: TillConfig, context: PartContext): Adapter | Promise<Adapter> {
  switch (config.adapter) {
    case 'virtual-com':
      return virtualCom(config, context);
    case 'keyboard':
      return keyboardTill(config, context);
    case 'webhook':
      return webhook(config, context);
    case 'client':
      return client(config, context);
    case '1c':
      return onecTill(config, context);
    case 'iiko':
      return iikoTill(config, context);
    case 'rkeeper':
      return rkeeperTill(config, context);
    case 'plugin':
      return pluginTill(config, context);
  }
}

function client({ id, expireMs, backlogMs }: ClientConfig, context: PartContext): Adapter {
  return new ClientAdapter({ id, expireMs, backlogMs }, context);
}

async function tcpReader(config: TcpReaderConfig, { clock, log }: PartContext): Promise<Reader> {
  const { createTcpReader } = await import('@tillbridge/readers/tcp');
  const { id, listen, connect } = config;
  const address = parseHostPort(listen ?? connect ?? '');
  if (address === undefined) throw new Error(`reader ${id}: the schema let an address through that is none`);
  const where = listen === undefined ? { connect: address } : { listen: address };
  return createTcpReader({ id, ...where, framing: config.framing }, { clock, log });
}

async function webhook(config: WebhookConfig, { clock, log }: PartContext): Promise<Adapter> {
  const { createWebhook } = await import('@tillbridge/adapter-webhook');
  const { id, url, secrets, timeoutMs } = config;
  return createWebhook({ id, url, key: secrets.key, timeoutMs }, { clock, log });
}

/** The rules that a configuration stands for. Translators are named by their place and type: `2:table`. */
export function buildRules(config: Config, context: PartContext): Rules {
  const rotating = new Set(config.translators.flatMap((translator) => (translator.type === 'rotating' ? translator.codes : [])));
  return {
    classifier: classifierOf(config.codes, rotating),
    translators: config.translators.map((translator, index) => tapped(buildTranslator(translator, translatorId(index, translator.type), context), context)),
    policies: config.on,
    routes: resolveRoutes(config),
  };
}

function tapped(translator: Translator, { recorder, clock }: PartContext): Translator {
  return recorder === undefined ? translator : tapTranslator(translator, recorder, clock);
}

export function translatorId(index: number, type: TranslatorConfig['type']): string {
  return `${index + 1}:${type}`;
}

function buildTranslator(config: TranslatorConfig, id: string, { cards, clock, translators, platforms, rotating, plugins }: PartContext): Translator {
  const own = translators?.get(id);
  if (own !== undefined) return own;
  const codes = config.codes === undefined ? {} : { codes: config.codes };
  if (config.type === 'table') return createTableTranslator({ id, ...codes, cards, clock });
  // one that asks a platform is made beside this, once for all reloads: see translators/platforms.ts
  if (config.type === 'http') return platforms?.of(id) ?? leftOut(id);
  if (config.type === 'plugin') return plugins?.of(id) ?? leftOut(id, config.package);
  if (config.type === 'rotating') return rotating?.of(id) ?? leftOut(id, 'rotating');
  return createRuleTranslator({ id, ...codes, number: config.number, ...(config.kind === undefined ? {} : { kind: config.kind }) });
}
