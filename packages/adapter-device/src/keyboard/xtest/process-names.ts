import { readFileSync, readlinkSync } from 'node:fs';

/** Longest command line that is looked at. */
const MOST = 4096;

/** Names that a process goes by: its program file, what it was started as (a Windows program under wine), its short name. */
export function processNames(pid: number, root = '/proc'): readonly string[] {
  const names = [
    attempt(() => readFileSync(`${root}/${String(pid)}/cmdline`, 'utf8').slice(0, MOST).split('\0')[0]),
    // not readable for the processes of others
    attempt(() => readlinkSync(`${root}/${String(pid)}/exe`).replace(/ \(deleted\)$/, '')),
    attempt(() => readFileSync(`${root}/${String(pid)}/comm`, 'utf8').trim()),
  ];
  return names.filter((name) => name !== undefined && name !== '').filter((name, i, all) => all.indexOf(name) === i) as readonly string[];
}

function attempt(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
