import { describe, expect, test } from 'vitest';
import { MENU } from '../../docs/.vitepress/navigation.mjs';
import { parsePage } from '../../scripts/docs/markdown.mjs';
import { navigationProblems, sidebar } from '../../scripts/docs/navigation.mjs';
import { readPages } from '../../scripts/docs/pages.mjs';
import { addressOf, sitePages, siteText } from '../../scripts/docs/site.mjs';

const pagesOf = (sources) => new Map(Object.entries(sources).map(([path, source]) => [path, { path, source, ...parsePage(source) }]));

test.each([
  ['docs/index.md', 'en', '/'],
  ['docs/index.ru.md', 'ru', '/ru/'],
  ['docs/iiko.ru.md', 'ru', '/ru/iiko'],
  ['firmware-docs/README.md', 'ru', '/ru/devices/'],
  ['firmware-docs/nfc/cards.md', 'en', '/devices/nfc/cards'],
  ['CONTRIBUTING.md', 'en', '/contributing'],
])('the address of %s in %s', (path, lang, wanted) => {
  expect(addressOf(path, lang)).toBe(wanted);
});

describe('a page of the site', () => {
  const pages = pagesOf({
    'docs/a.md': '# A\n\n[По-русски](a.ru.md)\n\n[b](b.md#x) `[c](b.md)` [code](../packages/core/src/index.ts) ![p](p.svg) [out](https://example.com/)\n\n```sh run\ntillbridge status\n```\n<!-- set-up: daemon -->\n',
    'docs/a.ru.md': '# А\n\nПо-английски: [a](a.md). [b](b.md#x)\n',
    'docs/b.md': '# B\n\n## X\n\n[a](a.md)\n',
  });
  const made = sitePages(pages);
  const text = (to) => {
    const page = made.find((each) => each.to === to);
    return siteText(pages.get(page.from), pages, page);
  };

  test('is there in both languages', () => {
    expect(made.map(({ to, from, fallback }) => [to, from, fallback])).toEqual([
      ['a.md', 'docs/a.md', false],
      ['ru/a.md', 'docs/a.ru.md', false],
      ['b.md', 'docs/b.md', false],
      ['ru/b.md', 'docs/b.md', true],
    ]);
  });

  test('links by address, to the repository where there is no page, and not to its twin', () => {
    expect(text('a.md')).toBe(
      '---\nsource: docs/a.md\n---\n# A\n\n\n\n[b](/b#x) `[c](b.md)` [code](https://github.com/tillbridge/tillbridge/blob/main/packages/core/src/index.ts) ![p](/docs/p.svg) [out](https://example.com/)\n\n```sh\ntillbridge status\n```\n',
    );
  });

  test('stays in Russian, but for the way to its twin', () => {
    expect(text('ru/a.md')).toContain('[a](/a). [b](/ru/b#x)');
    expect(text('ru/b.md')).toContain('нет на русском');
    expect(text('ru/b.md')).toContain('[a](/ru/a)');
  });

  test('leads to the heading of the language that is read', () => {
    const twins = pagesOf({ 'docs/a.md': '# A\n\n[x](b.md#parts)\n', 'docs/b.md': '# B\n\n## More\n\n## Parts\n', 'docs/b.ru.md': '# Б\n\n## Ещё\n\n## Части\n\nПо-английски: [x](b.md#parts)\n' });
    expect(siteText(twins.get('docs/a.md'), twins, { lang: 'ru', fallback: true })).toContain('[x](/ru/b#части)');
    expect(siteText(twins.get('docs/a.md'), twins, { lang: 'en', fallback: false })).toContain('[x](/b#parts)');
    expect(siteText(twins.get('docs/b.ru.md'), twins, { lang: 'ru', fallback: false })).toContain('[x](/b#parts)');
  });

  test('calls a page by its title where the link is called by its file, and opens what is no page by itself', () => {
    const named = pagesOf({ 'docs/a.md': '# A\n\n[b.md](b.md) and [print](sheet.xhtml)\n', 'docs/b.md': '# The other `one`\n', 'docs/b.ru.md': '# Другая\n' });
    expect(siteText(named.get('docs/a.md'), named, { lang: 'en', fallback: false })).toContain('[The other one](/b) and [print](/docs/sheet.xhtml)');
    expect(siteText(named.get('docs/a.md'), named, { lang: 'ru', fallback: true })).toContain('[Другая](/ru/b)');
  });

  test('says where it comes from, and keeps what its beginning says', () => {
    const home = pagesOf({ 'docs/index.md': '---\nlayout: home\nhero: { link: b.md }\n---\n', 'docs/b.md': '# B\n' });
    expect(siteText(home.get('docs/index.md'), home, { lang: 'ru', fallback: false })).toBe('---\nsource: docs/index.md\nlayout: home\nhero: { link: /ru/b }\n---\n');
  });
});

describe('the menu', () => {
  test('has every page of the book once', () => {
    expect(navigationProblems(readPages())).toEqual([]);
  });

  test('a page that is in none is seen, and one that is not there', () => {
    const pages = pagesOf({ 'docs/a.md': '# A\n', 'docs/b.md': 'no heading\n' });
    expect(navigationProblems(pages, [{ page: 'docs/a.md' }, { page: 'docs/a.md' }, { page: 'docs/c.md' }])).toEqual([
      'docs/c.md is in the menu and not there',
      'docs/a.md is in the menu twice',
      'docs/b.md is in no menu: add it to docs/.vitepress/navigation.mjs',
      'docs/b.md has no title (# heading)',
    ]);
  });

  test('has its words in both languages', () => {
    for (const section of MENU) for (const { en, ru } of [section, ...section.pages]) expect([en, ru].every((text) => text?.length > 0), en).toBe(true);
    expect(sidebar(pagesOf({ 'docs/iiko.md': '# iiko\n' }), 'ru').find(({ text }) => text === 'Кассы').items).toEqual([{ text: 'iiko', link: '/ru/iiko' }]);
  });
});
