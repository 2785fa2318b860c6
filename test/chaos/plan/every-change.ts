import type { TroubleName } from './faults.js';

export interface Day {
  readonly name: string;
  readonly seed: number;
  readonly scans: number;
  readonly only: readonly TroubleName[];
}

/** The days that are played on every change: what takes no longer than a moment, and between them every trouble. All of it: docs/chaos.md. */
export const EVERY_CHANGE: readonly Day[] = [
  { name: 'nothing wrong but questions at the desk', seed: 5, scans: 80, only: ['kill-desk'] },
  { name: 'processes killed, cables pulled, the journal damaged', seed: 26, scans: 100, only: ['kill-main', 'kill-journal', 'kill-api', 'kill-reader', 'reader-hangup', 'journal-flip'] },
  { name: 'tills and platform', seed: 9, scans: 100, only: ['till-hangup', 'till-gone', 'till-pause', 'platform-silent', 'platform-slow', 'journal-cut'] },
  { name: 'disk, clock and platform', seed: 9, scans: 100, only: ['disk-full', 'disk-readonly', 'disk-slow', 'clock-forward', 'clock-back'] },
  { name: 'platform and restaurant', seed: 3, scans: 200, only: ['platform-drops', 'platform-garbage', 'cash-silent', 'cash-drops', 'cash-garbage', 'cash-refuses'] },
];
