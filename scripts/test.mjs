// The README's test command behind `npm test`. Runs the fast suites; with TILLBRIDGE_REQUIRE=all the system suites too.
// Ends with one plain line: N passed, N failed, N skipped. A run that collects no test is a failure.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './packages.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tillbridge-test-'));
const report = join(folder, 'report.json');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const argv = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)];
const child = spawn(process.execPath, argv, { cwd: root, stdio: 'inherit' });
child.on('close', (code) => {
  let results;
  try {
    results = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    console.log('the test runner left no report');
    process.exit(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const skipped = results.numPendingTests + results.numTodoTests;
  console.log(`${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped`);
  process.exit(code !== 0 ? (code ?? 1) : results.numPassedTests > 0 ? 0 : 1);
});
