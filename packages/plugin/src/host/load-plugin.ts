import { resolve } from 'node:path';
import { Secret, silentLog, systemClock, type Adapter, type Log, type Reader, type Translator } from '@tillbridge/core';
import { checkOptions } from '../manifest/check-options.js';
import type { PluginPart } from './hosted-plugin.js';
import { besideOf, pluginAt } from '../manifest/locate.js';
import { RemoteAdapter } from './remote-adapter.js';
import { RemoteReader } from './remote-reader.js';
import { RemoteTranslator } from './remote-translator.js';

export interface LoadOptions {
  readonly id?: string;
  readonly options?: unknown;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly log?: Log;
}

/** A plugin as the daemon would run it: each part is a process, which ends when the part is closed. */
export interface LoadedPlugin {
  adapter(options?: LoadOptions): Adapter;
  reader(options?: LoadOptions): Reader;
  translator(options?: LoadOptions): Translator;
}

/**
 * Loads a plugin from its folder, for its own tests: the built package, in a process of its own, behind the same wire as in a store.
 *
 * @throws Error in words where the manifest or the options are wrong
 */
export function loadPlugin(folder: string): LoadedPlugin {
  const path = resolve(folder);
  const plugin = pluginAt(path, 'this-plugin', besideOf(path), { development: true });
  if (!('manifest' in plugin)) throw new Error(`this plugin cannot be used: ${JSON.stringify(plugin)}`);
  const part = ({ id = 'this', options = {}, secrets = {} }: LoadOptions): PluginPart => {
    const checked = checkOptions(plugin, options);
    if ('issues' in checked) throw new Error(`the options are wrong: ${JSON.stringify(checked.issues)}`);
    const { permissions } = plugin.manifest;
    return { id, plugin, options: checked.options, secrets: Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, new Secret(value)])), grant: permissions };
  };
  const ports = ({ log = silentLog }: LoadOptions) => ({ clock: systemClock, log, random: Math.random, prints: true });
  return {
    adapter: (options = {}) => new RemoteAdapter(part(options), ports(options)),
    reader: (options = {}) => new RemoteReader(part(options), ports(options)),
    translator: (options = {}) => new RemoteTranslator({ ...part(options), timeoutMs: 5000 }, ports(options)),
  };
}
