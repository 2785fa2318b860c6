import { lstat, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** As many links in a row as Linux follows (MAXSYMLINKS). */
const MOST_LINKS = 40;
/** Majors of Unix98 PTY slaves (Linux, Documentation/admin-guide/devices.txt). */
const PTY_MAJORS = { first: 136n, last: 143n } as const;

/**
 * The symbolic links on the way to a PTY as one text, which changes when any of them is made anew; `undefined` for what is no PTY or is
 * reached without a link. The kernel gives the number of a PTY that has ended to the next program that asks for one, a login shell for
 * instance: a link that its maker left behind leads to that stranger then.
 */
export async function ptyLink(path: string): Promise<string | undefined> {
  try {
    const major = ((await stat(path, { bigint: true })).rdev >> 8n) & 0xfffn;
    if (major < PTY_MAJORS.first || major > PTY_MAJORS.last) return undefined;
    const links = await linksOf(path);
    return links === '' ? undefined : links;
  } catch {
    return undefined;
  }
}

/** The links that `path` leads over, each with when it was made; empty where it is none. Never rejects. */
export async function linksOf(path: string): Promise<string> {
  const links: string[] = [];
  try {
    for (let at = path; links.length < MOST_LINKS; ) {
      const found = await lstat(at, { bigint: true });
      if (!found.isSymbolicLink()) break;
      links.push(`${String(found.dev)}:${String(found.ino)}:${String(found.ctimeNs)}`);
      at = resolve(dirname(at), await readlink(at));
    }
  } catch {
    // the last one leads nowhere
  }
  return links.join(' ');
}
