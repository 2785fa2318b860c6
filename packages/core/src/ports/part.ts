import type { TillbridgeError } from '../errors/index.js';

/** How a reader or a till is doing. `retrying`: it failed and tries again on its own; `failed`: it cannot work until somebody acts. */
export type PartStatus = 'closed' | 'opening' | 'ready' | 'retrying' | 'failed';

export interface PartState {
  readonly status: PartStatus;
  /** Unix time in milliseconds at which this status began. */
  readonly since: number;
  readonly reason?: TillbridgeError;
  /** What is at the other end, in a few words for an administrator: a program and its version. No secrets, no numbers. */
  readonly detail?: string;
}

/** The three words that health reports use. */
export type Health = 'healthy' | 'degraded' | 'down';

export function healthOf(state: PartState): Health {
  if (state.status === 'ready') return 'healthy';
  return state.status === 'opening' || state.status === 'retrying' ? 'degraded' : 'down';
}

/** One row of `doctor`. */
export interface ProbeRow {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly id: string;
  readonly text: string;
  readonly remedy?: string;
}
