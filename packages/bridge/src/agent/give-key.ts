import { execFile } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import type { StateFolder } from '@tillbridge/store';
import { AGENT_KEY, copiedKey, type Machine } from './place.js';

const ICACLS_MS = 15_000;

/** A user of a system with `/etc/passwd`. */
interface User {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/**
 * Lets the agent of a user talk to the daemon of this state folder: makes the key where there is none, and a copy that only that user can
 * read. Gives the copy's path. @throws {TillbridgeError} `TB_TILL_AGENT_USER`, area JOURNAL for the key
 */
export async function giveKey(state: StateFolder, user: string, machine: Machine): Promise<string> {
  state.key(AGENT_KEY);
  const key = readFileSync(state.keyFile(AGENT_KEY));
  try {
    leaveToOwner(state);
    return machine.platform === 'win32' ? await onWindows(key, user, machine) : onUnix(key, user, machine);
  } catch (error) {
    if (error instanceof TillbridgeError) throw error;
    throw new TillbridgeError('TB_TILL_AGENT_USER', { user, problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

/** Made by root, the key would be out of reach of the service's own user. */
function leaveToOwner(state: StateFolder): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(state.path);
  for (const path of [dirname(state.keyFile(AGENT_KEY)), state.keyFile(AGENT_KEY)]) if (statSync(path).uid !== uid) chownSync(path, uid, gid);
}

function onUnix(key: Buffer, user: string, machine: Machine): string {
  const found = userOf(readFileSync('/etc/passwd', 'utf8'), user);
  if (found === undefined) throw new TillbridgeError('TB_TILL_AGENT_USER', { user, problem: 'there is no such user' });
  const path = copiedKey({ ...machine, home: found.home });
  const folders: string[] = [];
  for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) folders.unshift(folder);
  for (const folder of folders) {
    mkdirSync(folder, { mode: 0o700 });
    chownSync(folder, found.uid, found.gid);
  }
  writeFileSync(path, key, { mode: 0o600 });
  chmodSync(path, 0o600);
  if (statSync(path).uid !== found.uid) chownSync(path, found.uid, found.gid);
  return path;
}

export function userOf(passwd: string, name: string): User | undefined {
  for (const line of passwd.split('\n')) {
    const [user, , uid, gid, , home] = line.split(':');
    if (user === name && home !== undefined) return { uid: Number(uid), gid: Number(gid), home };
  }
  return undefined;
}

/** Full control for the system and administrators by their well-known SIDs, reading for the user, nothing inherited: nobody else. */
async function onWindows(key: Buffer, user: string, machine: Machine): Promise<string> {
  const path = copiedKey(machine);
  mkdirSync(dirname(path), { recursive: true });
  // empty first: the key is never in a file that others may read
  writeFileSync(path, '');
  const icacls = join(machine.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'icacls.exe');
  await new Promise<void>((resolve, reject) => {
    execFile(icacls, [path, '/inheritance:r', '/grant:r', '*S-1-5-18:F', '*S-1-5-32-544:F', `${user}:R`], { timeout: ICACLS_MS, windowsHide: true }, (error, _, stderr) => {
      if (error === null) resolve();
      else reject(new TillbridgeError('TB_TILL_AGENT_USER', { user, problem: stderr.trim() === '' ? error.message : stderr.trim() }));
    });
  });
  writeFileSync(path, key);
  return path;
}
