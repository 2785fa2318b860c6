import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const folderOf = (path: string): string => new URL(path, import.meta.url).pathname;

export const REPOSITORY = folderOf('../../..').replace(/\/$/, '');
export const BENCH = folderOf('..').replace(/\/$/, '');

/**
 * Bundles groups and players into plain JavaScript: in the emulated guest each file and each type to strip costs time. Packages stay
 * outside, so what is tested is what was built. The folder lies below node_modules, where the packages are found.
 */
export async function bundleGroups(files: readonly string[]): Promise<string> {
  const parent = join(REPOSITORY, 'node_modules/.cache/tillbridge/usb-bench');
  await mkdir(parent, { recursive: true });
  const outdir = await mkdtemp(join(parent, 'run-'));
  // some groups run programs as somebody else
  await chmod(outdir, 0o755);
  await build({
    entryPoints: [...files, join(BENCH, 'players/player.ts')],
    entryNames: '[name]',
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await copyBuilt(join(outdir, 'packages'));
  return outdir;
}

/** What was built, as it is now: a build that starts meanwhile does not pull the files from under the guest. */
async function copyBuilt(folder: string): Promise<void> {
  for (const name of await readdir(join(REPOSITORY, 'packages'))) {
    const dist = join(REPOSITORY, 'packages', name, 'dist');
    if (existsSync(dist)) await cp(dist, join(folder, name), { recursive: true });
  }
}
