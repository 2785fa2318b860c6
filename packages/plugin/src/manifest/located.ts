import type { PluginKind } from '../define.js';
import type { ManifestProblem, PluginManifest } from './manifest.js';

/** A plugin's package as it was found and read; plain data. */
export interface LocatedPlugin {
  readonly name: string;
  readonly version: string;
  readonly kind: PluginKind;
  /** The package's own folder, links resolved. */
  readonly folder: string;
  /** The `node_modules` that it stands in: its dependencies may stand there too. */
  readonly modules: string;
  readonly manifest: PluginManifest;
}

/** Why a package cannot be used. Nothing of it was run. */
export type PluginProblem = { readonly kind: 'notFound'; readonly places: readonly string[] } | ManifestProblem;

/** Where plugins are looked for, the first that has it wins. */
export interface PluginPlaces {
  /** The folder of `tillbridge.yaml`: its `node_modules`. */
  readonly config?: string;
  /** The state folder: `plugins/node_modules` in it. */
  readonly state?: string;
  /** The folder that Tillbridge itself is installed in (a `node_modules`): packages installed beside it. */
  readonly global?: string;
  /** The version of this Tillbridge. */
  readonly version?: string;
}

/** Whether a word of the configuration names a package: `@scope/name`, or `tillbridge-...`. */
export function isPluginName(word: string): boolean {
  return word.length <= 214 && /^(?:@[a-z0-9][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]*|tillbridge-[a-z0-9][a-z0-9._-]*)$/.test(word);
}
