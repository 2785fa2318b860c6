import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/packages.mjs';
import { readManifest } from '../../packages/plugin/src/manifest/manifest.ts';
import { parseProfiles } from '../../packages/bridge/src/config/profiles.ts';
import { blocks, problems } from './compile-snippets.mjs';

const folder = join(root, 'docs/authoring');
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe('the authoring guides', () => {
  test('are there', () => {
    expect(pages.map(({ name }) => name).sort()).toEqual(['adapter.md', 'plugin.md', 'preset.md', 'profile.md', 'reader.md']);
  });

  test('their TypeScript compiles, and one that would not is seen', { timeout: 180_000 }, () => {
    const snippets = pages.map(({ name, text }) => ({ name, texts: blocks(text, 'ts').map(({ text: snippet }) => snippet) }));
    for (const { name, texts } of snippets) if (name !== 'profile.md') expect(texts.length, name).toBeGreaterThan(0);
    const wrong = "import { defineReader } from '@tillbridge/plugin';\ndefineReader(() => 7);\nexport {};";
    // in one go: it is the libraries that take the time
    const found = problems([...snippets.flatMap(({ texts }) => texts), wrong]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("'number' is not assignable to type 'Reader'");
  });

  test('manifests and profiles on them are right', () => {
    const all = (language) => pages.flatMap(({ text }) => blocks(text, language));
    const manifests = all('json');
    expect(manifests.length).toBe(2);
    for (const { text } of manifests) expect(readManifest(JSON.stringify({ version: '1.0.0', type: 'module', tillbridge: { plugin: JSON.parse(text) } }))).toHaveProperty('manifest');
    const profiles = all('yaml').filter(({ info }) => info === 'profile');
    expect(profiles.length).toBe(1);
    for (const { text } of profiles) expect(parseProfiles(text, 'profile.yaml', 'en')).toMatchObject({ problems: [], profiles: [{ id: 'acme-3000-hidpos' }] });
  });

  test('their links lead somewhere', () => {
    const plugins = ['plugins.md', 'plugins.ru.md'].map((name) => ({ path: join(root, 'docs', name), text: readFileSync(join(root, 'docs', name), 'utf8') }));
    for (const { path, text } of [...pages.map(({ name, text }) => ({ path: join(folder, name), text })), ...plugins]) {
      for (const [, link] of text.matchAll(/\]\((?!http)([^)#]+)(?:#[^)]*)?\)/g)) expect(existsSync(join(dirname(path), link)), `${path}: ${link}`).toBe(true);
    }
  });
});
