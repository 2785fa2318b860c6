// The README's test command behind `npm test`: the suites that need only Node.js and npm.
// With TILLBRIDGE_REQUIRE=all the system suites too (CONTRIBUTING.md, "Tests"). Arguments go to vitest.
// Ends with a line for each failed test, FAILED file > test: error, and one plain line: N passed, N failed, N skipped. A run that collects no test is a failure.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './packages.mjs';
import { failedLines, summarise } from './test-summary.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tillbridge-test-'));
const reportFile = join(folder, 'report.json');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const argv = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...process.argv.slice(2)];
const child = spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

child.on('close', (code) => {
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    console.log('the test runner left no report');
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { line, exitCode } = summarise(report, code);
  for (const failed of failedLines(report, root)) console.log(failed);
  console.log(line);
  process.exit(exitCode);
});
