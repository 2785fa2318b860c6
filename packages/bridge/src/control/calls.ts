import type { Daemon } from '../daemon/daemon.js';
import { daemonCalls } from './calls-daemon.js';
import { scanCalls } from './calls-scans.js';
import { statusCalls } from './calls-status.js';
import type { Call } from './http.js';

/** The calls of the local protocol, whatever listener they come by. */
export function createCalls(daemon: Daemon): readonly Call[] {
  return [...statusCalls(daemon), ...scanCalls(daemon), ...daemonCalls(daemon)];
}
