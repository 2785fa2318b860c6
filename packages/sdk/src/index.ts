export { BridgeError } from './client/bridge-error.js';
export { REPORTABLE } from './bridge.js';
export type * from './bridge.js';
export type * from './events.js';
export type * from './receipt.js';
export type { ConnectOptions, Pairing, PairOptions } from './client/connect.js';
export { connect, pair } from './node/connect.js';
export { createBridge, type BridgeOptions } from './node/create-bridge.js';
