export { ClientRegistry, clientView, type ClientView } from './registry.js';
export { callerOf, pluginCaller, TokenCheck, type Authentication, type ClientCaller, type KnownClient } from './token-check.js';
export { PAIRING_MS } from './pairings.js';
