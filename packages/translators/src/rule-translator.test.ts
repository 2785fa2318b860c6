import { codeOf, type Code, type TranslationContext } from '@tillbridge/core';
import { describeTranslator } from '@tillbridge/testkit/suites';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRuleTranslator } from './rule-translator.js';

const context: TranslationContext = { scanId: 's', reader: 'r' };
const signal = new AbortController().signal;
const universal = (text: string, value = text): Code => codeOf('card', text, { rule: 'universal', value });

describeTranslator('rule', () => ({
  translator: createRuleTranslator({ id: 'rule-1', codes: ['universal'], number: '2{value:4..14}{ean13}' }),
  known: universal('9812345678901234', '12345678901234'),
  unknown: codeOf('card', '5512345678901234', { rule: 'other' }),
  number: '2456789012341',
}));

describe('rule translator', () => {
  const rule = (number: string, more: object = {}) => createRuleTranslator({ id: 'rule-1', number, ...more });

  test('a wrong length is an answer, and the trace says why without the code', () => {
    const steps: string[] = [];
    const answer = rule('{value:4..14}').translate(universal('9812345'), { ...context, trace: (step) => steps.push(step) }, signal);
    expect(answer).toEqual({ result: 'badResponse', reason: 'wrongLength' });
    expect(steps.join()).toContain('{value:4..14} of 7 characters');
    expect(steps.join()).not.toContain('9812345');
  });

  test('a number that a till cannot take is not found', () => {
    expect(rule('{value}').translate(universal('12\r34'), context, signal)).toEqual({ result: 'badResponse', reason: 'badNumber' });
    expect(rule('{value}').translate(universal('1'.repeat(257)), context, signal)).toEqual({ result: 'badResponse', reason: 'badNumber' });
  });

  test('serves every code when no list is given, and typed-in ones only then', () => {
    const typed = codeOf('card', '12345678');
    expect(rule('{value}').translate(typed, context, signal)).toMatchObject({ result: 'found' });
    expect(rule('{value}', { codes: ['universal'] }).translate(typed, context, signal)).toEqual({ result: 'notFound' });
  });

  test('the kind is the code’s unless the rule gives one, and a coupon is answered as a coupon', () => {
    expect(rule('{value}').translate(codeOf('phone', '79001234567'), context, signal)).toMatchObject({ result: 'found', number: { kind: 'phone' } });
    expect(rule('{value}').translate(codeOf('coupon', 'SALE-2026'), context, signal)).toMatchObject({ result: 'coupon', number: { kind: 'coupon' } });
    expect(rule('{value}', { kind: 'coupon' }).translate(universal('1234'), context, signal)).toMatchObject({ result: 'coupon' });
  });

  test('a template with a mistake is refused at once', () => {
    expect(() => rule('{value')).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_TEMPLATE' }) as Error);
  });

  test('never throws, and copies every code exactly or refuses it', () => {
    const translator = rule('{value}');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const answer = translator.translate(universal(text), context, signal);
        if (answer instanceof Promise) throw new Error('a local translator must not wait');
        if (answer.result === 'found') expect(answer.number.reveal()).toBe(text);
        else expect(answer).toEqual({ result: 'badResponse', reason: 'badNumber' });
      }),
    );
  });
});
