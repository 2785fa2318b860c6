import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/packages.mjs';
import { parsePage } from '../../scripts/docs/markdown.mjs';

const page = readFileSync(join(root, 'docs/sdk.md'), 'utf8');

describe('the page of the SDK', () => {
  test('has a snippet of each way in, which the check of the documentation compiles', () => {
    const snippets = parsePage(page).blocks.filter(({ lang }) => lang === 'ts');
    expect(snippets.length).toBeGreaterThanOrEqual(4);
    for (const name of ['createBridge', 'connect', '@tillbridge/sdk/browser']) expect(snippets.some(({ text }) => text.includes(name)), name).toBe(true);
  });

  test('names examples and pages that exist', () => {
    const named = [...page.matchAll(/`node (examples\/\S+?\.mjs)`/g), ...page.matchAll(/\]\(([a-z.]+\.md)\)/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const path of named) expect(existsSync(join(root, path.startsWith('examples') ? path : `docs/${path}`)), path).toBe(true);
  });
});
