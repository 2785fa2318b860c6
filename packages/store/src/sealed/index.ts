export { MAX_SEALED_FILE, SealedFile } from './sealed-file.js';
