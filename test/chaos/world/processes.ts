import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** What each of the daemon's children is for, by the file that it runs. */
const ROLES = [
  ['kill-journal', /journal-process/],
  ['kill-api', /api-process/],
  // card table, journal searches, checks: what an administrator asks for
  ['kill-desk', /desk-child/],
  // the one that holds the USB library for readers
  ['kill-reader', /\/hid[^/]*\.js|hid-(host|process|main)/],
] as const;

export type Role = (typeof ROLES)[number][0];

/** The children of a process, as the kernel lists them. */
export function childrenOf(pid: number): readonly Process[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      // pid (name) state ppid
      const parent = /\) \S (\d+) /.exec(readFileSync(`/proc/${entry}/stat`, 'latin1'))?.[1];
      return Number(parent) === pid ? [{ pid: Number(entry), command: readFileSync(`/proc/${entry}/cmdline`, 'latin1').replaceAll('\0', ' ') }] : [];
    } catch {
      // gone meanwhile
      return [];
    }
  });
}

/** The child of a daemon that does this; undefined: there is none just now. */
export function childFor(daemon: number, role: Role): number | undefined {
  const pattern = ROLES.find(([name]) => name === role)?.[1];
  return childrenOf(daemon).find(({ command }) => pattern?.test(command) === true)?.pid;
}
