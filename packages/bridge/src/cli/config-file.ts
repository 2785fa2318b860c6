import type { Language } from '@tillbridge/core';
import { readConfig, type LoadedConfig } from '../config/index.js';
import { RefusedConfigError } from '../daemon/refused-config.js';
import { existingConfig } from './find-config.js';

/**
 * Reads and checks a configuration. `state`: the state folder, where plugins may be installed.
 *
 * @throws {RefusedConfigError} with every mistake in it, {TillbridgeError} area CONFIG
 */
export function loadConfigFile(path: string, language: Language, state?: string): LoadedConfig {
  const loaded = readConfig(path, { env: process.env, language, ...(state === undefined ? {} : { state }) });
  if (loaded.ok) return loaded;
  throw new RefusedConfigError(path, loaded.problems);
}

/** The configuration, where there is a valid one: for commands that also work without. A file that was named has to be valid. */
export function optionalConfig(named: string | undefined, language: Language, state?: string): LoadedConfig | undefined {
  if (named !== undefined) return loadConfigFile(named, language, state);
  const found = existingConfig(undefined);
  if (found === undefined) return undefined;
  try {
    return loadConfigFile(found, language, state);
  } catch {
    return undefined;
  }
}
