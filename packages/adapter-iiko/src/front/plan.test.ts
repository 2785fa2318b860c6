import { NativeNumber, type NumberKind } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { hostWords } from './outcomes.js';
import { plan, unsupported, type PlanOptions } from './plan.js';
import { messageFor } from './texts.js';

const OPTIONS: PlanOptions = { identifiers: {}, conflict: 'reject', phone: 'e164', posServer: true };
const planned = (kind: NumberKind, value: string, over: Partial<PlanOptions>): unknown => plan(new NativeNumber(kind, value), { ...OPTIONS, ...over });

describe('what is done with a number', () => {
  it.each([
    ['card', '77', { identifiers: { card: 'rmsDiscountCard' } }, { kind: 'applyDiscountCard', number: '77' }],
    ['coupon', 'AB1', { identifiers: { coupon: 'iikoCardCoupon' } }, { kind: 'setCoupons', numbers: ['AB1'] }],
    ['card', '77', { identifiers: { card: 'iikoCardNumber' } }, { kind: 'authorizeIikoCard', credential: '77', scope: 'cardNumber', fallback: { cardNumber: '77' }, replace: false }],
    ['card', '77', { identifiers: { card: 'iikoCardNumber' }, posServer: false }, { kind: 'bindGuest', cardNumber: '77', replace: false }],
    ['card', '77', { identifiers: { card: 'iikoCardTrack' }, conflict: 'replace' }, { kind: 'authorizeIikoCard', credential: '77', scope: 'cardTrack', replace: true }],
    ['card', '77', { identifiers: { card: 'iikoCardTrack' }, posServer: false }, { refused: 'noPosServer' }],
    ['phone', '8 (999) 123-45-67', { identifiers: { phone: 'iikoCardPhone' } }, { kind: 'authorizeIikoCard', credential: '+79991234567', scope: 'phone', fallback: { phone: '+79991234567' }, replace: false }],
    ['phone', '9991234567', { identifiers: { phone: 'guestPhone' }, createGuest: 'Гость' }, { kind: 'bindGuest', phone: '+79991234567', replace: false, createName: 'Гость' }],
    ['phone', '89991234567', { identifiers: { phone: 'guestPhone' }, phone: 'asIs' }, { kind: 'bindGuest', phone: '89991234567', replace: false }],
    ['phone', '+4915112345678', { identifiers: { phone: 'guestPhone' } }, { kind: 'bindGuest', phone: '+4915112345678', replace: false }],
    ['phone', 'no phone', { identifiers: { phone: 'guestPhone' } }, { kind: 'bindGuest', phone: 'no phone', replace: false }],
    ['card', '77', { identifiers: { card: 'externalData' }, externalData: { key: 'k', isPublic: true } }, { kind: 'setExternalData', key: 'k', isPublic: true, value: '77' }],
    ['coupon', '77', { identifiers: { card: 'rmsDiscountCard' } }, { refused: 'noNativeIdentifier' }],
  ] as const)('%s %s with %j', (kind, value, over, expected) => expect(planned(kind, value, over as Partial<PlanOptions>)).toEqual(expected));

  it('a search by card number needs V9', () => {
    const actions = ['bindGuest', 'applyDiscountCard'] as const;
    expect(unsupported({ kind: 'bindGuest', cardNumber: '7', replace: false }, { actions, apiVersion: 'V8' })).toBe(true);
    expect(unsupported({ kind: 'bindGuest', cardNumber: '7', replace: false }, { actions, apiVersion: 'V9' })).toBe(false);
    expect(unsupported({ kind: 'bindGuest', phone: '7', replace: false }, { actions, apiVersion: 'V8' })).toBe(false);
    expect(unsupported({ kind: 'setCoupons', numbers: ['7'] }, { actions, apiVersion: 'V9' })).toBe(true);
  });
});

describe('words', () => {
  it('of the host carry no number and stay on one line', () => {
    expect(hostWords('Card 2000000012345\r\nis not licensed (1234)')).toBe('Card **** is not licensed (1234)');
    expect(hostWords('x'.repeat(500))).toHaveLength(200);
  });

  it.each([
    [{ outcome: 'applied' }, 'card', 'Карта применена'],
    [{ outcome: 'applied' }, 'coupon', 'Купон применён'],
    [{ outcome: 'notFound' }, 'phone', 'Гость не найден'],
    [{ outcome: 'rejected', reason: 'orderClosed' }, 'coupon', 'Пречек напечатан или заказ закрыт: карту применить нельзя'],
    [{ outcome: 'rejected', reason: 'constructor' }, 'card', 'Карту применить нельзя'],
  ] as const)('for the cashier: %j %s', (result, kind, text) => expect(messageFor(result, 'ru', kind).text).toBe(text));
});
