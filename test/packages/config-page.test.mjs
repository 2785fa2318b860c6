import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONFIG_RUSSIAN, configPage, configPageFiles, missingInRussian } from '../../scripts/config-page.mjs';
import { parsePage } from '../../scripts/docs/markdown.mjs';
import { configJsonSchema } from '../../packages/bridge/src/index.js';

describe.each(['en', 'ru'])('the page of the configuration (%s)', (lang) => {
  test('is in step with the schema: run node scripts/config-page.mjs', () => {
    const page = configPage(configJsonSchema(), lang);
    expect(readFileSync(configPageFiles[lang], 'utf8')).toBe(page);
    for (const key of ['baudRate', 'quietMs', 'expireMs', 'requirePeer', 'keepDays']) expect(page).toContain(`| \`${key}\` |`);
  });

  test('tells what holds where a key is absent', () => {
    const defaults = (section, key) => {
      const part = configPage(configJsonSchema(), lang).split('\n## ').find((each) => each.startsWith(section));
      return part.split('\n').find((line) => line.startsWith(`| \`${key}\` |`)).split(' | ')[2];
    };
    expect(defaults('`readers[].framing`', 'idleMs')).toBe('`120`');
    expect(defaults('`readers[].framing`', 'suffix')).toBe('`CR`, `LF`, `CRLF`, `TAB`, `ETX`');
    expect(defaults('`readers[].match`', 'vid')).toBe('');
    expect(defaults('`translators[].limits`', 'totalMs')).toMatch(/^`2500` \p{L}+/u);
    expect(defaults('`translators[].cache`', 'staleMs')).toMatch(/^`86400000` \p{L}+/u);
  });

  test('has the sections of the other language', () => {
    const headings = (page) => parsePage(page).headings.map(({ text }) => text.replace(/ (with|с) /, ' ').replace(/^(The file|Файл)$/, '').replace(/^(Configuration|Конфигурация)/, ''));
    expect(headings(configPage(configJsonSchema(), lang))).toEqual(headings(configPage(configJsonSchema(), 'en')));
  });
});

test('nearly all of it is in Russian: what is new may be in English for a while', () => {
  expect(missingInRussian(configJsonSchema()).slice(30)).toEqual([]);
  expect(missingInRussian({ type: 'object', properties: { a: { type: 'string', description: 'A new text.' } } })).toEqual(['A new text.']);
});

test('what stands in code and in figures is the same in both languages', () => {
  const facts = (text) => [...text.matchAll(/`[^`]*`|\$\{\w+:\w+\}|\{\{?[\w.?]+\}?\}/g)].map(([each]) => each).sort();
  for (const [en, ru] of Object.entries(CONFIG_RUSSIAN)) {
    expect(facts(ru), en).toEqual(facts(en));
    expect(ru.replace(/`[^`]*`/g, '').match(/\d+/g)?.sort() ?? [], en).toEqual(en.replace(/`[^`]*`/g, '').match(/\d+/g)?.sort() ?? []);
  }
});
