export * from './framing/index.js';
export * from './serial/index.js';
export * from './tcp/index.js';
export * from './discovery/index.js';
export { KNOWN_SERIAL, knownSerial, normalUsbId, type KnownSerial } from './profiles/known-serial.js';
