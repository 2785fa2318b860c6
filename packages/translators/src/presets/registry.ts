import type { PlatformInput } from '../http/definition.js';

type Load = () => Promise<PlatformInput>;

/** The presets by id, each loaded when it is asked for: a daemon needs one of them, or none. In the order of the alphabet, one line each. */
const LOADERS: Readonly<Record<string, Load>> = {
};

export const PRESET_IDS: readonly string[] = Object.keys(LOADERS);

/** @returns undefined where there is no such preset */
export async function loadPreset(id: string): Promise<PlatformInput | undefined> {
  return Object.hasOwn(LOADERS, id) ? LOADERS[id]?.() : undefined;
}
