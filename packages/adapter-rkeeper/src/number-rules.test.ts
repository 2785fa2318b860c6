import { NativeNumber, type NumberKind } from '@tillbridge/core';
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { DEFAULT_RULES, fitNumber, isInt64 } from './number-rules.js';

const fit = (kind: NumberKind, value: string, rules = DEFAULT_RULES): string => {
  const fitted = fitNumber(new NativeNumber(kind, value), rules);
  return 'refused' in fitted ? fitted.refused : fitted.value;
};

it.each([
  ['1', true],
  ['9223372036854775807', true],
  ['9223372036854775808', false],
  ['0460123456789', false],
  ['0', false],
  ['12a', false],
  ['', false],
  ['-5', false],
])('%s is a card that FarCards carries: %s', (value, expected) => expect(isInt64(value)).toBe(expected));

test('what is an Int64 stays the same through a BigInt', () => {
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }), (value) => isInt64(String(value))));
  fc.assert(fc.property(fc.bigInt({ min: 9_223_372_036_854_775_808n, max: 10n ** 30n }), (value) => !isInt64(String(value))));
});

test('four digits are a staff card', () => {
  expect(fit('card', '1234')).toBe('numberReserved');
  expect(fit('card', '12345')).toBe('12345');
});

test('a length that no mask takes is refused, by kind', () => {
  const rules = { ...DEFAULT_RULES, length: { card: [7, 13] } };
  expect([fit('card', '1234567', rules), fit('card', '12345678', rules), fit('coupon', '12345678', rules)]).toEqual(['1234567', 'numberLength', '12345678']);
});

it.each([
  ['asIs', '+79001234567', '+79001234567'],
  ['7', '89001234567', '79001234567'],
  ['8', '+79001234567', '89001234567'],
  ['7', '375291234567', '375291234567'],
] as const)('phones as %s: %s', (phonePrefix, from, to) => expect(fit('phone', from, { ...DEFAULT_RULES, phonePrefix })).toBe(to));

test('a card is never rewritten', () => {
  fc.assert(fc.property(fc.stringMatching(/^[78]\d{10}$/), (value) => fit('card', value, { ...DEFAULT_RULES, phonePrefix: '8' }) === value));
});
