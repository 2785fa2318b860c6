import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

/** The long run: `npm run fuzz`. Not part of `npm test`, which takes a few hundred inputs of each target. */
export default defineConfig({
  ...(base.resolve === undefined ? {} : { resolve: base.resolve }),
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { name: 'fuzz', include: ['test/fuzz/**/*.long.ts'], pool: 'forks', maxWorkers: 1, testTimeout: 86_400_000, hookTimeout: 60_000, reporters: ['dot'] },
});
