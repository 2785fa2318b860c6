import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from './foreign';

describe('a text of somebody else', () => {
  it.each([
    ['4600000000017', '4600000000017'],
    ['Скидка 10 %', 'Скидка 10 %'],
    ['a\u202eb', 'a<202E>b'],
    ['01\u001d21', '01<1D>21'],
    ['\u0000\n\u2028\ufeff\u200b\u{e0041}', '<00><0A><2028><FEFF><200B><E0041>'],
    ['\ud800', '<D800>'],
    ['<img src=x>', '<img src=x>'],
  ])('%j shows as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('is bounded, and has nothing that cannot be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = visible(text, 100);
        // each of the first 100 may take up to eight characters
        expect(shown.length).toBeLessThanOrEqual(100 * 8 + 1);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
