// Installs the two NFC packages for the suites that talk to a real PC/SC service, into a cache outside the checkout: nfc-pcsc compiles for
// one Node.js and so must not be in the lock, pcsc-mini's platform packages are not to be had everywhere. Compiled for the Node.js that runs
// this file. Prints the folder; does nothing when it is there already. Needs g++, make, python3 and libpcsclite-dev (setup-debian.sh).
//   node test/setup-nfc.mjs [--where]      --where only prints the folder
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const VERSIONS = { 'nfc-pcsc': '0.8.1', 'pcsc-mini': '0.1.3' };

const cache = process.env.TILLBRIDGE_CACHE ?? join(homedir(), '.cache', 'tillbridge');
const name = `nfc-${VERSIONS['nfc-pcsc']}-${VERSIONS['pcsc-mini']}-node${process.versions.modules}-${process.platform}-${process.arch}`;
const folder = join(cache, name);

if (process.argv.includes('--where') || existsSync(join(folder, 'package.json'))) {
  console.log(folder);
  process.exit(0);
}

function run(cwd, command, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 300_000, env: { ...process.env, ...env } });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed${error === undefined ? '' : ` (${error.message})`}\n${stdout}\n${stderr}`);
  process.exit(1);
}

mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'nfc-work-'));
try {
  writeFileSync(join(work, 'package.json'), JSON.stringify({ private: true, dependencies: VERSIONS }));
  run(work, 'npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']);
  // the headers of the Node.js that runs this, which come with it; node-gyp must run on that one too
  const home = dirname(dirname(process.execPath));
  run(join(work, 'node_modules/@pokusew/pcsclite'), 'npm', ['rebuild'], { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...(existsSync(join(home, 'include/node/node.h')) ? { npm_config_nodedir: home } : {}) });
  run(work, process.execPath, ['-e', "require('nfc-pcsc'); require('pcsc-mini')"]);
  // whole or not at all, also when two do this at once
  try {
    renameSync(work, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'package.json'))) throw error;
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(folder);
