export {
  CONTRACTS, definePreset, platformDefinition, platformParts,
  type AcceptDefinition, type PlatformDefinition, type PlatformInput, type SettingDefinition,
} from './definition.js';
export { compilePlatform, missingSettings, type CompiledPlatform, type PlatformSettings } from './compile.js';
export { createHttpTranslator, type HttpTranslator, type HttpTranslatorOptions, type PlatformView } from './http-translator.js';
export { PlatformClient, type ClientOptions, type Sent, type SendHow } from './client.js';
export { compileRules, firstThatHolds, RuleProblem, type Answer, type CompiledRule } from './judge.js';
export { compilePath, parseForm, parseJson, select, textOf, type Tree, type TreePath } from './answer-tree.js';
export { parseXml } from './xml-tree.js';
export { pick } from './verdict.js';
export { FILTER_NAMES } from './filters.js';
export { renderOnce, writeRequest, type WrittenRequest } from './request.js';
export type { HttpStats, PlatformCondition } from './stats.js';
export type { CacheFile } from './cache.js';
export type { Encoding, Values } from './template.js';
export { translatorOfPreset, type PresetSettings } from './of-preset.js';
