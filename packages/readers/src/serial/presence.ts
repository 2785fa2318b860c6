import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Cancel, Clock } from '@tillbridge/core';

const CHECK_MS = 2000;

/** Which device a path leads to; `undefined` when to none. */
export async function identity(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? undefined : identityOf(found);
}

export function identityOf(found: Pick<Stats, 'dev' | 'ino' | 'rdev'>): string {
  return `${String(found.dev)}:${String(found.ino)}:${String(found.rdev)}`;
}

/**
 * Calls `gone` once when `path` no longer leads to the device that was `opened` (its identity): checked every 2 s. Drivers do not always tell;
 * serialport reads for ever when a tty hangs up in the middle of data (serialport/bindings-cpp issue 162) and has to be closed.
 */
export function watchPresence(clock: Clock, path: string, opened: string | undefined, gone: () => void): Cancel {
  let cancel: Cancel = () => undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    const now = await identity(path);
    if (stopped) return;
    if (now === undefined || now !== opened) {
      stopped = true;
      gone();
      return;
    }
    cancel = clock.timer(CHECK_MS, () => void look(), { ref: false });
  };
  void look();
  return () => {
    stopped = true;
    cancel();
  };
}
