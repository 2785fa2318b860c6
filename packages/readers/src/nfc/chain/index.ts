export * from './types.js';
export * from './uid/uid-options.js';
