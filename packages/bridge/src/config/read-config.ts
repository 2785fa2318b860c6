import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { TillbridgeError, type Language } from '@tillbridge/core';
import { MAX_CONFIG_BYTES } from './document.js';
import { configCandidates, locateConfig, type Surroundings } from './locate.js';
import { parseConfig, type LoadedConfig, type RefusedConfig } from './load.js';
import { formatProblem } from './problem.js';

/**
 * Reads a configuration file from disk, and the files that it refers to.
 *
 * @throws {TillbridgeError} `TB_CONFIG_NOT_FOUND`, `TB_CONFIG_UNREADABLE`; mistakes inside the file are the result.
 */
export function readConfig(
  path: string,
  options: { readonly env: Readonly<Record<string, string | undefined>>; readonly language?: Language },
): LoadedConfig | RefusedConfig {
  const folder = dirname(resolve(path));
  return parseConfig(readBounded(path), { ...options, path, readFile: (name) => readRegular(resolve(folder, name)) });
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

/** This process's surroundings. */
export function ownSurroundings(): Surroundings {
  return { env: process.env, platform: process.platform, uid: process.getuid?.(), cwd: process.cwd(), home: process.env['HOME'] ?? homedir() };
}

/**
 * The configuration file to use: the one that was named, else the first of the default places that exists.
 *
 * @throws {TillbridgeError} `TB_CONFIG_NOT_FOUND` with the places that were looked at.
 */
export function findConfig(named?: string): string {
  if (named !== undefined) return named;
  const around = ownSurroundings();
  const found = locateConfig(around, existsSync);
  if (found === undefined) throw new TillbridgeError('TB_CONFIG_NOT_FOUND', { path: configCandidates(around).join(', ') });
  return found;
}

/**
 * Reads a configuration that has to be right; each problem is handed to `print` as one line.
 *
 * @throws {TillbridgeError} `TB_CONFIG_INVALID` after the problems were printed, and what {@link readConfig} throws.
 */
export function loadConfigFile(path: string, language: Language, print: (line: string) => void): LoadedConfig {
  const loaded = readConfig(path, { env: process.env, language });
  if (loaded.ok) return loaded;
  for (const problem of loaded.problems) print(formatProblem(problem));
  throw new TillbridgeError('TB_CONFIG_INVALID', { path, count: loaded.problems.length });
}
