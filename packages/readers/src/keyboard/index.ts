export { createKeyboardReader } from './keyboard-reader.js';
export type { KeyboardAccess, KeyboardReaderContext, KeyboardReaderOptions } from './options.js';
export { KEY_SUFFIXES, type KeySuffix } from './collect/read-end.js';
export type { GsKeys } from './decode/key-decoder.js';
export { HOOK_PREFIXES, type HookPrefix } from '../option-names/hook-prefixes.js';
