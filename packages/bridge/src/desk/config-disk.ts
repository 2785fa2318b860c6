import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync, closeSync, constants, fchmodSync, fchownSync, fsyncSync, openSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, unlinkSync, writeSync, type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isoTime, TillbridgeError } from '@tillbridge/core';
import { MAX_CONFIG_BYTES } from '../config/index.js';
import type { ConfigBackup } from './jobs.js';

/** Backups that are kept beside the file; the oldest makes room. */
export const MAX_BACKUPS = 10;

export interface FileOnDisk {
  /** The file itself, where the path is a link. */
  readonly real: string;
  readonly bytes: Buffer;
  readonly revision: string;
  readonly stats: Stats;
}

export const revisionOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws {TillbridgeError} `TB_CONFIG_NOT_FOUND`, `TB_CONFIG_UNREADABLE` */
export function readFile(path: string): FileOnDisk {
  try {
    const real = realpathSync(resolve(path));
    const stats = statSync(real);
    if (!stats.isFile() || stats.size > MAX_CONFIG_BYTES) throw Object.assign(new Error('not a small regular file'), { code: 'EFBIG' });
    const bytes = readFileSync(real);
    return { real, bytes, revision: revisionOf(bytes), stats };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new TillbridgeError('TB_CONFIG_NOT_FOUND', { path }, { cause: error });
    throw new TillbridgeError('TB_CONFIG_UNREADABLE', { path, problem: code }, { cause: error });
  }
}

/** Why the file cannot be replaced by this user; undefined where it can. Both are needed: the file's own right says that it is meant to be changed, the folder's that it can be swapped in one step. */
export function readOnlyReason(real: string): string | undefined {
  for (const path of [real, dirname(real)]) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      const code = codeOf(error);
      return code === 'EROFS' ? `${path}: the disk is read-only here` : `${path}: this user may not write it (${code})`;
    }
  }
  return undefined;
}

/**
 * Puts the file aside as a backup and the new bytes in its place, in one step and durably: a power cut leaves the old or the new one. Mode and
 * owner stay. Gives the backup's name; null where nothing changed.
 *
 * @throws {TillbridgeError} `TB_CONFIG_CHANGED` where somebody changed the file since, `TB_CONFIG_READ_ONLY`
 */
export function replaceWithBackup(path: string, seen: FileOnDisk, bytes: Uint8Array, wall: number): string | null {
  const { real, stats } = seen;
  const reason = readOnlyReason(real);
  if (reason !== undefined) throw new TillbridgeError('TB_CONFIG_READ_ONLY', { path, problem: reason });
  if (revisionOf(bytes) === seen.revision) return null;
  const folder = dirname(real);
  const next = join(folder, `.${basename(real)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeLike(next, bytes, stats);
    const backup = backupName(real, wall);
    writeLike(join(folder, backup), seen.bytes, stats);
    // as late as can be: an editor may have saved meanwhile
    if (readFile(path).revision !== seen.revision) {
      unlinkSync(join(folder, backup));
      throw new TillbridgeError('TB_CONFIG_CHANGED');
    }
    renameSync(next, real);
    syncFolder(folder);
    prune(real);
    return backup;
  } catch (error) {
    rmSync(next, { force: true });
    if (error instanceof TillbridgeError) throw error;
    throw new TillbridgeError('TB_CONFIG_READ_ONLY', { path, problem: codeOf(error) }, { cause: error });
  }
}

/** The backups beside a file, newest first. */
export function listBackups(real: string): readonly ConfigBackup[] {
  const found = readdirSync(dirname(real), { withFileTypes: true }).flatMap((entry) => {
    const at = entry.isFile() ? timeOf(entry.name, real) : undefined;
    if (at === undefined) return [];
    const bytes = statSync(join(dirname(real), entry.name), { throwIfNoEntry: false })?.size ?? 0;
    return [{ name: entry.name, time: at, bytes }];
  });
  return found.sort((a, b) => (a.name < b.name ? 1 : -1));
}

/** @throws {TillbridgeError} `TB_CONFIG_NO_BACKUP`, `TB_CONFIG_UNREADABLE` */
export function readBackup(real: string, name: string): Buffer {
  // a name of the list, to the letter: no path gets any further
  if (!listBackups(real).some((backup) => backup.name === name)) throw new TillbridgeError('TB_CONFIG_NO_BACKUP');
  return readFile(join(dirname(real), name)).bytes;
}

const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;

/** `tillbridge.yaml.bak-20260110T120311123Z`: names in the order of their times. */
function backupName(real: string, wall: number): string {
  return `${basename(real)}.bak-${isoTime(wall).replaceAll(/[-:.]/g, '')}`;
}

function timeOf(name: string, real: string): string | undefined {
  const start = `${basename(real)}.bak-`;
  const stamp = name.startsWith(start) ? STAMP.exec(name.slice(start.length)) : null;
  return stamp === null ? undefined : stamp[0].replace(STAMP, '$1-$2-$3T$4:$5:$6.$7Z');
}

function prune(real: string): void {
  for (const { name } of listBackups(real).slice(MAX_BACKUPS)) {
    try {
      unlinkSync(join(dirname(real), name));
    } catch {
      // one too many harms nobody
    }
  }
}

/** A new file with mode and owner of another; what cannot be given away stays ours, readable by no more people than before. */
function writeLike(path: string, bytes: Uint8Array, { mode, uid, gid }: Stats): void {
  const fd = openSync(path, 'wx', 0o600);
  try {
    let offset = 0;
    while (offset < bytes.byteLength) offset += writeSync(fd, bytes, offset);
    if (process.platform !== 'win32') giveLike(fd, mode & 0o777, uid, gid);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function giveLike(fd: number, mode: number, uid: number, gid: number): void {
  let same = true;
  try {
    fchownSync(fd, uid, gid);
  } catch {
    try {
      // the group at least: whose user it is, only root can change
      fchownSync(fd, -1, gid);
    } catch {
      same = false;
    }
  }
  // after the owner: changing that takes bits away. In another group, that group gets nothing
  fchmodSync(fd, same ? mode : mode & 0o707);
}

function syncFolder(folder: string): void {
  // Windows cannot sync a folder and does not need to
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
}
