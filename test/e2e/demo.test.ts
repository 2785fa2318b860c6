import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runCli, startCli } from '../support/cli.js';
import { tempFolder } from '../support/temp-folder.js';

interface Step {
  readonly kind: string;
  readonly outcome: string | null;
  readonly ok: boolean;
  readonly received: string;
}

describe.each(['pty', 'tcp'])('demo over %s', (how) => {
  const env = { TILLBRIDGE_DEMO: how };

  test.runIf(how === 'tcp' || process.platform === 'linux')('--once: every kind of scan, a summary, exit 0, nothing left behind', async () => {
    const tmp = tempFolder();
    const { code, stdout, stderr } = await runCli(['demo', '--once'], { env: { ...env, TMPDIR: tmp }, cwd: tmp });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`6 of 6 as they must be \\(over ${how}\\)`));
    expect(stdout).toContain('<GS>');
    expect(stdout).not.toMatch(/9812345678901234|2700001234564/);
    expect(readdirSync(tmp)).toEqual([]);
  });

  test.runIf(how === 'tcp' || process.platform === 'linux')('--once --json: one document', async () => {
    const { code, stdout } = await runCli(['demo', '--once', '--json'], { env });
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as { ok: boolean; transport: string; steps: Step[] };
    expect(result).toMatchObject({ ok: true, transport: how });
    expect(result.steps.map(({ kind, outcome, ok }) => [kind, outcome, ok])).toEqual([
      ['goods', null, true],
      ['goods', null, true],
      ['card', 'sent', true],
      ['card', 'notFound', true],
      ['coupon', 'sent', true],
      ['goods', null, true],
    ]);
  });
});

test('demo runs until Ctrl-C, exits 0 and clears up; in Russian where the system is', async () => {
  const tmp = tempFolder();
  const demo = startCli(['demo'], { env: { TMPDIR: tmp, LC_ALL: 'ru_RU.UTF-8' } });
  await demo.waitForLine(/ 1\. товар: сканер .* касса 4601234567893/);
  await demo.waitForLine(/ 2\. /);
  demo.child.kill('SIGINT');
  expect(await demo.exited).toEqual({ code: 0, signal: null });
  expect(readdirSync(tmp)).toEqual([]);
});
