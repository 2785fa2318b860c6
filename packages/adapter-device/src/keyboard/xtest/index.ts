export { xtestSource } from './xtest-injector.js';
export type { XServerOptions } from './x-server.js';
