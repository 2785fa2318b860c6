import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linkProblems } from '../../scripts/docs/links.mjs';
import { readPages } from '../../scripts/docs/pages.mjs';
import { root } from '../../scripts/packages.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const PAGES = ['SECURITY.md', 'docs/threat-model.md', 'docs/threat-model.ru.md', 'docs/versions.md', 'docs/supply-chain.md', 'docs/promises.md', 'docs/promises.ru.md', 'docs/record-replay.md', 'docs/guide/security-and-privacy.md', 'docs/guide/security-and-privacy.ru.md'];
const headings = (path) => read(path).split('\n').filter((line) => /^#{1,3} /.test(line)).map((line) => line.replace(/ .*/, ''));

describe('pages for who has to decide', () => {
  // the check of the whole book, which knows headings too; here it is part of the fast suites
  const pages = readPages();

  test.each(PAGES)('%s leads to files and headings that are there', (page) => {
    expect(pages.get(page).links.length).toBeGreaterThan(0);
    expect(linkProblems(pages, [page])).toEqual([]);
  });

  test.each([['docs/threat-model.md', 'docs/threat-model.ru.md'], ['docs/promises.md', 'docs/promises.ru.md']])('%s says the same in Russian, part by part', (english, russian) => {
    expect(headings(russian)).toEqual(headings(english));
    const rows = (path) => read(path).split('\n').filter((line) => line.startsWith('|')).length;
    expect(rows(russian)).toBe(rows(english));
    const items = (path) => read(path).split('\n').filter((line) => line.startsWith('- ')).length;
    expect(items(russian)).toBe(items(english));
  });

  test('the threat model speaks of every actor, with what is done and what is not', () => {
    const text = read('docs/threat-model.md');
    const actors = text.split(/^### /m).slice(1);
    expect(actors.length).toBeGreaterThanOrEqual(8);
    for (const actor of ['web page', 'Another user', 'Another machine', 'hostile code', 'steals the disk', 'malicious plugin', 'platform', 'supply chain']) expect(actors.some((part) => part.split('\n')[0].includes(actor)), actor).toBe(true);
  });
});
