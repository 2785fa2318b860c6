import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// serialport must stay on a process's main thread: forks, not threads.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@tillbridge\/testkit\/suites$/, replacement: source('packages/testkit/src/suites/index.ts') },
      { find: /^@tillbridge\/([a-z0-9-]+)$/, replacement: source('packages/$1/src/index.ts') },
      { find: /^tillbridge$/, replacement: source('packages/bridge/src/index.ts') },
    ],
  },
  test: {
    pool: 'forks',
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
    reporters: ['default'],
  },
});
