import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { sleep, type Clock, type TillbridgeError } from '@tillbridge/core';
import { ttyNames } from '../discovery/sysfs.js';
import type { SystemRoots } from '../discovery/roots.js';
import type { SerialWhere } from './options.js';
import { identity } from './presence.js';
import { linksOf } from './pty-link.js';

/** A change has to be seen at the latest after this, wherever the system does not tell by itself. */
const LOOK_MS = 500;
/** Between a device node's appearance and its rights (udev) some time passes; also the least time between two attempts. */
const SETTLE_MS = 100;

type Seen = (event: 'rename' | 'change', name: string | null) => void;

/** What there is to see of the wanted device now: what it changes to something else is worth an attempt. */
export async function look(where: SerialWhere, roots: SystemRoots): Promise<string | undefined> {
  if (!('path' in where)) return (await ttyNames(roots)).join();
  const device = await identity(where.path);
  // a link that is made anew may lead to a device of the same name and number
  return device === undefined ? undefined : `${device} ${await linksOf(where.path)}`;
}

/** What came of the last attempt. */
export interface Attempt {
  readonly reason: TillbridgeError;
  /** What {@link look} gave before it: a device that came in between must not be missed. */
  readonly seen: string | undefined;
}

/** Resolves when a device that may be the wanted one appeared or changed; when `signal` aborts at the latest. Never rejects. */
export async function arrival(where: SerialWhere, last: Attempt, clock: Clock, roots: SystemRoots, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const stop = (): void => over.abort();
  signal.addEventListener('abort', stop, { once: true });
  // `change` is told for new rights, but also whenever another program writes to the port
  const changesToo = last.reason.code === 'TB_READER_NO_PERMISSION';
  const seen: Seen = (event, name) => {
    if (event === 'change' && !changesToo) return;
    if (name === null || ('path' in where ? where.path.split(sep).includes(name) : name.startsWith('tty'))) stop();
  };
  const watching = watchFolder('path' in where ? nearestFolder(where.path) : Promise.resolve(roots.dev), seen, over.signal);
  await Promise.race([watching, poll(() => look(where, roots), last.seen, clock, over.signal)]);
  over.abort();
  signal.removeEventListener('abort', stop);
  await sleep(clock, SETTLE_MS, signal);
}

/** Resolves when what `see` gives has changed to something. */
async function poll(see: () => Promise<string | undefined>, seen: string | undefined, clock: Clock, signal: AbortSignal): Promise<void> {
  let last = seen;
  while (!signal.aborted) {
    const now = await see();
    if (now !== undefined && now !== last) return;
    last = now;
    await sleep(clock, LOOK_MS, signal);
  }
}

/** The folder of the path, or the nearest one above it that exists (/dev/serial/by-id comes and goes with its devices). */
async function nearestFolder(path: string): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory() === true || folder === dirname(folder)) return folder;
  }
}

/** Tells what happens in a folder. Best effort: resolves only with `signal`, so that polling goes on where it cannot watch. */
async function watchFolder(folder: Promise<string>, seen: Seen, signal: AbortSignal): Promise<void> {
  const path = await folder;
  if (signal.aborted) return;
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(path, { persistent: false }, seen);
    watcher.on('error', () => watcher?.close());
  } catch {
    // no watches left, or a file system without them
  }
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  watcher?.close();
}
