// Packages of the registry that this machine has not installed, because they are for another system: fetched once, checked against the digest
// that is written here or in the lockfile, and kept in a cache outside the checkout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../packages.mjs';

const cache = join(process.env.TILLBRIDGE_CACHE ?? join(homedir(), '.cache', 'tillbridge'), 'packages');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
const runtimes = JSON.parse(readFileSync(fileURLToPath(new URL('runtimes.json', import.meta.url)), 'utf8'));

/** The folder of a package: as installed here, else fetched in the version of the lockfile, or of runtimes.json. */
export function packageFolder(name) {
  const installed = join(root, 'node_modules', name);
  const pinned = runtimes[name] ?? lock[`node_modules/${name}`];
  if (pinned === undefined) throw new Error(`${name} is neither in package-lock.json nor in runtimes.json`);
  if (runtimes[name] === undefined && existsSync(join(installed, 'package.json'))) return installed;
  return fetched(name, pinned);
}

function fetched(name, { version, integrity }) {
  const folder = join(cache, `${name.replace('@', '').replace('/', '-')}-${version}`);
  if (existsSync(join(folder, '.whole'))) return folder;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'work-'));
  try {
    const [{ filename }] = JSON.parse(run('npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', work], work));
    const file = join(work, filename.replace('@', '').replace('/', '-'));
    const digest = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
    if (digest !== integrity) throw new Error(`${name}@${version} is not what is expected: its digest is ${digest}, not ${integrity}`);
    run('tar', ['-xzf', file, '-C', work], work);
    writeFileSync(join(work, 'package/.whole'), '');
    try {
      renameSync(join(work, 'package'), folder);
    } catch (error) {
      // somebody else was faster
      if (!existsSync(join(folder, '.whole'))) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function run(command, argv, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { cwd, encoding: 'utf8', timeout: 300_000, maxBuffer: 2 ** 24 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${argv.join(' ')} failed (${status})\n${stderr}`);
  return stdout;
}
