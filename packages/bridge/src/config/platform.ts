import { compilePlatform, mergePlatform, platformDefinition, presetOf, type CompiledPlatform, type PlatformDefinition, type PlatformOverrides, type PlatformSettings } from '@tillbridge/translators/presets';
import type { TranslatorConfig } from './schema.js';

export type HttpConfig = Extract<TranslatorConfig, { readonly type: 'http' }>;

/** What the configuration and its preset come to. Not yet checked against what the preset needs. */
export function platformOf(config: HttpConfig): PlatformDefinition | undefined {
  const parsed = platformDefinition.safeParse(mergedPlatform(config));
  return parsed.success ? parsed.data : undefined;
}

/** The same before the schema has seen it. */
export function mergedPlatform(config: Readonly<Record<string, unknown>>): unknown {
  const preset = typeof config['preset'] === 'string' ? config['preset'] : undefined;
  const overrides = Object.fromEntries(OVERRIDES.map((key) => [key, config[key]]));
  return mergePlatform('own', preset === undefined ? undefined : presetOf(preset), overrides);
}

const OVERRIDES = ['enabled', 'auth', 'limits', 'accept', 'calls', 'response', 'responses', 'cache', 'retry', 'confirm', 'report'] as const satisfies readonly (keyof PlatformOverrides)[];

export function platformSettings({ baseUrl, vars, secrets }: HttpConfig): PlatformSettings {
  return { ...(baseUrl === undefined ? {} : { baseUrl }), vars, secrets };
}

/** @throws {TillbridgeError} `TB_TRANSLATE_HTTP_SPEC`, `TB_TRANSLATE_HTTP_TEMPLATE`; undefined where it is left out (`enabled: false`) */
export function compiledPlatform(config: HttpConfig): CompiledPlatform | undefined {
  const definition = platformOf(config);
  if (definition?.enabled !== true) return undefined;
  return compilePlatform(definition, platformSettings(config));
}
