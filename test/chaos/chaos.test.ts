import { expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { chaos } from './chaos.js';
import type { TroubleName } from './plan/faults.js';
import { makePlan } from './plan/make-plan.js';

/** Seeds that are played on every change; between them every fault once. The long run: docs/chaos.md. */
const SEEDS: readonly { readonly name: string; readonly seed: number; readonly scans: number; readonly only: readonly TroubleName[] }[] = [
  { name: 'processes killed, cables pulled', seed: 11, scans: 300, only: ['kill-main', 'kill-journal', 'kill-api', 'kill-reader', 'kill-desk', 'reader-hangup', 'till-hangup', 'till-pause'] },
  { name: 'disk, clock, platform and cash server', seed: 12, scans: 300, only: ['disk-full', 'disk-readonly', 'disk-slow', 'clock-forward', 'clock-back', 'platform-silent', 'platform-garbage', 'cash-drops'] },
  { name: 'the journal damaged between two runs', seed: 13, scans: 60, only: ['journal-flip', 'cash-refuses'] },
];

needs('linux', 'root', 'gcc')('chaos', () => {
  test.each(SEEDS)('$name: nothing lost, doubled, reordered, late, leaked', async ({ seed, scans, only }) => {
    const { report } = await chaos(makePlan({ seed, scans, only }));
    expect(report.findings, `again: node test/chaos/run.ts --seed ${String(seed)} --scans ${String(scans)} --only ${only.join(',')}`).toEqual([]);
    expect(report.goods.arrived).toBeGreaterThan(0);
  }, 300_000);
});
