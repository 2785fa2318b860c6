import { systemClock, TillbridgeError } from '@tillbridge/core';
import { configJsonSchema, hostsOf, pluginsOf, readConfig, readConfigText, secretLine, showAsYaml, shownConfig, type LoadedConfig } from '../config/index.js';
import { RefusedConfigError } from '../daemon/refused-config.js';
import { listBackups, readBackup, readFile, readOnlyReason, replaceWithBackup, revisionOf } from './config-disk.js';
import type { CheckedConfig, ConfigBackup, ConfigFile, DeskPlace } from './jobs.js';

/** @throws {TillbridgeError} area CONFIG */
export function read({ config }: DeskPlace): ConfigFile {
  const { real, bytes, revision } = readFile(config);
  const text = showable(bytes, config);
  const readOnly = readOnlyReason(real);
  return { path: config, text, revision, ...(readOnly === undefined ? {} : { readOnly }) };
}

/** The effective configuration of the file, secrets hidden. @throws {TillbridgeError} area CONFIG */
export function shown({ config, language, state }: DeskPlace): { readonly yaml: string; readonly hosts: readonly string[] } {
  const loaded = readConfig(config, { env: process.env, language, state });
  if (!loaded.ok) throw new RefusedConfigError(config, loaded.problems);
  return { yaml: showAsYaml(loaded).replace(/\n# hosts that may be contacted:[^]*$/, ''), hosts: shownConfig(loaded).hosts };
}

/** With the options of the plugins that the configuration names, where it is valid. */
export function schema({ config, language, state }: DeskPlace): Record<string, unknown> {
  const loaded = readConfig(config, { env: process.env, language, state });
  return configJsonSchema(loaded.ok ? pluginsOf(loaded.config) : []);
}

export function check({ config, language, state }: DeskPlace, { text }: { readonly text: string }): CheckedConfig {
  const loaded = readConfigText(Buffer.from(text), config, { env: process.env, language, state });
  if (!loaded.ok) return { ok: false, problems: loaded.problems, warnings: [], hosts: [] };
  return { ok: true, problems: [], warnings: loaded.warnings, hosts: hostsOf(loaded.config), console: consoleAt(loaded) };
}

function consoleAt({ config: { api } }: LoadedConfig): string {
  return api === 'off' || !api.console ? 'off' : `${api.host}:${api.port}`;
}

/**
 * Saves a text that is valid in the place of the one that the editor saw.
 *
 * @throws {TillbridgeError} `TB_CONFIG_INVALID` with every mistake, `TB_CONFIG_CHANGED`, `TB_CONFIG_READ_ONLY`, `TB_CONFIG_NOT_FOUND`
 */
export function save({ config, language, state }: DeskPlace, { text, revision }: { readonly text: string; readonly revision: string }): { readonly revision: string; readonly backup: string | null } {
  const seen = readFile(config);
  if (seen.revision !== revision) throw new TillbridgeError('TB_CONFIG_CHANGED');
  const bytes = Buffer.from(text);
  const loaded = readConfigText(bytes, config, { env: process.env, language, state });
  if (!loaded.ok) throw new RefusedConfigError(config, loaded.problems);
  return { backup: replaceWithBackup(config, seen, bytes, systemClock.wall()), revision: revisionOf(bytes) };
}

export function backups({ config }: DeskPlace): readonly ConfigBackup[] {
  return listBackups(readFile(config).real);
}

export function backup({ config }: DeskPlace, { name }: { readonly name: string }): { readonly text: string } {
  return { text: showable(readBackup(readFile(config).real, name), config) };
}

/** The text of a file, unless a secret stands in it. @throws {TillbridgeError} `TB_CONFIG_SECRET_INSIDE` */
function showable(bytes: Uint8Array, path: string): string {
  const text = new TextDecoder().decode(bytes);
  const line = secretLine(text, readConfigText(bytes, path, { env: process.env, language: 'en' }));
  if (line !== undefined) throw new TillbridgeError('TB_CONFIG_SECRET_INSIDE', { line });
  return text;
}
