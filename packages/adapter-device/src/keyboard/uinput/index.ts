export { uinputSource, type UinputOptions } from './source.js';
