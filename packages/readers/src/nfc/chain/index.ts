export * from './types.js';
export type { ChainOptions } from './options.js';
export * from './uid/uid-options.js';
export { formatUid } from './uid/uid-form.js';
export { uidDoubt, type UidDoubt } from './uid/uid-doubt.js';
export { inferUidRule, MIN_LEARN_DIGITS, narrowUidRules } from './uid/infer-uid-rule.js';
export { classifyAtr, type CardClass, type StorageCard, type StorageStandard } from './wire/atr.js';
export { checkUid, compileChain, DEFAULT_BUDGET_MS, DEFAULT_TIMEOUT_MS, DEFAULT_WINDOW_MS } from './compile-chain.js';
export { readCard } from './read-card.js';
