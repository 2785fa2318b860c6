export * from './cards/index.js';
export * from './clients/index.js';
export * from './journal/index.js';
export * from './outbox/index.js';
export * from './phones/index.js';
export * from './sealed/index.js';
export * from './spent/index.js';
export * from './state/index.js';
