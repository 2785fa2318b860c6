import { expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { Day } from './day.js';

const linux = needs('linux');

linux('a day at a till', () => {
  test('the line goes and comes, the daemon is killed: no product is delayed, no sale is lost or credited twice, no one-time code stays', async () => {
    const day = await Day.begin();
    try {
      const report = await day.work({ flaps: 6, kills: 3 });
      expect(report.kills).toBe(3);
      // it was a day: guests were found and not found, and products overtook a look-up that hung
      expect(report.credited).toBeGreaterThan(8);
      expect(report.refusedLookUps).toBeGreaterThan(5);
      expect(report.overtook).toBeGreaterThan(0);
      expect(day.wrongCredits()).toEqual([]);
      expect(day.standing()).toEqual({ done: report.credited, skipped: report.sales - report.credited });
      const { read, arrived } = await day.goods();
      expect(arrived).toBe(read);
      expect(day.leaks()).toEqual([]);
    } finally {
      await day.close();
    }
  }, 240_000);
});
