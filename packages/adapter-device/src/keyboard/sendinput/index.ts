export { sendInputSource } from './source.js';
export type { SendInputOptions } from './options.js';
