export { helperHost, startHelperProgram, type HelperEvents, type HelperProcess, type StartHelper } from './helper-host.js';
export { helperPath } from './helper-path.js';
