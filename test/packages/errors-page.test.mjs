import { readFileSync } from 'node:fs';
import { CATALOGUE, ERROR_CODES } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { errorsPage, errorsPageFiles } from '../../scripts/errors-page.mjs';

describe.each(['en', 'ru'])('the page of the errors (%s)', (lang) => {
  it('is in step with the catalogue: run node scripts/errors-page.mjs', () => {
    expect(readFileSync(errorsPageFiles[lang], 'utf8')).toBe(errorsPage(CATALOGUE, lang));
  });

  it('has one section for each error', () => {
    const sections = errorsPage(CATALOGUE, lang).match(/^### .*$/gm) ?? [];
    expect(sections.sort()).toEqual(ERROR_CODES.map((code) => `### ${code}`).sort());
  });

  it('changes with every text', () => {
    const page = errorsPage(CATALOGUE, lang);
    for (const code of ERROR_CODES) {
      for (const part of ['message', 'remedy']) {
        const changed = { ...CATALOGUE, [code]: { ...CATALOGUE[code], [lang]: { ...CATALOGUE[code][lang], [part]: 'something else' } } };
        expect(errorsPage(changed, lang)).not.toBe(page);
      }
    }
  });
});
