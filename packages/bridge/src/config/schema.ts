import type { Secret } from '@tillbridge/core';
import type { LocatedPlugin } from '@tillbridge/plugin/manifest';
import { z } from 'zod';
import { name } from './schema/common.js';
import { code } from './schema/code.js';
import { reader } from './schema/reader.js';
import { api, journal, log, receipts } from './schema/service.js';
import { stations } from './schema/stations.js';
import { syncJob } from './schema/sync.js';
import { till } from './schema/till.js';
import { reactions, translator } from './schema/translator.js';
import { CURRENT_VERSION } from './migrate.js';

const route = z.strictObject({
  readers: z.array(name).min(1).max(64).describe('Readers of this route.'),
  till: name.describe('The till that gets their loyalty numbers.'),
  goods: name.exactOptional().describe('The till that gets their goods, or `none` (dropped and counted). Default: the same till where it can carry goods.'),
});

/** The whole of `tillbridge.yaml`: the one truth about its keys, values and defaults. */
export const configSchema = z.strictObject({
  version: z.literal(CURRENT_VERSION).describe('Version of this file\'s format.'),
  store: z.string().min(1).max(128).exactOptional().describe('Name of the store, for receipts, metrics and logs.'),
  machine: z.string().min(1).max(128).exactOptional().describe('Name of this machine, for receipts, metrics and logs; default its host name.'),
  readers: z.array(reader).max(64).describe('The scanners, one entry each.'),
  codes: z.array(code).max(200).default([]).describe('Which reads are loyalty codes; the first match wins, what matches nothing is goods.'),
  translators: z.array(translator).max(64).default([]).describe('How codes become the store\'s own numbers; tried in order until one answers.'),
  on: reactions,
  sync: z.array(syncJob).max(32).default([]).describe('Where cards of the local table come from by themselves, one entry each.'),
  tills: z.array(till).max(64).describe('The cashier programs, one entry each.'),
  routes: z.array(route).max(64).default([]).describe('Which reader goes to which till; default every reader to the only till.'),
  api,
  stations,
  receipts,
  journal,
  log,
});

type DeepReadonly<T> = unknown extends T
  ? T
  : T extends Secret | LocatedPlugin | string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly DeepReadonly<Item>[]
      : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

/** A valid configuration with every default filled in. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;

export type ReaderConfig = Config['readers'][number];
export type SerialReaderConfig = Extract<ReaderConfig, { type: 'serial' }>;
export type HidReaderConfig = Extract<ReaderConfig, { type: 'hid' }>;
export type KeyboardReaderConfig = Extract<ReaderConfig, { type: 'keyboard' }>;
export type NfcReaderConfig = Extract<ReaderConfig, { type: 'nfc' }>;
export type MobileReaderConfig = Extract<ReaderConfig, { type: 'mobile' }>;
export type TillReaderConfig = Extract<ReaderConfig, { type: 'till' }>;
export type TcpReaderConfig = Extract<ReaderConfig, { type: 'tcp' }>;
export type CodeConfig = Config['codes'][number];
export type TranslatorConfig = Config['translators'][number];
export type SyncConfig = Config['sync'][number];
export type RotatingConfig = Extract<TranslatorConfig, { type: 'rotating' }>;
export type TillConfig = Config['tills'][number];
export type VirtualComConfig = Extract<TillConfig, { adapter: 'virtual-com' }>;
export type KeyboardConfig = Extract<TillConfig, { adapter: 'keyboard' }>;
export type ClientConfig = Extract<TillConfig, { adapter: 'client' }>;
export type IikoConfig = Extract<TillConfig, { adapter: 'iiko' }>;
export type RkeeperConfig = Extract<TillConfig, { adapter: 'rkeeper' }>;
export type OnecConfig = Extract<TillConfig, { adapter: '1c' }>;
export type WebhookConfig = Extract<TillConfig, { adapter: 'webhook' }>;
export type PluginReaderConfig = Extract<ReaderConfig, { type: 'plugin' }>;
export type PluginTranslatorConfig = Extract<TranslatorConfig, { type: 'plugin' }>;
export type PluginTillConfig = Extract<TillConfig, { adapter: 'plugin' }>;
export type RouteConfig = Config['routes'][number];
export type ApiConfig = Config['api'];
export type StationsConfig = Exclude<Config['stations'], 'off'>;
export type LogConfig = Config['log'];
