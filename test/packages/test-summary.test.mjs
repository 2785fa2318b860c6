import { expect, test } from 'vitest';
import { summarise } from '../../scripts/test-summary.mjs';

const report = (passed, failed, files = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: files,
});
const file = (status, ...tests) => ({ status, assertionResults: tests.map((each) => ({ status: each })) });

test('a green run', () => {
  expect(summarise(report(5, 0, [file('passed', 'passed')]), 0)).toMatchObject({ line: '5 passed, 0 failed, 3 skipped', exitCode: 0 });
});

test('failed tests are counted once, files that could not be loaded too', () => {
  const files = [file('failed', 'passed', 'failed'), file('failed'), file('passed', 'passed')];
  expect(summarise(report(5, 1, files), 1)).toMatchObject({ line: '5 passed, 2 failed, 3 skipped', exitCode: 1 });
});

test('a runner that fails without a failed test has failed all the same', () => {
  expect(summarise(report(5, 0), 1)).toMatchObject({ failed: 1, exitCode: 1 });
  expect(summarise(report(5, 0), null)).toMatchObject({ failed: 1, exitCode: 1 });
});

test('a run in which nothing passed is no success', () => {
  expect(summarise(report(0, 0), 0)).toMatchObject({ failed: 0, exitCode: 1 });
});
