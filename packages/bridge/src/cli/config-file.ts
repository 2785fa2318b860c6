import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { TillbridgeError, type Language } from '@tillbridge/core';
import { configCandidates, locateConfig, readConfig, type LoadedConfig, type Surroundings } from '../config/index.js';
import { RefusedConfigError } from '../daemon/refused-config.js';

/** Where this process runs, for the default places of configuration and state. */
export function surroundings(): Surroundings {
  return { env: process.env, platform: process.platform, uid: process.getuid?.(), cwd: process.cwd(), home: homedir() };
}

/** The configuration file: the one that was named, else the first that exists. @throws {TillbridgeError} `TB_CONFIG_NOT_FOUND` */
export function findConfig(named: string | undefined): string {
  if (named !== undefined) return named;
  const around = surroundings();
  const found = locateConfig(around, existsSync);
  if (found === undefined) throw new TillbridgeError('TB_CONFIG_NOT_FOUND', { path: configCandidates(around).join(', ') });
  return found;
}

/**
 * Reads and checks a configuration.
 *
 * @throws {RefusedConfigError} with every mistake in it, {TillbridgeError} area CONFIG
 */
export function loadConfigFile(path: string, language: Language): LoadedConfig {
  const loaded = readConfig(path, { env: process.env, language });
  if (loaded.ok) return loaded;
  throw new RefusedConfigError(path, loaded.problems);
}

/** The configuration file, where there is one; it need not be valid. */
export function existingConfig(named: string | undefined): string | undefined {
  return named ?? locateConfig(surroundings(), existsSync);
}

/** The configuration, where there is a valid one: for commands that also work without. A file that was named has to be valid. */
export function optionalConfig(named: string | undefined, language: Language): LoadedConfig | undefined {
  if (named !== undefined) return loadConfigFile(named, language);
  const found = existingConfig(undefined);
  if (found === undefined) return undefined;
  try {
    return loadConfigFile(found, language);
  } catch {
    return undefined;
  }
}
