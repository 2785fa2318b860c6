export { sendInputSource } from './hosted-injector.js';
export { sendInputHere } from './direct-injector.js';
export type { SendInputOptions } from './options.js';
