import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marksOf, parsePage, plain, slug } from '../../scripts/docs/markdown.mjs';

test.each([
  ['A scanner, in `HID POS` mode', 'a-scanner-in-hid-pos-mode'],
  ['1. A folder (5 minutes)', '1-a-folder-5-minutes'],
  ['Что делать: йод и ёж', 'что-делать-йод-и-ёж'],
  ['`readers[]` with `type: serial`', 'readers-with-type-serial'],
  ['TB_API_SCOPE', 'tb_api_scope'],
])('the anchor of "%s" is the one of GitHub', (heading, wanted) => {
  expect(slug(plain(heading))).toBe(wanted);
});

describe('a page', () => {
  const page = parsePage(
    ['---', 'layout: home', '---', '# Title', '## One', '## One', '', 'See [a](a.md#x) and `[b](b.md)` and [`c`](c/).', '<!-- [d](d.md)', '[e](e.md) -->', '![p](p.svg "a picture")', '', '```sh run exit=1', '# [f](f.md)', 'tillbridge status', '```', '', '   ```yaml', '   readers:', '     - id: a', '   ```', '~~~', '```', '~~~', '`tillbridge run`'].join('\n'),
  );

  test('has its headings, the second of a name with a number', () => {
    expect(page.title).toBe('Title');
    expect(page.headings.map(({ slug: anchor, line }) => [anchor, line])).toEqual([['title', 4], ['one', 5], ['one-1', 6]]);
  });

  test('has the links of its text, none of code or comments', () => {
    expect(page.links).toEqual([{ href: 'a.md#x', line: 8 }, { href: 'c/', line: 8 }, { href: 'p.svg', line: 11 }]);
  });

  test('has its blocks as they stand, without the indent of a list', () => {
    expect(page.blocks.map(({ lang, info, text, line, end }) => [lang, info, text, line, end])).toEqual([
      ['sh', 'run exit=1', '# [f](f.md)\ntillbridge status\n', 13, 16],
      ['yaml', '', 'readers:\n  - id: a\n', 18, 21],
      ['', '', '```\n', 22, 24],
    ]);
  });

  test('has its code spans', () => {
    expect(page.spans.map(({ text }) => text)).toEqual(['[b](b.md)', 'c', 'tillbridge run']);
  });

  test('of any text is read to its end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('```sh run', '```', '~~~', '# A', '`x', '<!--', '-->', '[a](b)', '  ```js', 'text', '---')), (lines) => {
        const { blocks, headings } = parsePage(lines.join('\n'));
        for (const { line, end } of blocks) expect(end).toBeGreaterThanOrEqual(line);
        expect(new Set(headings.map((each) => each.slug)).size).toBe(headings.length);
      }),
    );
  });
});

test('marks: words, values, and a reason to the end of the line', () => {
  expect(marksOf('run exit=1 file=a.yaml')).toEqual({ words: new Set(['run']), values: { exit: '1', file: 'a.yaml' } });
  expect(marksOf('file=x.sh not-run: needs root, exit=2')).toEqual({ words: new Set(), values: { file: 'x.sh' }, reason: { kind: 'not-run', text: 'needs root, exit=2' } });
});
