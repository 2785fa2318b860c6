// What a run of the test runner comes to, from its JSON report: pure, so that it can be tested.

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
