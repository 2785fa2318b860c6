export * from './cloud/index.js';
export * from './front/index.js';
export { noHttpFaults, type HttpFaults } from './http/index.js';
export * from './plugin/index.js';
export * from './pos-server/index.js';
export * from './sink/index.js';
