export { KeyRing, type KeyRingOptions, type RefusedKeySet } from './key-ring.js';
export { keySetSchema, readKeySet, type KeySet, type KeySetDocument, type KeySetProblem, type RotatingKey } from './key-set.js';
export { createRotatingTranslator, type RotatingTranslatorOptions } from './rotating-translator.js';
export { verifyRotatingCode, type RotatingVerdict } from './verify.js';
