// The promises that take long, at full count, behind `npm run proof`. Writes test/proof/report.json and test/proof/report.md.
//   npm run proof            everything
//   npm run proof -- 0.1     a tenth of every count
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/packages.mjs';

const scale = process.argv[2] ?? '1';
if (!(Number(scale) > 0)) {
  console.error('usage: npm run proof [-- SCALE], SCALE above 0, 1 for the full counts');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'tillbridge-proof-'));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const env = { ...process.env, TILLBRIDGE_PROOF_RESULTS: join(folder, 'results'), TILLBRIDGE_PROOF_SCALE: scale };
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', join(root, 'test/proof/vitest.config.ts')], { cwd: root, env, stdio: 'inherit' });

const results = {};
try {
  for (const file of readdirSync(env.TILLBRIDGE_PROOF_RESULTS)) results[file.replace(/\.json$/, '')] = JSON.parse(readFileSync(join(env.TILLBRIDGE_PROOF_RESULTS, file), 'utf8'));
} catch {
  // nothing got as far as a result: the report says so
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const machine = { platform: `${process.platform}-${process.arch}`, node: process.versions.node, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30) };
const report = { passed: status === 0 && Object.keys(results).length > 0, scale: Number(scale), machine, results };
writeFileSync(join(root, 'test/proof/report.json'), `${JSON.stringify(report, null, 2)}\n`);

const show = (value) => (typeof value === 'object' && value !== null ? Object.entries(value).map(([name, count]) => `${name} ${count}`).join(', ') : String(typeof value === 'number' ? Math.round(value * 10) / 10 : value));
const section = ([name, result]) => `## ${name}\n\n| what | value |\n|---|---|\n${Object.entries(result).map(([key, value]) => `| ${key} | ${show(value)} |`).join('\n')}\n`;
const head = `# Proof\n\n${report.passed ? 'All promises kept' : 'NOT all promises kept'}, at ${scale} of the full counts, on ${machine.platform}, Node.js ${machine.node}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB.\n`;
writeFileSync(join(root, 'test/proof/report.md'), [head, ...Object.entries(results).map(section)].join('\n'));
console.log(`${report.passed ? 'passed' : 'FAILED'}: test/proof/report.md`);
process.exit(report.passed ? 0 : 1);
