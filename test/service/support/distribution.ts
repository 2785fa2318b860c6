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
  /** Another version, for an update. */
  readonly as?: string;
}

/** What `npm run distribution` makes, packed with less effort; the folder stays. The driver for 1C is built beside it. */
export async function makeDistribution({ out, target, formats, as }: Wanted): Promise<Made> {
  const { buildAll, buildable } = (await import(pathToFileURL(join(ROOT, 'packages/adapter-1c/addin/build.mjs')).href)) as { buildAll: (targets: readonly string[], out: string) => Promise<unknown>; buildable: () => readonly string[] };
  const { distribution } = (await import(pathToFileURL(join(ROOT, 'scripts/distribution/main.mjs')).href)) as { distribution: (options: object) => Promise<Made> };
  const drivers = join(out, '..', 'drivers');
  await buildAll(buildable(), drivers);
  return distribution({ out, targets: [target], formats, drivers, keep: true, fast: true, ...(as === undefined ? {} : { as }) });
}

/** The bound of the issue of downloads: packed, in bytes. */
export const MAX_DOWNLOAD = 50_000_000;
