// The promises that take long, at full count, behind `npm run proof`. Writes test/proof/report.json and test/proof/report.md.
//   npm run proof                    everything
//   npm run proof -- 0.1             a tenth of every count
//   npm run proof -- 1 rkeeper nfc   these parts only; the report keeps the others as they were
//   node test/proof/run.mjs --pages  nothing is run: the pages are written again out of test/proof/report.json
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/packages.mjs';
import { writePromisesPages } from '../../scripts/promises-page.mjs';

const reportFile = join(root, 'test/proof/report.json');
const parts = readdirSync(join(root, 'test/proof')).flatMap((file) => (file.endsWith('.proof.ts') ? file.slice(0, -'.proof.ts'.length) : []));
const pagesOnly = process.argv[2] === '--pages';
const [scale = '1', ...named] = pagesOnly ? [] : process.argv.slice(2);
const wanted = pagesOnly ? [] : named.length === 0 ? parts : named;
if (!(Number(scale) > 0) || !wanted.every((part) => parts.includes(part))) {
  console.error(`usage: npm run proof [-- SCALE [PART...]], SCALE above 0, 1 for the full counts; parts: ${parts.join(', ')}`);
  process.exit(2);
}

function prove(part) {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-proof-'));
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, TILLBRIDGE_PROOF_RESULTS: join(folder, 'results'), TILLBRIDGE_PROOF_SCALE: scale };
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', join(root, 'test/proof/vitest.config.ts'), `test/proof/${part}.proof.ts`], { cwd: root, env, stdio: 'inherit' });
  const results = {};
  try {
    for (const file of readdirSync(env.TILLBRIDGE_PROOF_RESULTS)) results[file.replace(/\.json$/, '')] = JSON.parse(readFileSync(join(env.TILLBRIDGE_PROOF_RESULTS, file), 'utf8'));
  } catch {
    // nothing got as far as a result: the report says so
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { passed: status === 0 && Object.keys(results).length > 0, scale: Number(scale), on: new Date().toISOString().slice(0, 10), results };
}

/** The report that is there. */
function before() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return {};
  }
}

const here = { platform: `${process.platform}-${process.arch}`, node: process.versions.node, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30) };
const proven = Object.fromEntries(wanted.map((part) => [part, prove(part)]));
const last = before();
const machine = pagesOnly ? last.machine : here;
const known = { ...last.parts, ...proven };
const report = { machine, parts: Object.fromEntries(parts.flatMap((part) => (known[part] === undefined ? [] : [[part, known[part]]]))) };
writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`);

const show = (value) => (typeof value === 'object' && value !== null ? Object.entries(value).map(([name, count]) => `${name} ${count}`).join(', ') : String(typeof value === 'number' ? Math.round(value * 10) / 10 : value));
const table = ([name, result]) => `### ${name}\n\n| what | value |\n|---|---|\n${Object.entries(result).map(([key, value]) => `| ${key} | ${show(value)} |`).join('\n')}\n`;
const section = ([part, { passed, scale: counts, on, results }]) => [`## ${part}: ${passed ? 'kept' : 'NOT kept'}\n\nAt ${counts} of the full counts, ${on}.\n`, ...Object.entries(results).map(table)].join('\n');
const head = `# Proof\n\nOn ${machine.platform}, Node.js ${machine.node}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB.\n`;
writeFileSync(join(root, 'test/proof/report.md'), [head, ...Object.entries(report.parts).map(section)].join('\n'));
writePromisesPages();
const passed = Object.values(proven).every((part) => part.passed);
if (!pagesOnly) console.log(`${passed ? 'passed' : 'FAILED'}: test/proof/report.md`);
process.exit(passed ? 0 : 1);
