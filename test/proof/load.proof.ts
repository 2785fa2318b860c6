import { expect, test } from 'vitest';
import { chaos } from '../chaos/chaos.js';
import { READERS } from '../chaos/plan/codes.js';
import { loadPlan, READS_PER_SECOND } from '../chaos/plan/load-plan.js';
import { note, scale } from './note.js';

test('four readers at 20 reads a second each for ten minutes, goods in bursts of 50', async () => {
  const plan = loadPlan({ seed: 1, seconds: Math.max(10, Math.round(600 * scale)) });
  const { report, observed } = await chaos(plan);
  const { scans: reads, goods, loyalty: { shown, outcomes, asGoods, untold }, wrong, findings, searched } = report;
  // a driver that did not keep its pace would have proved less than it says
  const begun = Math.min(...observed.bursts.map(({ from }) => from));
  const seconds = Math.max(...observed.bursts.map(({ sent }) => sent), ...observed.shown.map(({ sent }) => sent)) - begun;
  const perSecond = (reads / READERS.length / seconds) * 1000;
  note('load', { readers: READERS.length, reads, seconds: Math.round(seconds / 1000), readsPerSecondAndReader: Math.round(perSecond * 100) / 100, findings: wrong, goods, loyalty: { shown, asGoods, untold }, outcomes, charactersSearched: searched });
  expect(findings).toEqual([]);
  expect(asGoods + untold).toBe(0);
  expect(goods.sent).toBe(goods.arrived);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(shown);
  expect(perSecond).toBeGreaterThan(READS_PER_SECOND * 0.98);
}, 3_600_000);
