// The helper that takes a scanner's keys on Windows, without the readers: for the agent of the cashier's session.
export { helperHost, startHelperProgram, type HelperEvents, type HelperProcess, type StartHelper } from '../keyboard/windows/helper-host.js';
export { helperPath } from '../keyboard/windows/helper-path.js';
