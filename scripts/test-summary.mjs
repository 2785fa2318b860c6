// What a run of the test runner comes to, from its JSON report: pure, so that it can be tested.
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** The first line of an error, without colours and no longer than a line of a log should be. */
function firstLine(message) {
  const line = stripVTControlCharacters(message ?? '').split('\n').find((text) => text.trim() !== '') ?? 'no message';
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}

/**
 * One line a failed test, for the end of the output: the rest may be cut off where it is read.
 * @param {object} report the JSON report of vitest
 * @param {string} root the folder that file names are told from
 * @returns {string[]} `FAILED file > describe > test: first line of the error`
 */
export function failedLines(report, root) {
  return report.testResults.flatMap((file) => {
    const name = relative(root, file.name);
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return file.status === 'failed' ? [`FAILED ${name}: ${firstLine(file.message)}`] : [];
    return failed.map((test) => `FAILED ${[name, ...test.ancestorTitles, test.title].join(' > ')}: ${firstLine(test.failureMessages?.[0])}`);
  });
}

/**
 * @param {object} report the JSON report of vitest
 * @param {number | null} exitCode what the runner exited with
 * @returns {{ passed: number, failed: number, skipped: number, line: string, exitCode: number }}
 */
export function summarise(report, exitCode) {
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  // a file that cannot be loaded has no tests of its own to fail; a rejection outside any test only shows in the exit code
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  const counted = report.numFailedTests + broken.length;
  const failed = counted === 0 && exitCode !== 0 ? 1 : counted;
  return {
    passed,
    failed,
    skipped,
    line: `${passed} passed, ${failed} failed, ${skipped} skipped`,
    exitCode: failed > 0 || passed === 0 ? 1 : 0,
  };
}
