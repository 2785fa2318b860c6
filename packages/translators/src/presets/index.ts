export { PRESET_IDS, presetOf } from './registry.js';
