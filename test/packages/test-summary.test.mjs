import { expect, test } from 'vitest';
import { failedLines, summarise } from '../../scripts/test-summary.mjs';

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

test('each failed test is named with its file, its groups and the first line of its error', () => {
  const failing = (title, ...failureMessages) => ({ status: 'failed', ancestorTitles: ['a shop', 'at night'], title, failureMessages });
  const lines = failedLines(
    report(1, 2, [
      { name: '/here/test/a.test.ts', status: 'failed', message: '', assertionResults: [failing('opens', '\u001b[31mAssertionError: no\u001b[39m\n  at x'), { status: 'passed' }, failing('closes')] },
      { name: '/here/test/b.test.ts', status: 'failed', message: '\nCannot find module x\nstack', assertionResults: [] },
      { name: '/here/test/c.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed' }] },
    ]),
    '/here',
  );
  expect(lines).toEqual([
    'FAILED test/a.test.ts > a shop > at night > opens: AssertionError: no',
    'FAILED test/a.test.ts > a shop > at night > closes: no message',
    'FAILED test/b.test.ts: Cannot find module x',
  ]);
});
