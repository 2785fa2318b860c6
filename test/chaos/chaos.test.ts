import { expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { chaos } from './chaos.js';
import type { TroubleName } from './plan/faults.js';
import { makePlan } from './plan/make-plan.js';

/** Seeds that are played on every change: what takes no longer than a moment. All of it: docs/chaos.md. */
const SEEDS: readonly { readonly name: string; readonly seed: number; readonly scans: number; readonly only: readonly TroubleName[] }[] = [
  { name: 'processes killed, cables pulled, the journal damaged', seed: 26, scans: 100, only: ['kill-main', 'kill-journal', 'reader-hangup', 'till-hangup', 'kill-desk', 'journal-flip'] },
  { name: 'disk, clock and platform', seed: 9, scans: 100, only: ['disk-full', 'disk-readonly', 'clock-forward', 'clock-back', 'platform-garbage'] },
];

needs('linux', 'root', 'gcc')('chaos', () => {
  test.each(SEEDS)('$name: nothing lost, doubled, reordered, late, leaked', async ({ seed, scans, only }) => {
    const { report } = await chaos(makePlan({ seed, scans, only }));
    expect(report.findings, `again: node test/chaos/run.ts --seed ${String(seed)} --scans ${String(scans)} --only ${only.join(',')}`).toEqual([]);
    expect(report.goods.arrived).toBeGreaterThan(0);
  }, 300_000);
});
