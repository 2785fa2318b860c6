// Makes a fresh Debian with systemd, which the suite of the package installs into: debootstrap, once, in a cache outside the checkout. Prints
// the folder; does nothing when it is there already. Needs root, debootstrap and Debian's archive.
//   node test/setup-debian-root.mjs [--where]      --where only prints the folder
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Raised when the way in which the folder is made changes. */
const RECIPE = 1;
const SUITE = 'bookworm';
const ARCHIVE = 'http://deb.debian.org/debian';

const cache = process.env.TILLBRIDGE_CACHE ?? join(homedir(), '.cache', 'tillbridge');
const folder = join(cache, `debian-${SUITE}-r${RECIPE}`);
if (process.argv.includes('--where') || existsSync(`${folder}.ready`)) {
  console.log(folder);
  process.exit(0);
}

mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'debian-work-'));
try {
  const made = join(work, 'root');
  const argv = ['--variant=minbase', '--include=adduser,systemd', SUITE, made, ARCHIVE];
  const { status, stdout, stderr } = spawnSync('debootstrap', argv, { encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`debootstrap failed (${status})\n${stdout.slice(-2000)}\n${stderr}`);
  rmSync(join(made, 'var/cache/apt/archives'), { recursive: true, force: true });
  try {
    renameSync(made, folder);
  } catch (error) {
    // somebody else was faster
    if (!existsSync(folder)) throw error;
  }
  writeFileSync(`${folder}.ready`, '');
  console.log(folder);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
