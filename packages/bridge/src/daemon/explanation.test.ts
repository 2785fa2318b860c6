import { codeOf, NativeNumber, Scan, type Translation } from '@tillbridge/core';
import { expect, it } from 'vitest';
import { explanationView } from './explanation.js';

const number = new NativeNumber('coupon', 'SPRING-COFFEE-1');
const scan = new Scan({ id: 'i', reader: 'r', bytes: Buffer.from('x'), terminator: Buffer.from(''), text: 'SPRING-COFFEE-1', aim: undefined, symbology: undefined, gs1: false, at: { mono: 0, wall: 0 } });
const view = (translation: Translation) => explanationView({ scan, rules: [], code: codeOf('coupon', 'SPRING-COFFEE-1'), trace: [], translated: { translation } }, false);

it.each<[Translation, string, string | undefined]>([
  [{ result: 'coupon', number, state: 'used' }, 'coupon', 'used'],
  [{ result: 'coupon', number, state: 'unknown' }, 'coupon', 'unknown'],
  [{ result: 'coupon', number, state: 'usable' }, 'coupon', undefined],
  [{ result: 'coupon', number }, 'coupon', undefined],
  [{ result: 'found', number, state: 'accrueOnly' }, 'found', 'accrueOnly'],
  [{ result: 'found', number, state: 'active' }, 'found', undefined],
  [{ result: 'blocked', reason: 'inactive' }, 'blocked', 'inactive'],
  [{ result: 'notFound' }, 'notFound', undefined],
])('shows %j as %s, %s', (translation, result, reason) => {
  const shown = view(translation);
  expect([shown.result, shown.reason]).toEqual([result, reason]);
  expect(JSON.stringify(shown)).not.toContain('SPRING');
});
