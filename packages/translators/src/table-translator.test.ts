import { codeOf, Masked, TillbridgeError, type Translation } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { describeTranslator } from '@tillbridge/testkit/suites';
import { describe, expect, test } from 'vitest';
import { createTableTranslator, type CardLookupRow } from './table-translator.js';

const clock = new VirtualClock();
const row = (card: string, more: Partial<CardLookupRow> = {}): CardLookupRow => ({ card: new Masked(card), kind: 'card', state: 'active', ...more });

function tableOf(rows: Readonly<Record<string, CardLookupRow>>) {
  const map = new Map(Object.entries(rows));
  const cards = { lookup: (code: string) => map.get(code) };
  return createTableTranslator({ id: 'table-1', cards, clock });
}

const translate = (rows: Readonly<Record<string, CardLookupRow>>, code = codeOf('card', 'A-CODE')): Translation | Promise<Translation> =>
  tableOf(rows).translate(code, { scanId: 's', reader: 'r' }, new AbortController().signal);

describeTranslator('table', () => ({
  translator: tableOf({ '9812345678901234': row('0000123456789') }),
  known: codeOf('card', '9812345678901234', { rule: 'universal', value: '12345678901234' }),
  unknown: codeOf('card', '9899999999999999', { rule: 'universal', value: '99999999999999' }),
  number: '0000123456789',
}));

describe('table translator', () => {
  test('asks for the whole text first, and for the value where that misses', () => {
    const code = codeOf('card', '98777777', { rule: 'u', value: '777777' });
    expect(translate({ '98777777': row('whole'), '777777': row('value') }, code)).toMatchObject({ number: { masked: '****' } });
    const asked: string[] = [];
    const spy = { lookup: (text: string) => void asked.push(text) };
    void createTableTranslator({ id: 't', cards: spy, clock }).translate(code, { scanId: 's', reader: 'r' }, new AbortController().signal);
    expect(asked).toEqual(['98777777', '777777']);
    const found = translate({ '777777': row('0042') }, code);
    if (found instanceof Promise || found.result !== 'found') throw new Error('not found');
    expect(found.number.reveal()).toBe('0042');
  });

  test.each([
    ['inactive', { state: 'inactive' as const }, { result: 'blocked', reason: 'inactive' }],
    ['blocked', { state: 'blocked' as const }, { result: 'blocked' }],
    ['expired now', { expires: clock.wall() }, { result: 'codeExpired' }],
    ['blocked before expired', { state: 'blocked' as const, expires: 0 }, { result: 'blocked' }],
  ])('a row that is %s', (_, more, answer) => {
    expect(translate({ 'A-CODE': row('1234', more) })).toEqual(answer);
  });

  test('a row is good until the moment it expires', () => {
    expect(translate({ 'A-CODE': row('1234', { expires: clock.wall() + 1 }) })).toMatchObject({ result: 'found' });
  });

  test('the kind is the row’s, and a coupon is answered as a coupon', () => {
    expect(translate({ 'A-CODE': row('1234', { kind: 'phone' }) })).toMatchObject({ result: 'found', number: { kind: 'phone' } });
    expect(translate({ 'A-CODE': row('1234', { kind: 'coupon' }) })).toMatchObject({ result: 'coupon', number: { kind: 'coupon' } });
  });

  test('a table that cannot be read is unavailable, whatever it throws', () => {
    for (const thrown of [new TillbridgeError('TB_TRANSLATE_TABLE_CORRUPT', { path: 'cards.db', problem: 'x' }), new Error('A-CODE is bad')]) {
      const steps: string[] = [];
      const cards = {
        lookup: (): never => {
          throw thrown;
        },
      };
      const translator = createTableTranslator({ id: 't', cards, clock });
      const context = { scanId: 's', reader: 'r', trace: (step: string) => void steps.push(step) };
      expect(translator.translate(codeOf('card', 'A-CODE'), context, new AbortController().signal)).toEqual({
        result: 'unavailable',
        reason: 'tableUnreadable',
      });
      expect(steps.join()).not.toContain('A-CODE');
    }
  });

  test('a number that no till can take is not found', () => {
    expect(translate({ 'A-CODE': row('12\t34') })).toEqual({ result: 'badResponse', reason: 'badNumber' });
  });

  test('codes of another name are not asked for', () => {
    const cards = { lookup: () => row('1234') };
    const translator = createTableTranslator({ id: 't', codes: ['universal'], cards, clock });
    const ask = (rule: string) => translator.translate(codeOf('card', 'A-CODE', { rule }), { scanId: 's', reader: 'r' }, new AbortController().signal);
    expect(ask('other')).toEqual({ result: 'notFound' });
    expect(ask('universal')).toMatchObject({ result: 'found' });
  });
});
