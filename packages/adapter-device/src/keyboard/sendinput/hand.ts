import type { Clock } from '@tillbridge/core';
import { CannotType, type TypingHand } from '../hosted/typing-host.js';
import { Typist } from './typist.js';
import type { Windows } from './windows.js';

/** The typist of a desktop. @throws {CannotType} where this process has none. */
export async function windowsHand(load: () => Promise<Windows>, clock: Clock): Promise<TypingHand> {
  const windows = await load();
  if (!windows.interactive()) throw new CannotType('noDesktop', 'no desktop');
  return new Typist(windows, clock);
}
