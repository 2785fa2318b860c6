import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/packages.mjs';
import { blocks, problems } from './compile-snippets.mjs';

const page = readFileSync(join(root, 'docs/sdk.md'), 'utf8');
const snippets = blocks(page, 'ts').map(({ text }) => text);

describe('the page of the SDK', () => {
  test('has snippets that compile, and one that would not is seen', { timeout: 120_000 }, () => {
    expect(snippets.length).toBeGreaterThanOrEqual(4);
    expect(problems(snippets)).toEqual([]);
    expect(problems(["import { connect } from '@tillbridge/sdk';\n(await connect({ token: '' })).nothing();\nexport {};"])).toHaveLength(1);
  });

  test('names examples and pages that exist', () => {
    const named = [...page.matchAll(/`node (examples\/\S+?\.mjs)`/g), ...page.matchAll(/\]\(([a-z.]+\.md)\)/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const path of named) expect(existsSync(join(root, path.startsWith('examples') ? path : `docs/${path}`)), path).toBe(true);
  });
});
