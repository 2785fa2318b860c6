import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@tillbridge\/testkit\/(suites|rkeeper|iiko|platform|rotating)$/, replacement: source('packages/testkit/src/$1/index.ts') },
      { find: /^@tillbridge\/(readers|store|translators|adapter-device|child-host|plugin)\/([a-z-]+)$/, replacement: source('packages/$1/src/$2/index.ts') },
      { find: /^@tillbridge\/testkit\/1c$/, replacement: source('packages/testkit/src/onec/index.ts') },
      { find: /^@tillbridge\/sdk\/browser$/, replacement: source('packages/sdk/src/browser/index.ts') },
      { find: /^tillbridge\/embed$/, replacement: source('packages/bridge/src/embed.ts') },
      { find: /^@tillbridge\/([a-z0-9-]+)$/, replacement: source('packages/$1/src/index.ts') },
      { find: /^create-tillbridge-plugin$/, replacement: source('packages/create-tillbridge-plugin/src/index.ts') },
      { find: /^tillbridge$/, replacement: source('packages/bridge/src/index.ts') },
    ],
  },
  test: {
    // serialport must stay on a process's main thread: forks, not threads
    pool: 'forks',
    // no file changes what another one imports (there is no module-level state), and importing it all anew costs half of the time
    isolate: false,
    // most of the long files wait for other processes: fewer workers than this would leave a small machine idle
    maxWorkers: Math.max(4, availableParallelism()),
    // limits, not expectations: a machine may be busy with other things
    testTimeout: 60_000,
    hookTimeout: 90_000,
    passWithNoTests: false,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts', 'packages/bridge/{console,phone-page}/src/**/*.test.ts', 'test/{support,packages,fuzz,replay,soak}/**/*.test.{ts,mjs}'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // whole processes, real ttys and real time; no file may count on having the machine to itself
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{support,packages,fuzz,replay,soak}/**', 'test/usb-bench/usb-bench.test.ts', '**/node_modules/**'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // emulated machines: when nothing else runs
        extends: true,
        test: { name: 'machines', include: ['test/usb-bench/usb-bench.test.ts'], sequence: { groupOrder: 2 } },
      },
    ],
  },
});
