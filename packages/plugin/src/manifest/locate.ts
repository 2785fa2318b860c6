import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest, type ManifestProblem } from './manifest.js';
import { isPluginName, type LocatedPlugin, type PluginPlaces, type PluginProblem } from './located.js';

/** A package.json larger than this is none that we read, in bytes. */
const MAX_MANIFEST_BYTES = 512 * 1024;

/** The `node_modules` folders that are looked into, in their order. */
export function pluginFolders({ config, state, global }: PluginPlaces): readonly string[] {
  return [
    ...(config === undefined ? [] : [join(config, 'node_modules')]),
    ...(state === undefined ? [] : [join(state, 'plugins', 'node_modules')]),
    ...(global === undefined ? [] : [global]),
  ];
}

/** The `node_modules` that a module of ours is installed in, where it is: packages that were installed globally stand beside it. */
export function installedIn(moduleUrl: string): string | undefined {
  const path = fileURLToPath(moduleUrl);
  const at = path.indexOf(`${sep}node_modules${sep}`);
  return at < 0 ? undefined : path.slice(0, at + `${sep}node_modules`.length);
}

/** Finds a plugin and reads what it says of itself. Runs nothing of it, and installs nothing. */
export function locatePlugin(name: string, places: PluginPlaces): LocatedPlugin | PluginProblem {
  const folders = pluginFolders(places);
  const found = isPluginName(name) ? folders.find((folder) => existsSync(join(folder, name, 'package.json'))) : undefined;
  if (found === undefined) return { kind: 'notFound', places: folders };
  const plugin = pluginAt(join(found, name), name, found);
  const other = 'manifest' in plugin && places.version !== undefined ? otherCopy(plugin.folder, found, places.version) : undefined;
  return other === undefined ? plugin : { kind: 'ownCore', what: other };
}

/** A peer of ours that is not optional is installed by npm beside the plugin: of another version it is a second Tillbridge. */
function otherCopy(folder: string, modules: string, version: string): string | undefined {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = jsonOf(join(folder, 'package.json')) as Peers;
  const needed = Object.keys(peerDependencies).filter((name) => name.startsWith('@tillbridge/') && peerDependenciesMeta[name]?.optional !== true);
  if (needed.length === 0) return undefined;
  for (const name of new Set([...needed, '@tillbridge/core'])) {
    const { version: installed } = jsonOf(join(modules, name, 'package.json')) as { readonly version?: unknown };
    if (typeof installed === 'string' && installed !== version) return `${name} ${installed}`;
  }
  return undefined;
}

interface Peers {
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

function jsonOf(file: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Reads the plugin in a folder. `modules`: the `node_modules` that it stands in. */
export function pluginAt(path: string, name: string, modules: string, options: { readonly development?: boolean } = {}): LocatedPlugin | PluginProblem {
  const bad = (what: string): ManifestProblem => ({ kind: 'badManifest', what });
  let folder: string;
  let text: string;
  try {
    folder = realpathSync(path);
    const file = join(folder, 'package.json');
    const { size } = statSync(file);
    if (size > MAX_MANIFEST_BYTES) return bad('package.json is too large');
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return bad(`package.json cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'EIO'})`);
  }
  const read = readManifest(text);
  if ('kind' in read) return read;
  const { version, manifest } = read;
  const own = options.development === true ? undefined : ownCopy(folder);
  if (own !== undefined) return { kind: 'ownCore', what: own };
  const entry = join(folder, manifest.entry);
  if (!existsSync(entry) || !realpathSync(entry).startsWith(folder + sep)) return bad(`the entry ${manifest.entry} is not there`);
  return { name, version, kind: manifest.kind, folder, modules: realpathSync(modules), manifest };
}

/** A copy of our packages inside the plugin: two of them would not know each other's numbers and errors. */
function ownCopy(folder: string): string | undefined {
  const ours = ['core', 'plugin', 'child-host'].map((short) => join('node_modules', '@tillbridge', short));
  return ours.find((path) => existsSync(join(folder, path)));
}

/** Beside whom a package was installed, for a plugin that is loaded by its folder. */
export const besideOf = (folder: string): string => {
  const parent = dirname(folder);
  return parent.endsWith('node_modules') ? parent : dirname(parent).endsWith('node_modules') ? dirname(parent) : folder;
};
