import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configPage, configPageFile } from '../../scripts/config-page.mjs';
import { configJsonSchema } from '../../packages/bridge/src/index.js';

test('docs/configuration.md is in step with the schema: run node scripts/config-page.mjs', () => {
  const page = configPage(configJsonSchema());
  expect(readFileSync(configPageFile, 'utf8')).toBe(page);
  for (const key of ['baudRate', 'quietMs', 'expireMs', 'requirePeer', 'keepDays']) expect(page).toContain(`| \`${key}\` |`);
});
