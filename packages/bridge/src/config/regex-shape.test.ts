import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { nestedRepetition } from './regex-shape.js';

describe('repetition inside repetition', () => {
  it.each([
    ['^(\\d+)+$', '(\\d+)+'],
    ['(a*)*', '(a*)*'],
    ['^(?:x(?:y+)?)*$', '(?:x(?:y+)?)*'],
    ['^(?<value>(?:[A-Z]+-?){2,})$', '(?:[A-Z]+-?){2,}'],
    ['((\\w+)\\s?)+', '((\\w+)\\s?)+'],
    ['^(\\d{1,50}){1,50}$', '(\\d{1,50}){1,50}'],
    ['^(a|aa)+$', '(a|aa)+'],
    ['^(\\d|\\w)*$', '(\\d|\\w)*'],
    ['^(?:[0-9a]|[a-f])+$', '(?:[0-9a]|[a-f])+'],
    ['^(?:(?:a|b)|[ab])+$', '(?:(?:a|b)|[ab])+'],
    ['^(?:\\p{L}|\\p{Lu})+$', '(?:\\p{L}|\\p{Lu})+'],
    ['^(\\d?\\d)*$', '(\\d?\\d)*'],
    ['^(?:(?:a|a)b)+$', '(?:(?:a|a)b)+'],
    ['^(?:(?=a)a|ab)+$', '(?:(?=a)a|ab)+'],
    ['^(?:\\d{1,2}){20,}$', '(?:\\d{1,2}){20,}'],
  ])('is found in %s', (source, part) => {
    expect(nestedRepetition(source)).toBe(part);
  });

  it.each([
    '^98(?<value>\\d{14})$',
    '^(?:AB|CD)+\\d{4}$',
    '^[(+*]+x\\)+$',
    '^\\(\\d+\\)+$',
    '^(?:\\d{4} ){4}$',
    '^(?:\\d{1,3},){1,3}$',
    '^(?:\\d-?){14}$',
    '^(?:a(?:b|c))*$',
    '^(\\d+|[A-Z]+)$',
    '^https://x\\.example/(?<value>[^/?]+)(?:\\?.*)?$',
    '^\\u{41}+\\x42+\\p{L}+$',
    '',
  ])('is not found in %s', (source) => {
    expect(nestedRepetition(source)).toBeUndefined();
  });

  it('what passes is matched in time, whatever stands on the code', () => {
    const atom = fc.constantFrom('a', 'b', '\\d', '[ab]', '\\w', '.');
    const repeated = fc.tuple(atom, fc.constantFrom('', '+', '*', '?', '{2,}')).map(([a, q]) => a + q);
    const group = fc.tuple(fc.array(repeated, { minLength: 1, maxLength: 2 }), fc.array(repeated, { maxLength: 2 }), fc.constantFrom('', '+', '*', '{1,20}'));
    const expression = group.map(([a, b, q]) => `^(?:${a.join('')}${b.length > 0 ? `|${b.join('')}` : ''})${q}$`);
    fc.assert(
      fc.property(expression, fc.constantFrom('a', 'ab', '1'), (source, unit) => {
        if (nestedRepetition(source) !== undefined) return;
        const start = performance.now();
        new RegExp(source, 'u').test(`${unit.repeat(40)}\u0000`);
        expect(performance.now() - start).toBeLessThan(10_000);
      }),
      { numRuns: 500 },
    );
  });
});
