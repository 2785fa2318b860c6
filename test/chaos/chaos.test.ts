import { expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { chaos } from './chaos.js';
import { EVERY_CHANGE } from './plan/every-change.js';
import { makePlan } from './plan/make-plan.js';

needs('linux', 'root', 'gcc')('chaos', () => {
  test.concurrent.each(EVERY_CHANGE)('$name: nothing lost, doubled, reordered, late, leaked', async ({ seed, scans, only }) => {
    const { report } = await chaos(makePlan({ seed, scans, only }));
    expect(report.findings, `again: node test/chaos/run.ts --seed ${String(seed)} --scans ${String(scans)} --only ${only.join(',')}`).toEqual([]);
    expect(report.goods.arrived).toBeGreaterThan(0);
  }, 300_000);
});
