import { writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { needs } from '../support/needs.js';
import { allGroups, runBench, type BenchReport } from './host/bench.ts';

// The machine runs while the tests are collected, so that each check in it becomes a test of its own. A check that was never made cannot
// hide: a group that does not come to its end is a failure, and so is a machine that does not.
needs('linux', 'qemu', 'pcscd', 'nfc-packages')('usb bench', async () => {
  const groups = process.env['TILLBRIDGE_USB_BENCH_GROUPS']?.split(',') ?? (await allGroups());
  const { checks, failures, log, console, seconds } = await secondLook(groups, await runBench({ groups }));

  for (const group of new Set(checks.map((check) => check.group))) {
    describe(group, () => {
      for (const { check, ok, note } of checks.filter((each) => each.group === group)) {
        it(check, () => expect(ok, note).toBe(true));
      }
    });
  }

  it(`every group and the machine came to their end (${seconds.toFixed(0)} s)`, () => {
    expect(failures, `-- log\n${log.slice(-4000)}\n-- console\n${console.slice(-4000)}`).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
  });
});

/**
 * Emulated machines share their cores with whatever else this computer does, and a group that was starved can miss a time limit of the
 * kernel or of a library. Groups with a failure get one more machine to themselves; what fails there too is a failure, and what does not
 * is told of, so that nobody overlooks a check that only passes sometimes.
 */
async function secondLook(groups: readonly string[], first: BenchReport): Promise<BenchReport> {
  const again = groups.filter((group) => first.checks.some((check) => check.group === group && !check.ok) || first.failures.some((failure) => failure.includes(group)));
  if (again.length === 0) return first;
  for (const { group, check, ok, note } of first.checks) if (!ok) tell(`${group} > ${check}: ${note}`);
  for (const failure of first.failures) tell(failure);
  const second = await runBench({ groups: again, machines: 1 });
  return { ...second, checks: [...first.checks.filter(({ group }) => !again.includes(group)), ...second.checks], seconds: first.seconds + second.seconds };
}

function tell(what: string): void {
  // not console.log: the runner would put a heading between the lines
  writeSync(1, `SECOND LOOK usb-bench > ${what.slice(0, 400).replaceAll('\n', ' ')}\n`);
}
