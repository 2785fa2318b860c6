// node scripts/audit.mjs [--must]: known weaknesses of what is installed with the published packages, by npm's advisories, held to the policy of
// docs/supply-chain.md. Exit 0 nothing that stops a release, 1 something does, 3 the advisories could not be had; with --must that is 1 too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditVerdict } from './package-checks/audit.mjs';
import { run } from './package-checks/run.mjs';
import { root } from './packages.mjs';

/** The registry may be far away, or not be there at all. */
const TIMEOUT_MS = 60_000;

const accepted = JSON.parse(readFileSync(join(root, 'scripts/audit-accepted.json'), 'utf8'));
const { stdout } = await run('npm', ['audit', '--omit=dev', '--json'], { cwd: root, timeoutMs: TIMEOUT_MS });
const { checked, problems, notes } = auditVerdict(parsed(stdout), accepted, new Date().toISOString().slice(0, 10));
for (const note of notes) console.log(note);
for (const problem of problems) console.log(`STOPS ${problem}`);
if (checked) console.log(`audit: ${problems.length === 0 ? 'nothing that stops a release' : `${problems.length} to mend or to accept in scripts/audit-accepted.json`}`);
process.exit(problems.length > 0 ? 1 : checked ? 0 : process.argv.includes('--must') ? 1 : 3);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
