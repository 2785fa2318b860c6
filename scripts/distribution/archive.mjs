// Archives whose bytes depend on what is in them alone: sorted names, fixed times, no owner.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { zipSync } from 'fflate';

/** 2020-01-01: before every release, and after what ZIP can tell (1980). */
export const EPOCH = '1577836800';

export function run(command, argv, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { encoding: 'utf8', timeout: 600_000, maxBuffer: 2 ** 26, ...options });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${argv.join(' ')} failed (${status})\n${stdout}${stderr}`);
  return stdout;
}

/** `folder` as its only entry. */
export function tarXz(folder, file, effort = 'full') {
  // two threads always: blocks are cut the same on every machine
  const env = { ...process.env, XZ_OPT: `-${effort === 'full' ? 6 : 0} -T2 --block-size=32MiB`, LC_ALL: 'C' };
  run('tar', ['--create', '--xz', '--file', file, '--sort=name', `--mtime=@${EPOCH}`, '--owner=0', '--group=0', '--numeric-owner', '--format=gnu', '--directory', dirname(folder), basename(folder)], { env });
}

export function zip(folder, file, effort = 'full') {
  const content = {};
  const add = (path) => {
    for (const name of readdirSync(path).sort()) {
      const full = join(path, name);
      if (statSync(full).isDirectory()) add(full);
      else content[`${basename(folder)}/${relative(folder, full)}`] = readFileSync(full);
    }
  };
  add(folder);
  // the format keeps local time: made of local parts, it is the same everywhere
  writeFileSync(file, zipSync(content, { level: effort === 'full' ? 9 : 1, mtime: new Date(2020, 0, 1, 0, 0, 0) }));
}

/** Lines as `sha256sum --check` takes them. */
export function checksums(files) {
  return files.map((file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}\n`).join('');
}
