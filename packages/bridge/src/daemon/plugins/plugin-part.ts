import { TillbridgeError, type Adapter, type Reader, type Secret } from '@tillbridge/core';
import type { PluginPart } from '@tillbridge/plugin/host';
import type { LocatedPlugin, PluginPermission } from '@tillbridge/plugin/manifest';
import type { PluginReaderConfig, PluginTillConfig } from '../../config/index.js';
import type { PartContext } from '../parts.js';

/** What the three kinds of plugin have alike in the configuration. */
interface Packaged {
  readonly package: string;
  readonly found?: LocatedPlugin;
  readonly options: unknown;
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly grant: readonly PluginPermission[];
}

/** @throws {TillbridgeError} `TB_NATIVE_PLUGIN_MISSING` */
export function pluginPart(id: string, { package: name, found, options, secrets, grant }: Packaged): PluginPart {
  if (found === undefined) throw new TillbridgeError('TB_NATIVE_PLUGIN_MISSING', { plugin: name });
  return { id, plugin: found, options, secrets, grant };
}

export async function pluginReader(config: PluginReaderConfig, context: PartContext): Promise<Reader> {
  const { RemoteReader } = await import('@tillbridge/plugin/host');
  const reader = new RemoteReader(pluginPart(config.id, config), portsOf(context));
  context.plugins?.put(`reader ${config.id}`, reader);
  return reader;
}

export async function pluginTill(config: PluginTillConfig, context: PartContext): Promise<Adapter> {
  const { RemoteAdapter } = await import('@tillbridge/plugin/host');
  const adapter = new RemoteAdapter(pluginPart(config.id, config), portsOf(context));
  context.plugins?.put(`till ${config.id}`, adapter);
  return adapter;
}

/** Whether reads of this plugin have a terminator of their own. */
export function readsTerminators({ found }: PluginReaderConfig): boolean {
  const manifest = found?.manifest;
  return manifest?.kind !== 'reader' || manifest.capabilities.terminators;
}

function portsOf({ clock, log, plugins }: PartContext) {
  // commands that only look start each plugin once: nothing has to be spread
  return { clock, log, random: plugins?.random ?? (() => 0) };
}
