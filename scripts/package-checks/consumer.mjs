// An empty project of somebody who installs the packed packages, and what must work in it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runOk } from './run.mjs';
import { withNode } from './runtimes.mjs';

/** Makes a project in `folder` that depends on the tarballs (name to path) and on `more`, and installs it without running any script. */
export async function makeConsumer(folder, tarballs, more, flags) {
  mkdirSync(folder, { recursive: true });
  const dependencies = Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]));
  // our own packages come from the tarballs wherever they are asked for: nothing of them is looked up in a registry
  const overrides = Object.fromEntries(Object.keys(tarballs).map((name) => [name, `$${name}`]));
  const manifest = { name: 'consumer', private: true, dependencies: { ...dependencies, ...more }, overrides };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await runOk('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--no-package-lock', ...flags], { cwd: folder });
}

const importing = (name) => ['--input-type=module', '-e', `console.log(JSON.stringify(Object.keys(await import('${name}'))))`];
const requiring = (name) => ['--input-type=commonjs', '-e', `console.log(JSON.stringify(Object.keys(require('${name}'))))`];

/** Names that Node.js itself adds when one module system looks at the other. */
const added = new Set(['default', 'module.exports', '__esModule']);

/** What Node.js 22 says when node:sqlite is loaded. */
const sqliteWarning = /ExperimentalWarning: SQLite is an experimental feature|^\(Use `node --trace-warnings/;

/** Loads an entry point both ways, each in a process of its own, and compares what they export. Problems, if any. */
export async function loadBothWays(folder, entry, nodeFolder) {
  const node = join(nodeFolder, process.platform === 'win32' ? 'node.exe' : 'node');
  const settings = { cwd: folder, env: withNode(nodeFolder), timeoutMs: 30_000 };
  const names = async (argv) => {
    const { stdout, stderr } = await runOk(node, argv, settings);
    const said = stderr.split('\n').filter((line) => line.trim() !== '' && !sqliteWarning.test(line));
    if (said.length > 0) throw new Error(`it printed while loading:\n${said.join('\n')}`);
    return JSON.parse(stdout).filter((name) => !added.has(name)).sort();
  };
  const [esm, cjs] = await Promise.all([names(importing(entry)), names(requiring(entry))]);
  if (esm.length === 0) return ['it exports nothing'];
  return esm.join() === cjs.join() ? [] : [`import gives ${esm.join()}\nrequire gives ${cjs.join()}`];
}

/** Runs the installed command line as `npx` would. */
export function tillbridge(folder, args, nodeFolder) {
  const env = { ...withNode(nodeFolder), LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' };
  return run(join(folder, 'node_modules/.bin/tillbridge'), args, { cwd: folder, env, timeoutMs: 120_000 });
}

/** What an older Node.js must get: exit code 4 and one line that names the version it needs. */
export async function tooOldProblems(folder, node) {
  const { code, stdout, stderr } = await run(node, [join(folder, 'node_modules/tillbridge/bin/tillbridge.cjs'), '--version'], { cwd: folder });
  const line = stderr.trim();
  const problems = [];
  if (code !== 4) problems.push(`exit code ${code}, not 4`);
  if (line.includes('\n') || !line.includes('22.13')) problems.push(`not one line that names Node.js 22.13: ${line}`);
  if (stdout !== '') problems.push(`it printed to stdout: ${stdout}`);
  return problems;
}
