import type { Adapter, Clock, Log, Reader, Secret, Translator } from '@tillbridge/core';

/** The version of what a plugin and the daemon say to each other. A manifest names the range that it was written for: `"api": "^1"`. */
export const PLUGIN_API = '1.0.0';

/** What a plugin can be. */
export type PluginKind = 'reader' | 'translator' | 'adapter';

/** What a part is made with: everything that it may use beside Node.js itself. */
export interface PluginContext<Options = unknown> {
  /** The name of the part in `tillbridge.yaml`. */
  readonly id: string;
  /** `options` of the configuration, checked against the manifest's `configSchema`, defaults filled in. */
  readonly options: Options;
  /** `secrets` of the configuration, by the names that the manifest lists. */
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly clock: Clock;
  /** Lines are masked and bounded on their way; what is printed to stdout or stderr goes nowhere. */
  readonly log: Log;
}

/** A plugin's default export. */
export interface PluginDefinition<Kind extends PluginKind, Part, Options> {
  readonly tillbridge: 'plugin';
  readonly kind: Kind;
  /** Makes the part; opens nothing yet. Called once in a process. */
  readonly create: (context: PluginContext<Options>) => Part;
}

export type ReaderPlugin<Options = unknown> = PluginDefinition<'reader', Reader, Options>;
export type TranslatorPlugin<Options = unknown> = PluginDefinition<'translator', Translator, Options>;
export type AdapterPlugin<Options = unknown> = PluginDefinition<'adapter', Adapter, Options>;

/** A reader as a plugin: its default export. `create` gives a {@link Reader}, whose `kind` is the one that it is most like. */
export function defineReader<Options = unknown>(create: (context: PluginContext<Options>) => Reader): ReaderPlugin<Options> {
  return { tillbridge: 'plugin', kind: 'reader', create };
}

/** A translator as a plugin: its default export. */
export function defineTranslator<Options = unknown>(create: (context: PluginContext<Options>) => Translator): TranslatorPlugin<Options> {
  return { tillbridge: 'plugin', kind: 'translator', create };
}

/** A till adapter as a plugin: its default export. */
export function defineAdapter<Options = unknown>(create: (context: PluginContext<Options>) => Adapter): AdapterPlugin<Options> {
  return { tillbridge: 'plugin', kind: 'adapter', create };
}
