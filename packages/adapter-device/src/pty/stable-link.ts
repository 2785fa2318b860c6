import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { asTillbridgeError, TillbridgeError } from '@tillbridge/core';

/**
 * Makes `link` point to `target` in one step, so that a program that opens it finds the old port or the new one, never nothing.
 * Missing folders are created (0755).
 *
 * @throws {TillbridgeError} `TB_TILL_LINK_TAKEN`, `TB_TILL_LINK_FAILED`
 */
export function placeLink(link: string, target: string): void {
  if (!mayReplace(link)) throw new TillbridgeError('TB_TILL_LINK_TAKEN', { path: link });
  const temporary = join(dirname(link), `.${basename(link)}.${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(dirname(link), { recursive: true, mode: 0o755 });
    symlinkSync(target, temporary);
    renameSync(temporary, link);
  } catch (error) {
    unlinkQuietly(temporary);
    throw asTillbridgeError(error, 'TB_TILL_LINK_FAILED', { path: link });
  }
}

/** Removes `link` if it still points to `target`: another process may have taken the name over. */
export function removeLink(link: string, target: string): void {
  if (targetOf(link) === target) unlinkQuietly(link);
}

/** Only nothing, a link to a PTY, or a link that leads nowhere is replaced: never a file, never a name that udev gave to a device. */
export function mayReplace(link: string): boolean {
  try {
    if (!lstatSync(link).isSymbolicLink()) return false;
  } catch (error) {
    // ENOENT: free. Anything else shows when the link is made, with its own message.
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
  const target = targetOf(link);
  return target !== undefined && (target.startsWith('/dev/pts/') || !existsSync(resolve(dirname(link), target)));
}

export function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // gone already, or the folder is: nothing of ours is left there
  }
}
