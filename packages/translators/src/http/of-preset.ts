import { Secret, type Clock, type Log } from '@tillbridge/core';
import { compilePlatform } from './compile.js';
import { platformDefinition, type PlatformInput } from './definition.js';
import { createHttpTranslator, type HttpTranslator, type HttpTranslatorOptions } from './http-translator.js';

export interface PresetSettings {
  readonly baseUrl: string;
  readonly vars?: Readonly<Record<string, string | readonly string[]>>;
  /** In clear, as a test has them; a configuration resolves references. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A translator of a description in a few words, for tests of presets and for programs that have no configuration file.
 *
 * @throws {TillbridgeError} area TRANSLATE, {ZodError} where the description is wrong
 */
export function translatorOfPreset(input: PlatformInput, settings: PresetSettings, options: Partial<HttpTranslatorOptions> = {}): HttpTranslator {
  const definition = platformDefinition.parse(input);
  const { baseUrl, vars = {}, secrets = {}, clock, log } = settings;
  const hidden = Object.fromEntries(Object.entries(secrets).map(([name, text]) => [name, new Secret(text)]));
  // who has more time for a look-up has it for its connection as well
  const connectMs = Math.max(definition.limits.connectMs, options.timeoutMs ?? 0);
  const platform = compilePlatform({ ...definition, limits: { ...definition.limits, connectMs } }, { baseUrl, vars, secrets: hidden });
  return createHttpTranslator({ id: definition.id, platform, clock, log, random: () => 0.5, ...options });
}
