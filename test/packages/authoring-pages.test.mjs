import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/packages.mjs';
import { readManifest } from '../../packages/plugin/src/manifest/manifest.ts';
import { parseProfiles } from '../../packages/bridge/src/config/profiles.ts';
import { parsePage } from '../../scripts/docs/markdown.mjs';

const folder = join(root, 'docs/authoring');
const pages = readdirSync(folder).map((name) => ({ name, ...parsePage(readFileSync(join(folder, name), 'utf8')) }));

describe('the authoring guides', () => {
  test('are there', () => {
    expect(pages.map(({ name }) => name).sort()).toEqual(['adapter.md', 'plugin.md', 'preset.md', 'profile.md', 'reader.md']);
  });

  // the check of the documentation compiles it
  test('have code to follow', () => {
    for (const { name, blocks } of pages) if (name !== 'profile.md') expect(blocks.some(({ lang }) => lang === 'ts'), name).toBe(true);
  });

  test('manifests and profiles on them are right', () => {
    const all = (language) => pages.flatMap(({ blocks }) => blocks.filter(({ lang }) => lang === language));
    const manifests = all('json');
    expect(manifests.length).toBe(2);
    for (const { text } of manifests) expect(readManifest(JSON.stringify({ version: '1.0.0', type: 'module', tillbridge: { plugin: JSON.parse(text) } }))).toHaveProperty('manifest');
    const profiles = all('yaml').filter(({ info }) => info === 'profile');
    expect(profiles.length).toBe(1);
    for (const { text } of profiles) expect(parseProfiles(text, 'profile.yaml', 'en')).toMatchObject({ problems: [], profiles: [{ id: 'acme-3000-hidpos' }] });
  });
});
