// Builds every package (ES module, CommonJS, types) in dependency order. A package whose sources and dependencies have not changed is left alone.
//   node scripts/build.mjs [--quiet] [--force] [package ...]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildConsole, hasConsole } from './build-console.mjs';
import { buildLevels, root } from './packages.mjs';

const args = process.argv.slice(2);
const quiet = args.includes('--quiet');
const force = args.includes('--force');
const only = args.filter((a) => !a.startsWith('--'));

/** What `tsc -b` notes of its checks: no source, or every build after a check would start from nothing. */
const CHECK_NOTES = '.tsbuildinfo';

/** The sources below a folder. */
function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === '.types') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (!entry.name.endsWith('.test.ts') && !entry.name.endsWith(CHECK_NOTES)) yield path;
  }
}

const stampFolder = join(root, 'node_modules/.cache/tillbridge/built');
const stamps = new Map();
function stampOf(p) {
  const hash = createHash('sha256').update(process.version);
  for (const file of ['tsup.config.ts', 'tsconfig.build.json', 'tsconfig.base.json', 'package-lock.json']) {
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
  }
  for (const file of files(p.folder)) hash.update(file).update(readFileSync(file));
  for (const [name, stamp] of stamps) if (name in p.named) hash.update(stamp);
  return hash.digest('hex');
}

function run(p) {
  const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
  return start(p, [tsup, '--config', join(root, 'tsup.config.ts'), '--tsconfig', join(root, 'tsconfig.build.json')]);
}

const runScript = (p, script) => start(p, [join(p.folder, script), '--quiet']);

function start(p, argv) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { cwd: p.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`building ${p.name} failed (${code})\n${output}`))));
  });
}

async function build(p, stamp) {
  // beside the installed packages, not in dist: what is in dist gets published
  const stampFile = join(stampFolder, p.short);
  if (!force && existsSync(join(p.folder, 'dist')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const start = performance.now();
  rmSync(join(p.folder, 'dist'), { recursive: true, force: true });
  rmSync(stampFile, { force: true });
  await run(p);
  if (hasConsole(p)) await buildConsole();
  // what tsup does not make, such as the page for phones: scripts named in the manifest
  for (const script of p.manifest.tillbridge?.after ?? []) await runScript(p, script);
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(stampFile, stamp);
  if (!quiet) console.log(`built ${p.name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

async function level(packages) {
  const jobs = packages.filter((p) => only.length === 0 || only.includes(p.short)).map((p) => () => build(p, stamps.get(p.name)));
  const worker = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await job();
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, worker));
}

try {
  for (const packages of buildLevels()) {
    for (const p of packages) stamps.set(p.name, stampOf(p));
    await level(packages);
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
