import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRESET_IDS, platformDefinition, presetOf } from '@tillbridge/translators/presets';
import { LANGUAGES, platformsPage, platformsPageFile } from '../../scripts/platforms-page.mjs';

test.each(LANGUAGES)('docs/platform-presets (%s) is in step with the presets: run node scripts/platforms-page.mjs', (language) => {
  const presets = PRESET_IDS.map((id) => platformDefinition.parse(presetOf(id)));
  expect(readFileSync(platformsPageFile(language), 'utf8')).toBe(platformsPage(presets, language));
});
