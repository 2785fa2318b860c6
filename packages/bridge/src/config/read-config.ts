import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TillbridgeError, type Language } from '@tillbridge/core';
import { MAX_CONFIG_BYTES } from './document.js';
import { installedIn, locatePlugin } from '@tillbridge/plugin/manifest';
import { productVersion } from '../version.js';
import { PROFILE_FOLDER } from './profile-folder.js';
import type { FindPlugin } from './plugins.js';
import { readOwnProfiles } from './profiles.js';
import { parseConfig, type LoadedConfig, type RefusedConfig } from './load.js';

/**
 * Reads a configuration file from disk, the files that it refers to, and the device profiles in the folder `profiles` beside it.
 *
 * @throws {TillbridgeError} `TB_CONFIG_NOT_FOUND`, `TB_CONFIG_UNREADABLE`; mistakes inside the file are the result.
 */
export function readConfig(
  path: string,
  options: { readonly env: Readonly<Record<string, string | undefined>>; readonly language?: Language; readonly state?: string },
): LoadedConfig | RefusedConfig {
  return readConfigText(readBounded(path), path, options);
}

/** The same for a text that is not saved yet: as if it stood at `path`. Mistakes inside it are the result. */
export function readConfigText(
  source: string | Uint8Array,
  path: string,
  options: { readonly env: Readonly<Record<string, string | undefined>>; readonly language?: Language; readonly state?: string },
): LoadedConfig | RefusedConfig {
  const folder = dirname(resolve(path));
  const loaded = parseConfig(source, { ...options, path, readFile: (name) => readRegular(resolve(folder, name)), findPlugin: pluginFinder(folder, options.state) });
  const { profiles, problems } = readOwnProfiles(join(folder, PROFILE_FOLDER), options.language ?? 'en');
  if (problems.length > 0) return { ok: false, problems: [...(loaded.ok ? [] : loaded.problems), ...problems] };
  return loaded.ok ? { ...loaded, profiles } : loaded;
}

/** At most one byte more than a configuration may have: the parser then says what is wrong. */
function readBounded(path: string): Uint8Array {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const bytes = Buffer.alloc(MAX_CONFIG_BYTES + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got) got = readSync(fd, bytes, length, bytes.length - length, null);
    return bytes.subarray(0, length);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    if (code === 'ENOENT') throw new TillbridgeError('TB_CONFIG_NOT_FOUND', { path }, { cause: error });
    throw new TillbridgeError('TB_CONFIG_UNREADABLE', { path, problem: code }, { cause: error });
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** A device or a pipe could keep the reader waiting for ever. */
function readRegular(path: string): Uint8Array {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    if (!fstatSync(fd).isFile() || size > MAX_CONFIG_BYTES) throw Object.assign(new Error('not a small regular file'), { code: 'EFBIG' });
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Plugins beside the configuration, in the state folder, and beside this program, in that order. */
export function pluginFinder(folder: string, state: string | undefined): FindPlugin {
  const global = installedIn(import.meta.url);
  return (name) => locatePlugin(name, { config: folder, version: productVersion(), ...(state === undefined ? {} : { state }), ...(global === undefined ? {} : { global }) });
}
