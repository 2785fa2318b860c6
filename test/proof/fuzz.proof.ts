import { expect, test } from 'vitest';
import { fuzz, nameOf } from '../fuzz/fuzz-target.js';
import { TARGETS } from '../fuzz/targets/index.js';
import { note, scale } from './note.js';

/** Changed inputs of each target. The number of the seed is that of nothing else that runs. */
const CASES = Math.round(20_000 * scale);

test('a million changed inputs', async () => {
  const runs = [];
  for (const target of TARGETS) runs.push({ target: target.name, ...(await fuzz(target, { seed: 20_261_122, cases: CASES })) });
  const findings = runs.flatMap(({ target, finding }) => (finding === undefined ? [] : `${target}: ${nameOf(finding.error)}`));
  note('fuzz', { targets: runs.length, inputs: runs.reduce((sum, { cases }) => sum + cases, 0), kinds: runs.reduce((sum, { kinds }) => sum + kinds, 0), findings: findings.length });
  expect(findings).toEqual([]);
});
