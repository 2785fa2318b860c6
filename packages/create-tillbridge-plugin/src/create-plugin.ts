import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a plugin can be. */
export const PLUGIN_KINDS = ['adapter', 'reader', 'translator'] as const;

export interface NewPlugin {
  readonly kind: (typeof PLUGIN_KINDS)[number];
  /** The name of its package: `@scope/name`, or a name that begins with `tillbridge-`. */
  readonly name: string;
  /** Where to put it; made where it is not there. */
  readonly folder: string;
}

/** Why nothing was written. */
export class PluginFolderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PluginFolderError';
  }
}

/** Files that npm leaves out of a package, or reads as its own, by another name in the template. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'manifest.json': 'package.json' };

/**
 * Writes a plugin to start from. Never writes over anything.
 *
 * @returns the names of the files, in order
 * @throws {PluginFolderError} when the name is none or the folder is not empty
 */
export function createPlugin({ kind, name, folder }: NewPlugin): readonly string[] {
  if (!/^(?:@[a-z0-9][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]*|tillbridge-[a-z0-9][a-z0-9._-]*)$/.test(name)) {
    throw new PluginFolderError(`"${name}" is no name for a plugin: @scope/name, or a name that begins with tillbridge-, in small letters`);
  }
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) throw new PluginFolderError(`${folder} is not empty`);
  mkdirSync(folder, { recursive: true });
  for (const part of ['common', kind]) cpSync(join(templateFolder(), part), folder, { recursive: true });
  for (const [from, to] of Object.entries(RENAMED)) if (existsSync(join(folder, from))) renameSync(join(folder, from), join(folder, to));
  const files = filesIn(folder, '');
  for (const file of files) fill(join(folder, file), { name, kind });
  return files;
}

function fill(file: string, { name, kind }: Omit<NewPlugin, 'folder'>): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll('__NAME__', name).replaceAll('__KIND__', kind).replaceAll('__VERSION__', ownVersion()));
}

function filesIn(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(folder, join(below, entry.name)) : [join(below, entry.name)]));
}

/** All packages share one version. */
function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

const packageFolder = (): string => fileURLToPath(new URL('..', import.meta.url));
const templateFolder = (): string => join(packageFolder(), 'template');
