import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'tsup';

// One configuration for every package; scripts/build.mjs runs it in each package's folder, in dependency order.
// A package may list further entry points (workers, child processes, sub-paths) in its package.json under "tillbridge".
interface Manifest {
  readonly optionalDependencies?: Record<string, string>;
  readonly tillbridge?: { readonly entries?: Record<string, string>; readonly internal?: Record<string, string>; readonly browser?: Record<string, string>; readonly selfContained?: boolean };
}
const manifest = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as Manifest;
const entries = { index: 'src/index.ts', ...manifest.tillbridge?.entries };
const internal = manifest.tillbridge?.internal ?? {};
const browser = manifest.tillbridge?.browser ?? {};

// tsup leaves dependencies and peers outside by itself, but not these: bundled, a native package cannot find its binary
const external = Object.keys(manifest.optionalDependencies ?? {});

const common = {
  external,
  // node:sqlite exists under that name only: the prefix must stay
  removeNodeProtocol: false,
  target: 'node22',
  platform: 'node',
  outDir: 'dist',
  splitting: true,
  treeshake: true,
  silent: true,
} as const;

export default defineConfig([
  {
    ...common,
    entry: entries,
    format: ['esm', 'cjs'],
    shims: true,
    sourcemap: false,
    dts: process.env['TILLBRIDGE_BUILD_TYPES'] === 'off' ? false : { entry: entries },
  },
  // for web pages: whole files that import nothing, so that a page without a bundler can load one
  ...(Object.keys(browser).length > 0
    ? [
        {
          ...common,
          entry: browser,
          format: ['esm' as const, 'cjs' as const],
          platform: 'browser' as const,
          target: 'es2022',
          splitting: false,
          noExternal: ['@tillbridge/core'],
          dts: process.env['TILLBRIDGE_BUILD_TYPES'] === 'off' ? false : { entry: browser },
        },
      ]
    : []),
  // started as a process or a thread, never imported: no types, ES module only
  // one that may read nothing but its own folder has our other packages inside
  ...(Object.keys(internal).length > 0 ? [{ ...common, entry: internal, format: ['esm' as const], ...(manifest.tillbridge?.selfContained === true ? { noExternal: [/^@tillbridge\//] } : {}) }] : []),
]);
