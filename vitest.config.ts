import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@tillbridge\/testkit\/(suites|rkeeper)$/, replacement: source('packages/testkit/src/$1/index.ts') },
      { find: /^@tillbridge\/sdk\/browser$/, replacement: source('packages/sdk/src/browser/index.ts') },
      { find: /^tillbridge\/embed$/, replacement: source('packages/bridge/src/embed.ts') },
      { find: /^@tillbridge\/([a-z0-9-]+)$/, replacement: source('packages/$1/src/index.ts') },
      { find: /^tillbridge$/, replacement: source('packages/bridge/src/index.ts') },
    ],
  },
  test: {
    // serialport must stay on a process's main thread: forks, not threads
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts', 'test/{support,packages}/**/*.test.{ts,mjs}'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // whole processes, real ttys and real time: after the rest and one file at a time, so that they do not disturb each other
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{support,packages}/**', '**/node_modules/**'],
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
    ],
  },
});
