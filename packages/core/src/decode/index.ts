export { parseAimId, removeEciEscapes, type AimId } from './aim.js';
export { createTextDecoder, FALLBACK_CHARSETS, type DecodeText, type FallbackCharset } from './charset.js';
export { decodeScan } from './decode.js';
export { SYMBOLOGIES, type Symbology } from './symbology.js';
