import { readFileSync } from 'node:fs';
import { CATALOGUE, ERROR_CODES } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { errorsPage, errorsPageFile } from '../../scripts/errors-page.mjs';

describe('docs/errors.md', () => {
  it('is in step with the catalogue: run node scripts/errors-page.mjs', () => {
    expect(readFileSync(errorsPageFile, 'utf8')).toBe(errorsPage(CATALOGUE));
  });

  it('has one section for each error', () => {
    const sections = errorsPage(CATALOGUE).match(/^### .*$/gm) ?? [];
    expect(sections.sort()).toEqual(ERROR_CODES.map((code) => `### ${code}`).sort());
  });

  it('changes with every text', () => {
    for (const code of ERROR_CODES) {
      for (const language of ['en', 'ru']) {
        for (const part of ['message', 'remedy']) {
          const changed = { ...CATALOGUE, [code]: { ...CATALOGUE[code], [language]: { ...CATALOGUE[code][language], [part]: 'something else' } } };
          expect(errorsPage(changed)).not.toBe(errorsPage(CATALOGUE));
        }
      }
    }
  });
});
