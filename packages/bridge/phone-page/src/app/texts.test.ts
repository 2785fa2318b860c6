import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '@tillbridge/core';
import { en } from '../i18n/en.js';
import { LANGUAGES, languageOf } from '../i18n/index.js';
import { clean } from './clean.js';
import { shownOf, tooLong } from './shown.js';
import { typed } from './typed.js';

describe('languages', () => {
  it('takes the first one that the reader prefers and the page speaks', () => {
    expect(languageOf(['uk-UA', 'ru-RU', 'en'])).toBe('ru');
    expect(languageOf(['en-GB', 'ru'])).toBe('en');
    expect(languageOf(['kk'])).toBe('en');
    expect(languageOf([])).toBe('en');
  });

  it('leave no text empty, and none in the wrong alphabet', () => {
    const texts = (value: object): readonly string[] => Object.values(value).flatMap((each: unknown) => (typeof each === 'string' ? [each] : texts(each as object)));
    expect(texts(en).filter((text) => /[а-яё]/i.test(text) || text.trim() === '')).toEqual([]);
    expect(texts(LANGUAGES.ru).filter((text) => !/[а-яё]/i.test(text))).toEqual([]);
  });
});

describe('text from outside', () => {
  it.each([
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['12\u202e34\u200b56', '12 34 56'],
    ['a\u0000b\u001b[31mc\r\nd\u2028e', 'a b [31mc d e'],
    ['  two   words ', 'two words'],
  ])('%j is shown as %j', (text, shown) => {
    expect(clean(text, 60)).toBe(shown);
  });

  it('is one bounded line without anything that steers the screen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.integer({ min: 1, max: 80 }), (text, most) => {
        const shown = clean(text, most);
        expect(Array.from(shown).length).toBeLessThanOrEqual(most);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('a typed number', () => {
  it.each([
    ['card', ' 1234 5678-9012 ', '123456789012'],
    ['card', 'AB 12', 'AB12'],
    ['phone', '+7 (916) 123-45-67', '+79161234567'],
    ['phone', '8 916 123 45 67', '89161234567'],
  ] as const)('%s %j is sent as %s', (kind, input, text) => {
    expect(typed(kind, input)).toEqual({ ok: true, kind, text });
  });

  it.each([['card', ''], ['card', '12;34'], ['card', 'é'], ['card', '1'.repeat(65)], ['phone', '1234'], ['phone', '+7916abc4567'], ['phone', '1234567890123456'], ['phone', '٣٤٥٦٧']] as const)('%s %j is not sent', (kind, input) => {
    expect(typed(kind, input).ok).toBe(false);
  });
});

describe('what is shown of an answer', () => {
  it.each(OUTCOMES)('%s has its words', (outcome) => {
    const shown = shownOf({ is: 'done', kind: 'card', outcome, signal: 'none' }, '****1234');
    expect(en.answer[shown.title]).not.toBe('');
    expect(shown.look).toBe(outcome === 'unknown' ? 'unsure' : outcome === 'applied' || outcome === 'alreadyApplied' || outcome === 'sent' ? 'good' : 'bad');
    expect(shown.again).toBe(false);
  });

  it('what may have arrived stays until somebody has read it, and is never sent again by itself', () => {
    for (const why of ['lost', 'away', 'slow'] as const) expect(shownOf({ is: 'unknown', why }, '')).toMatchObject({ look: 'unsure', holdMs: undefined, again: false });
  });

  it('what surely did not arrive and may pass is sent by the next sight of it', () => {
    for (const why of ['stale', 'never', 'rate', 'shutdown'] as const) expect(shownOf({ is: 'nothing', why }, '').again).toBe(true);
    for (const why of ['waiting', 'till', 'code', 'request'] as const) expect(shownOf({ is: 'nothing', why }, '').again).toBe(false);
  });

  it('the till\'s own words are cleaned', () => {
    expect(shownOf({ is: 'done', kind: 'card', outcome: 'rejected', signal: 'bad', text: 'a\u202eb\nc', mask: '****\u202e1' }, '')).toMatchObject({ text: 'a b c', mask: '**** 1' });
  });

  it('goods are told apart: passed on or not', () => {
    expect([shownOf({ is: 'goods', handled: true }, '').look, shownOf({ is: 'goods', handled: false }, '').look]).toEqual(['good', 'bad']);
    expect(tooLong().look).toBe('bad');
  });
});
