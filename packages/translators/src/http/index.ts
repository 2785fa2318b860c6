export {
  definePreset, platformDefinition, platformParts,
  type AcceptDefinition, type PlatformDefinition, type PlatformInput, type SettingDefinition,
} from './definition.js';
export { loadPreset, PRESET_IDS } from '../presets/registry.js';
