export { sendInputSource } from './source.js';
export { sendInputHere } from './direct-injector.js';
export type { SendInputOptions } from './options.js';
