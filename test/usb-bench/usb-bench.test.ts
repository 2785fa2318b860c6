import { describe, expect, it } from 'vitest';
import { needs } from '../support/needs.js';
import { allGroups, runBench } from './host/bench.ts';

// The machine runs while the tests are collected, so that each check in it becomes a test of its own. A check that was never made cannot
// hide: a group that does not come to its end is a failure, and so is a machine that does not.
needs('linux', 'qemu', 'pcscd', 'nfc-packages')('usb bench', async () => {
  const groups = process.env['TILLBRIDGE_USB_BENCH_GROUPS']?.split(',') ?? (await allGroups());
  const { checks, failures, log, console, seconds } = await runBench({ groups });

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
