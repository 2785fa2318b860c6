import { expect, test } from 'vitest';
import { evening } from './evening/evening.js';

test.each([1, 6])("a restaurant's evening with iiko (seed %i): every guest on the right order or refused in words, none elsewhere, none twice, none late", async (seed) => {
  const report = await evening(seed, 200);
  expect(report, JSON.stringify(report)).toMatchObject({ orders: 200, crashes: 0, wrong: 0, doubled: 0, missing: 0, leaked: 0, late: 0, unanswered: 0 });
  // it was an evening worth the name
  expect(report.scans).toBeGreaterThan(150);
  expect(report.restarts).toBeGreaterThanOrEqual(5);
  expect(report.outcomes['applied']).toBeGreaterThan(50);
  for (const seen of ['expired orderChanged', 'rejected wrongScreen', 'notFound']) expect(Object.keys(report.outcomes)).toContain(seen);
  expect(Object.keys(report.outcomes).length).toBeGreaterThan(10);
}, 300_000);
