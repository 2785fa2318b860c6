export * from './framing/index.js';
export * from './serial/index.js';
export * from './tcp/index.js';
export * from './discovery/index.js';
export * from './profiles/index.js';
export * from './usb/index.js';
export type { Hotplug } from './connection/arrival.js';
export * from './nfc/index.js';
