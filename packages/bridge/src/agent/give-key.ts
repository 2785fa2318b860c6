import { execFile } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
 * read. Gives the copy's path. `passwd`: the list of users; default the system's. @throws {TillbridgeError} `TB_TILL_AGENT_USER`, area JOURNAL for the key
 */
export async function giveKey(state: StateFolder, user: string, machine: Machine, passwd?: string): Promise<string> {
  state.key(AGENT_KEY);
  const key = readFileSync(state.keyFile(AGENT_KEY));
  try {
    return machine.platform === 'win32' ? await onWindows(key, user, machine) : onUnix(key, user, machine, passwd ?? readFileSync('/etc/passwd', 'utf8'));
  } catch (error) {
    if (error instanceof TillbridgeError) throw error;
    throw new TillbridgeError('TB_TILL_AGENT_USER', { user, problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

function onUnix(key: Buffer, user: string, machine: Machine, passwd: string): string {
  const found = userOf(passwd, user);
  if (found === undefined) throw new TillbridgeError('TB_TILL_AGENT_USER', { user, problem: 'there is no such user' });
  const path = copiedKey({ ...machine, home: found.home });
  as(found, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // a new file, never one that lies there, whatever it is a link to
    rmSync(path, { force: true });
    writeFileSync(path, key, { mode: 0o600, flag: 'wx' });
  });
  return path;
}

/** Does something with the user's own rights: in a home folder root would follow wherever its owner leads. */
function as({ uid, gid }: User, work: () => void): void {
  const { getuid, getgid, getgroups, setgroups, setegid, seteuid } = process;
  if (getuid?.() !== 0 || getgid === undefined || getgroups === undefined || setgroups === undefined || setegid === undefined || seteuid === undefined) {
    work();
    return;
  }
  const groups = getgroups();
  const group = getgid();
  setgroups([gid]);
  setegid(gid);
  seteuid(uid);
  try {
    work();
  } finally {
    seteuid(0);
    setegid(group);
    setgroups(groups);
  }
}

export function userOf(passwd: string, name: string): User | undefined {
  for (const line of passwd.split('\n')) {
    const [user, , uid, gid, , home] = line.split(':');
    if (user === name && home !== undefined) return { uid: Number(uid), gid: Number(gid), home };
  }
  return undefined;
}

/**
 * Full control for the system and administrators by their well-known SIDs, reading for the user, nothing inherited: nobody else. All cashiers of
 * a machine share the one copy: whoever was let in before stays let in.
 */
async function onWindows(key: Buffer, user: string, machine: Machine): Promise<string> {
  const path = copiedKey(machine);
  if (isOurs(path, key)) {
    await setAccess(path, ['/grant', `${user}:R`], user, machine);
    return path;
  }
  mkdirSync(dirname(path), { recursive: true });
  // a new file, and an empty one first: the key is never in a file that others may read, or that somebody made before us
  rmSync(path, { force: true });
  writeFileSync(path, '', { flag: 'wx' });
  await setAccess(path, ['/inheritance:r', '/grant:r', '*S-1-5-18:F', '*S-1-5-32-544:F', `${user}:R`], user, machine);
  writeFileSync(path, key);
  return path;
}

/** Nobody who does not have the key can have made a file that holds it; a link may lead to the daemon's own. */
function isOurs(path: string, key: Buffer): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && there.nlink === 1 && there.size === key.length && readFileSync(path).equals(key);
}

function setAccess(path: string, rights: readonly string[], user: string, { env }: Machine): Promise<void> {
  const icacls = join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'icacls.exe');
  return new Promise((resolve, reject) => {
    execFile(icacls, [path, ...rights], { timeout: ICACLS_MS, windowsHide: true }, (error, _, stderr) => {
      if (error === null) resolve();
      else reject(new TillbridgeError('TB_TILL_AGENT_USER', { user, problem: stderr.trim() === '' ? error.message : stderr.trim() }));
    });
  });
}
