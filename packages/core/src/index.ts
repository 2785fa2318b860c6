export * from './masked.js';
export * from './native-number.js';
export * from './errors/index.js';
export * from './ports/index.js';
export * from './outcome.js';
export * from './translation.js';
export * from './code.js';
export * from './decode/symbology.js';
export { systemClock } from './system-clock.js';
