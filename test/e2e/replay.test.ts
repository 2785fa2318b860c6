import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/cli.js';
import { makeTempFolder } from '../support/temp-folder.js';

const recorded = fileURLToPath(new URL('../replay/counter.rec', import.meta.url));

test('`replay` says that a recorded evening came out the same, and names what did not', async () => {
  const temp = makeTempFolder();
  onTestFinished(temp.remove);
  const changed = join(temp.path, 'changed.rec');
  writeFileSync(changed, readFileSync(recorded, 'utf8').replace(/("e":"outcome"[^\n]*"outcome":)"sent"/, '$1"rejected"'));
  const [same, other] = await Promise.all([recorded, changed].map((file) => runCli(['replay', file], { cwd: temp.path })));
  expect(same).toMatchObject({ code: 0, stderr: '' });
  expect(same?.stdout).toMatch(/^same: \d+ events, 16 goods, 5 outcomes\n$/);
  expect(other?.code).toBe(1);
  expect(other?.stdout).toMatch(/^1 differences: .*\nfront \d+: was card \d+ rejected.*, is card \d+ sent/);
});
