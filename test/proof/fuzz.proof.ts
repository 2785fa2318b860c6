import { expect, test } from 'vitest';
import { fuzz, nameOf } from '../fuzz/fuzz-target.js';
import { TARGETS } from '../fuzz/targets/index.js';
import { note, scale } from './note.js';

/** Changed inputs of each target. `npm run fuzz` takes as many as one has time for; this is what can be repeated input by input. */
const CASES = Math.round(2000 * scale);

test('a hundred thousand changed inputs', async () => {
  const runs = [];
  for (const target of TARGETS) runs.push({ target: target.name, ...(await fuzz(target, { seed: 20_261_122, cases: CASES })) });
  const findings = runs.flatMap(({ target, finding }) => (finding === undefined ? [] : `${target}: ${nameOf(finding.error)}`));
  note('fuzz', { targets: runs.length, inputs: runs.reduce((sum, { cases }) => sum + cases, 0), kinds: runs.reduce((sum, { kinds }) => sum + kinds, 0), findings: findings.length });
  expect(findings).toEqual([]);
});
