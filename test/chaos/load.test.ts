import { expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { chaos } from './chaos.js';
import { loadPlan } from './plan/load-plan.js';

// ten minutes of it: npm run proof -- 1 load
needs('linux')('load', () => {
  test('four readers at 20 reads a second each: goods all there and in order, one outcome for each guest', async () => {
    const { report } = await chaos(loadPlan({ seed: 2, seconds: 5 }));
    expect(report.findings).toEqual([]);
    expect(report.goods).toMatchObject({ sent: 380, arrived: 380, lostInKills: 0, pieces: 0 });
    const outcomes = Object.values(report.loyalty.outcomes).reduce((sum, count) => sum + count, 0);
    expect(outcomes + report.loyalty.asGoods).toBe(20);
  }, 300_000);
});
