// What a configuration is checked with: descriptions of platforms, and nothing that asks one.
export { PRESET_IDS, presetOf } from './registry.js';
export { platformDefinition, type PlatformDefinition, type PlatformInput, type SettingDefinition } from '../http/definition.js';
export { acceptSchema, cacheSchema, confirmSchema, limitsSchema, retrySchema } from '../http/definition.js';
export { authSchema } from '../http/auth-schema.js';
export { requestSchema, type JsonTemplate } from '../http/request-schema.js';
export { responseSchema } from '../http/response-schema.js';
export type { BodyTemplate } from '../report/body-schema.js';
export { reportSchema } from '../report/definition.js';
export { compilePlatform, missingSettings, type CompiledPlatform, type PlatformSettings } from '../http/compile.js';
export { mergePlatform, type PlatformOverrides } from '../http/merge.js';
