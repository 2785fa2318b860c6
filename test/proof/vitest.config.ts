import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

/** The full counts: `npm run proof`. Not part of `npm test`, which runs a sample of each. */
export default defineConfig({
  ...(base.resolve === undefined ? {} : { resolve: base.resolve }),
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { name: 'proof', include: ['test/proof/**/*.proof.ts'], pool: 'forks', maxWorkers: 1, testTimeout: 1_800_000, hookTimeout: 60_000 },
});
