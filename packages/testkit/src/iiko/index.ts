export * from './cloud/index.js';
export * from './front/index.js';
export * from './plugin/index.js';
export * from './sink/index.js';
