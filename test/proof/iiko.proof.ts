import { expect, test } from 'vitest';
import { evening, type EveningReport } from '../iiko/evening/evening.js';
import { note, scale } from './note.js';

test('100 evenings with iiko of 200 orders', async () => {
  const count = Math.max(2, Math.round(100 * scale));
  const reports: EveningReport[] = [];
  for (let seed = 1; seed <= count; seed += 1) reports.push(await evening(seed, 200));
  const sum = (what: (report: EveningReport) => number): number => reports.reduce((total, report) => total + what(report), 0);
  const names = [...new Set(reports.flatMap(({ outcomes }) => Object.keys(outcomes)))].sort();
  const outcomes = Object.fromEntries(names.map((name) => [name, sum((report) => report.outcomes[name] ?? 0)]));
  const total = {
    ...{ evenings: count, orders: sum(({ orders }) => orders), scans: sum(({ scans }) => scans), restarts: sum(({ restarts }) => restarts), crashes: sum(({ crashes }) => crashes) },
    ...{ wrong: sum(({ wrong }) => wrong), doubled: sum(({ doubled }) => doubled), missing: sum(({ missing }) => missing), leaked: sum(({ leaked }) => leaked), late: sum(({ late }) => late), unanswered: sum(({ unanswered }) => unanswered) },
    outcomes,
  };
  note('iiko-evenings', total);
  expect(total).toMatchObject({ crashes: 0, wrong: 0, doubled: 0, missing: 0, leaked: 0, late: 0, unanswered: 0 });
});
