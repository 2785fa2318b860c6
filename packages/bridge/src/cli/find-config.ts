import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { TillbridgeError } from '@tillbridge/core';
import { configCandidates, locateConfig, type Surroundings } from '../config/locate.js';

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

/** The configuration file, where there is one; it need not be valid. */
export function existingConfig(named: string | undefined): string | undefined {
  return named ?? locateConfig(surroundings(), existsSync);
}
