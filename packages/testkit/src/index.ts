export { VirtualClock } from './virtual-clock.js';
export * from './sim/index.js';
export * from './nfc/index.js';
