import { accessSync, chmodSync, constants, mkdirSync, statSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import { errorCode } from './atomic-file.js';
import { readKeyFile, readOrCreateKeyFile } from './key-file.js';

/** The folder that holds what a daemon keeps. Only its owner may enter it. */
export interface StateFolder {
  /** Absolute. */
  readonly path: string;
  /** What was found to be readable by others and could not be tightened, or belongs to somebody else: for the log and `doctor`. */
  readonly warnings: readonly TillbridgeError[];
  /** The absolute path of a file in the folder. */
  file(name: string): string;
  /** The absolute path of a file in `keys/`. */
  keyFile(name: string): string;
  /**
   * A secret of 32 bytes, created at its first use (0600, whole or not at all).
   * @throws {TillbridgeError} `TB_JOURNAL_STATE_KEY` when its file is damaged: it is never made anew silently.
   */
  key(name: string): Buffer;
  /** Like `key`, but `undefined` where there is none yet. */
  existingKey(name: string): Buffer | undefined;
}

const NAME = /^[a-z0-9][a-z0-9.-]*$/;

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'this user has no right to write there',
  EPERM: 'this user has no right to write there',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'it is a file, not a folder',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'the path leads round in a circle',
};

function unusable(path: string, error: unknown): TillbridgeError {
  const code = errorCode(error);
  return new TillbridgeError('TB_JOURNAL_STATE_FOLDER', { path, problem: PROBLEMS[code] ?? (code === '' ? 'it cannot be created' : code) }, { cause: error });
}

/** Makes sure that nobody but the owner can reach `path`; says what it could not mend. */
function tighten(path: string, stats: Stats, mode: number): TillbridgeError | undefined {
  if (process.platform === 'win32' || process.getuid === undefined) return undefined;
  if (stats.uid !== process.getuid()) {
    return new TillbridgeError('TB_JOURNAL_STATE_EXPOSED', { path, problem: `it belongs to user ${String(stats.uid)}` });
  }
  if ((stats.mode & 0o077) === 0) return undefined;
  try {
    chmodSync(path, mode);
    return undefined;
  } catch (error) {
    return new TillbridgeError('TB_JOURNAL_STATE_EXPOSED', { path, problem: 'its rights could not be tightened' }, { cause: error });
  }
}

// Not `recursive`: that reports a read-only disk as a folder that does not exist.
function makeFolders(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolders(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

function prepare(path: string): TillbridgeError | undefined {
  try {
    makeFolders(path);
    const stats = statSync(path);
    if (!stats.isDirectory()) throw new TillbridgeError('TB_JOURNAL_STATE_FOLDER', { path, problem: 'it is a file, not a folder' });
    const warning = tighten(path, stats, 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return warning;
  } catch (error) {
    throw error instanceof TillbridgeError ? error : unusable(path, error);
  }
}

function tightenKey(path: string): void {
  try {
    const stats = statSync(path);
    if ((stats.mode & 0o077) !== 0) chmodSync(path, 0o600);
  } catch {
    // absent, or somebody else's: reading it says so
  }
}

/** The state folder as it is: nothing is created or changed until a key is asked for. For commands that only read. */
export function stateFolderAt(path: string, warnings: readonly TillbridgeError[] = []): StateFolder {
  const root = resolve(path);
  const named = (name: string): string => {
    if (!NAME.test(name)) throw new TypeError(`not a file name of the state folder: ${name}`);
    return name;
  };
  const keyFile = (name: string): string => join(root, 'keys', named(name));
  return {
    path: root,
    warnings,
    file: (name) => join(root, named(name)),
    keyFile,
    key: (name) => {
      const file = keyFile(name);
      tightenKey(file);
      try {
        return readOrCreateKeyFile(file);
      } catch (error) {
        throw error instanceof TillbridgeError ? error : unusable(join(root, 'keys'), error);
      }
    },
    existingKey: (name) => readKeyFile(keyFile(name)),
  };
}

/**
 * Opens the state folder and creates it (0700, parents as needed) with its `keys/`. Rights that are too open are tightened.
 * @throws {TillbridgeError} `TB_JOURNAL_STATE_FOLDER` when it cannot be created or written, or is a file.
 */
export function openStateFolder(path: string): StateFolder {
  const root = resolve(path);
  const warnings = [prepare(root), prepare(join(root, 'keys'))].filter((warning) => warning !== undefined);
  return stateFolderAt(root, warnings);
}
