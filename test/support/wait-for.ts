import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits, in real time, until `probe` gives something other than `undefined` or `false`, and gives that.
 * For what another process does; inside one process wait for the event or use the virtual clock.
 * @throws Error naming `what` when `timeoutMs` (default 30000: a machine may be busy) have passed.
 */
export async function waitFor<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (performance.now() >= end) throw new Error(`waited ${String(timeoutMs)} ms for ${what}`);
    await pause(5);
  }
}
