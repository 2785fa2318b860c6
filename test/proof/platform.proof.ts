import { expect, test } from 'vitest';
import { Day } from '../platform/day.js';
import { note, scale } from './note.js';

test('a day at a till: the line goes down and comes up 50 times, the daemon is killed 12 times', async () => {
  const day = await Day.begin();
  try {
    const report = await day.work({ flaps: Math.max(2, Math.round(50 * scale)), kills: Math.max(1, Math.round(12 * scale)) });
    const { read, arrived } = await day.goods();
    const total = { ...report, wrongCredits: day.wrongCredits().length, goodsLost: read === arrived ? 0 : 1, leaks: day.leaks().length, standing: day.standing() };
    note('platform-day', total);
    expect(total).toMatchObject({ wrongCredits: 0, goodsLost: 0, leaks: 0, standing: { done: report.credited, skipped: report.sales - report.credited } });
    expect(report.overtook).toBeGreaterThan(0);
  } finally {
    await day.close();
  }
});
