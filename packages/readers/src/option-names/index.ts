// The words that a configuration may use for readers, without the readers.
export { GS_KEYS, LAYOUT_NAMES } from '../profiles/names.js';
export { READ_WAYS, SMART_TAP_SERVICES } from '../nfc/chain/types.js';
export { UID_FORMATS } from '../nfc/chain/uid/uid-options.js';
export { HOOK_PREFIXES, type HookPrefix } from './hook-prefixes.js';
