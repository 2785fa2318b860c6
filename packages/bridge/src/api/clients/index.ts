export { ClientRegistry, clientView, type Authentication, type ClientView } from './registry.js';
export { PAIRING_MS } from './pairings.js';
