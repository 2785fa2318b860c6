import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sleep, type Clock, type TillbridgeError } from '@tillbridge/core';

/** A change has to be seen at the latest after this, wherever the system does not tell by itself. */
const LOOK_MS = 500;
/** Between a device node's appearance and its rights (udev) some time passes; also the least time between two attempts. */
const SETTLE_MS = 100;

/** Tells that something was plugged in or out. One for all readers; see `createHotplug`. */
export interface Hotplug {
  /** Resolves at the next change, when things have calmed down; never where the system cannot tell; when `signal` aborts at the latest. */
  changed(signal: AbortSignal): Promise<void>;
}

/** Where a device shows itself. */
export interface Sighting {
  /** What there is to see of it now; `undefined`: nothing. */
  look(): Promise<string | undefined>;
  /** The folder in which its node appears; the nearest one above is watched where it does not exist. */
  readonly folder: string;
  /** Whether a change of this name in the folder may be the device. */
  concerns(name: string): boolean;
}

/** What came of the last attempt. */
export interface Attempt {
  readonly reason: TillbridgeError;
  /** What {@link Sighting.look} gave before it: a device that came in between must not be missed. */
  readonly seen: string | undefined;
}

export interface ArrivalContext {
  readonly clock: Clock;
  readonly hotplug?: Hotplug | undefined;
}

/** Resolves when a device that may be the wanted one appeared or changed; when `signal` aborts at the latest. Never rejects. */
export async function arrivalOf(sighting: Sighting, last: Attempt, { clock, hotplug }: ArrivalContext, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const stop = (): void => over.abort();
  signal.addEventListener('abort', stop, { once: true });
  // `change` is told for new rights, but also whenever another program writes to the node
  const changesToo = last.reason.code === 'TB_READER_NO_PERMISSION' || last.reason.code === 'TB_READER_USB_NO_PERMISSION';
  const seen = (event: 'rename' | 'change', name: string | null): void => {
    if ((event === 'rename' || changesToo) && (name === null || sighting.concerns(name))) stop();
  };
  await Promise.race([
    watchFolder(nearestFolder(sighting.folder), seen, over.signal),
    poll(sighting, last.seen, clock, over.signal),
    ...(hotplug === undefined ? [] : [hotplug.changed(over.signal)]),
  ]);
  over.abort();
  signal.removeEventListener('abort', stop);
  await sleep(clock, SETTLE_MS, signal);
}

/** Resolves when what there is to see has changed to something. */
async function poll(sighting: Sighting, seen: string | undefined, clock: Clock, signal: AbortSignal): Promise<void> {
  let last = seen;
  while (!signal.aborted) {
    const now = await sighting.look();
    if (now !== undefined && now !== last) return;
    last = now;
    await sleep(clock, LOOK_MS, signal);
  }
}

/** The folder, or the nearest one above it that exists (/dev/serial/by-id comes and goes with its devices). */
async function nearestFolder(wanted: string): Promise<string> {
  for (let folder = wanted; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory() === true || folder === dirname(folder)) return folder;
  }
}

/** Tells what happens in a folder. Best effort: resolves only with `signal`, so that polling goes on where it cannot watch. */
async function watchFolder(folder: Promise<string>, seen: (event: 'rename' | 'change', name: string | null) => void, signal: AbortSignal): Promise<void> {
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
