import { dirname, sep } from 'node:path';
import { arrivalOf, type ArrivalContext, type Attempt } from '../connection/arrival.js';
import { ttyNames } from '../discovery/sysfs.js';
import type { SystemRoots } from '../discovery/roots.js';
import type { SerialWhere } from './options.js';
import { identity } from './presence.js';
import { linksOf } from './pty-link.js';

/** What there is to see of the wanted device now: what it changes to something else is worth an attempt. */
export async function look(where: SerialWhere, roots: SystemRoots): Promise<string | undefined> {
  if (!('path' in where)) return (await ttyNames(roots)).join();
  const device = await identity(where.path);
  // a link that is made anew may lead to a device of the same name and number
  return device === undefined ? undefined : `${device} ${await linksOf(where.path)}`;
}

/** Resolves when a device that may be the wanted one appeared or changed; when `signal` aborts at the latest. Never rejects. */
export function arrival(where: SerialWhere, last: Attempt, context: ArrivalContext, roots: SystemRoots, signal: AbortSignal): Promise<void> {
  const path = 'path' in where ? where.path : undefined;
  return arrivalOf(
    {
      look: () => look(where, roots),
      folder: path === undefined ? roots.dev : dirname(path),
      concerns: (name) => (path === undefined ? name.startsWith('tty') : path.split(sep).includes(name)),
    },
    last,
    context,
    signal,
  );
}
