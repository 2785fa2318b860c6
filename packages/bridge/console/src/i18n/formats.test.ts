import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as formatsModule from './formats';
import type * as languageModule from './language';

type Formats = typeof formatsModule & Pick<typeof languageModule, 'setLanguage'>;

const nothing = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
let formats: Formats;
beforeEach(async () => {
  vi.stubGlobal('localStorage', nothing);
  formats = { ...(await import('./formats')), ...(await import('./language')) };
  return () => vi.unstubAllGlobals();
});

const TAGS = { en: 'en-GB', ru: 'ru-RU' } as const;

describe.each(['en', 'ru'] as const)('what is written without a format of the browser, in %s', (language) => {
  beforeEach(() => formats.setLanguage(language));

  it('is a number as the browser writes it', () => {
    const numbers = fc.oneof(fc.integer({ min: -2_000_000, max: 2_000_000 }), fc.integer({ min: -9_999_999, max: 9_999_999 }).map((value) => value / 1000));
    fc.assert(
      fc.property(numbers, fc.constantFrom(0, 1, 2), (value, digits) => {
        // a half that no binary number is: each way of rounding has its own side
        fc.pre(Math.abs((Math.abs(value * 10 ** digits) % 1) - 0.5) > 1e-6);
        const text = new Intl.NumberFormat(TAGS[language], { maximumFractionDigits: digits }).format(value);
        expect(formats.number(value, digits)).toBe(text === '-0' ? '0' : text);
      }),
    );
  });

  it.each([999.4, 999.501, 999.96, 999.996, -999.6])('is so where rounding may make a thousand of it: %s', (value) => {
    for (const digits of [0, 1, 2]) expect(formats.number(value, digits)).toBe(new Intl.NumberFormat(TAGS[language], { maximumFractionDigits: digits }).format(value));
  });

  it('is a share in percent and a time of day as the browser writes them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 2 ** 41 }), (percent, wall) => {
        expect(formats.percent(percent / 100)).toBe(new Intl.NumberFormat(TAGS[language], { style: 'percent' }).format(percent / 100));
        expect(formats.time(wall)).toBe(new Intl.DateTimeFormat(TAGS[language], { timeStyle: 'medium' }).format(wall));
        expect(formats.timeOfDay(wall)).toBe(new Intl.DateTimeFormat(TAGS[language], { timeStyle: 'short' }).format(wall));
      }),
    );
  });
});
