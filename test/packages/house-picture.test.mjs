import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { housePicture, housePictureFile, imports } from '../../scripts/house-picture.mjs';

describe('the map of the house', () => {
  it('is in step with the packages: run node scripts/house-picture.mjs', () => {
    expect(readFileSync(housePictureFile, 'utf8')).toBe(housePicture());
  });

  it('changes when a package imports another one', () => {
    const changed = new Map(imports()).set('store', ['core', 'translators']);
    expect(housePicture(changed)).not.toBe(housePicture());
  });

  it('stands beside a row for each package on the page', () => {
    const page = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
    expect(page).toContain('docs/pictures/house.svg');
    for (const name of imports().keys()) expect(page, name).toMatch(new RegExp(`\`packages/${name}\`|\`adapter-\\*\``));
  });
});
