import { setTimeout as pause } from 'node:timers/promises';

/** Emulation is slow, and other work may share the machine: how long an event may take, milliseconds. */
export const PATIENCE_MS = 60_000;
/** Between two looks: looking costs time that what is waited for could use. */
const LOOK_MS = 25;

/** Waits until `probe` gives something. @throws Error naming `what` after {@link PATIENCE_MS}. */
export async function until<T>(what: string, probe: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (performance.now() >= end) throw new Error(`waited ${String(PATIENCE_MS)} ms for ${what}`);
    await pause(LOOK_MS);
  }
}
