import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/packages.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const PAGES = ['SECURITY.md', 'docs/threat-model.md', 'docs/threat-model.ru.md', 'docs/versions.md', 'docs/supply-chain.md', 'docs/promises.md', 'docs/promises.ru.md', 'docs/record-replay.md'];
const headings = (path) => read(path).split('\n').filter((line) => /^#{1,3} /.test(line)).map((line) => line.replace(/ .*/, ''));

describe('pages for who has to decide', () => {
  test.each(PAGES)('%s leads to files that are there', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link).filter((link) => !/^https?:/.test(link));
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(join(root, normalize(join(dirname(page), link)))))).toEqual([]);
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
