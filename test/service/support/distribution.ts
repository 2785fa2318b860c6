import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Made {
  readonly files: readonly string[];
  readonly folders: Readonly<Record<string, string>>;
}

interface Wanted {
  readonly out: string;
  readonly target: 'linux-x64' | 'win-x64';
  readonly formats: readonly string[];
  readonly effort?: 'full' | 'fast' | 'none';
}

const script = (path: string): Promise<unknown> => import(pathToFileURL(join(ROOT, path)).href);

/** What `npm run distribution` makes, packed with less effort; the folder stays. The driver for 1C is built beside it. */
export async function makeDistribution({ out, target, formats, effort = 'fast' }: Wanted): Promise<Made> {
  const { buildAll, buildable } = (await script('packages/adapter-1c/addin/build.mjs')) as { buildAll: (targets: readonly string[], out: string) => Promise<unknown>; buildable: () => readonly string[] };
  const { distribution } = (await script('scripts/distribution/main.mjs')) as { distribution: (options: object) => Promise<Made> };
  const drivers = join(out, '..', 'drivers');
  if (!existsSync(drivers)) await buildAll(buildable(), drivers);
  return distribution({ out, targets: [target], formats, drivers, keep: true, effort });
}

/** The same folder as a later version, as its package or installer; not compressed. Changes the folder. */
export async function makeUpdate(folder: string, out: string, as: string): Promise<string> {
  const manifest = join(folder, 'app/package.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"version": "[^"]*"/, `"version": "${as}"`));
  mkdirSync(out, { recursive: true });
  const settings = { folder, work: out, out, effort: 'none', as };
  if (folder.includes('win-x64')) return ((await script('scripts/distribution/setup.mjs')) as { windowsSetup: (of: object) => string }).windowsSetup(settings);
  return ((await script('scripts/distribution/debian.mjs')) as { debianPackage: (of: object) => string }).debianPackage(settings);
}

/** The bound of a packed download, in bytes. */
export const MAX_DOWNLOAD = 50_000_000;
