import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset as lms } from './rarus-lms.js';
import { preset as v1 } from './rarus-v1.js';

describePreset('rarus-lms', {
  platform: 'rarus-lms',
  make: (site) => translatorOfPreset(lms, site, site),
  foreign: codeOf('card', 'x'),
  renews: true,
  cases: [
    { name: 'a card', code: codeOf('card', '2900000000513'), result: 'found', number: '2900000000513', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('card', '0000290000520'), result: 'found', number: '0000290000520' },
    { name: 'a telephone', code: codeOf('phone', '8 999 000 33 11'), result: 'found', number: '2900000000513' },
    { name: 'nobody', code: codeOf('card', '2900000009999'), result: 'notFound' },
    { name: 'blocked: true in a 200', code: codeOf('card', '2900000000537'), result: 'blocked' },
    { name: 'a blocked card by telephone', code: codeOf('phone', '+79990003322'), result: 'blocked' },
    { name: 'state inactive', code: codeOf('card', '2900000000544'), result: 'blocked', reason: 'inactive' },
    { name: 'a client without a card', code: codeOf('phone', '+79990003344'), result: 'foundNoNumber' },
    { name: 'a client with two cards', code: codeOf('phone', '+79990003355'), result: 'ambiguous' },
    { name: 'a promo code', code: codeOf('coupon', 'PROMO-OK'), result: 'coupon', number: 'PROMO-OK', state: 'usable' },
    { name: 'a promo code that a receipt holds', code: codeOf('coupon', 'PROMO-HELD'), result: 'coupon', state: 'unknown' },
    { name: 'a promo code that was used', code: codeOf('coupon', 'PROMO-USED'), result: 'coupon', state: 'used' },
    { name: 'a promo code that is over', code: codeOf('coupon', 'PROMO-OLD'), result: 'coupon', state: 'expired' },
    { name: 'a promo code that is not for this', code: codeOf('coupon', 'PROMO-OFF'), result: 'coupon', state: 'notApplicable' },
    { name: 'no such promo code', code: codeOf('coupon', 'PROMO-NONE'), result: 'notFound' },
  ],
});

describePreset('rarus-v1', {
  platform: 'rarus-v1',
  make: (site) => translatorOfPreset(v1, site, site),
  foreign: codeOf('card', 'x'),
  renews: true,
  cases: [
    { name: 'a card', code: codeOf('card', '2800000000613'), result: 'found', number: '2800000000613', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('card', '0000280000620'), result: 'found', number: '0000280000620' },
    { name: 'a telephone', code: codeOf('phone', '+375290004411'), result: 'found', number: '0000280000620' },
    { name: 'an empty list on 200 is nobody', code: codeOf('card', '2800000009999'), result: 'notFound' },
    { name: 'a blocked card', code: codeOf('card', '2800000000637'), result: 'blocked' },
    { name: 'a card that is not active', code: codeOf('card', '2800000000644'), result: 'blocked', reason: 'inactive' },
    { name: 'two cards of one telephone', code: codeOf('phone', '+79990004455'), result: 'ambiguous' },
  ],
});
