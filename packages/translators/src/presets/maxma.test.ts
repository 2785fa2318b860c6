import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './maxma.js';

describePreset('maxma', {
  platform: 'maxma',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', 'x'),
  cases: [
    { name: 'a card: the text, not the integer beside it', code: codeOf('card', '2000000012345'), result: 'found', number: '2000000012345', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('card', '0000000012340072'), result: 'found', number: '0000000012340072' },
    { name: 'beyond 2^53 the text is right', code: codeOf('card', '9007199254740993'), result: 'found', number: '9007199254740993' },
    { name: 'a telephone, however it is written', code: codeOf('phone', '8 (999) 000-11-22'), result: 'found', number: '2000000012345', kind: 'card' },
    { name: 'a telephone of another country', code: codeOf('phone', '+375 29 000-11-22'), result: 'found', number: '0000000012340072' },
    { name: 'error 3 in a 200 is nobody', code: codeOf('card', '2999999999999'), result: 'notFound' },
    { name: 'error 4 in a 200 is a blocked guest', code: codeOf('card', '2000000012352'), result: 'blocked' },
    { name: 'a guest without a card', code: codeOf('phone', '+79990001155'), result: 'foundNoNumber' },
    { name: 'a promo code that can be used', code: codeOf('coupon', 'PROMO-OK'), result: 'coupon', number: 'PROMO-OK', kind: 'coupon', state: 'usable' },
    { name: 'a promo code that was used', code: codeOf('coupon', 'PROMO-USED'), result: 'coupon', state: 'used' },
    { name: 'a promo code that is over', code: codeOf('coupon', 'PROMO-OLD'), result: 'coupon', state: 'expired' },
    { name: 'a promo code for known guests', code: codeOf('coupon', 'PROMO-WHO'), result: 'coupon', state: 'needsCustomer' },
    { name: 'a promo code that depends on the receipt', code: codeOf('coupon', 'PROMO-OTHER'), result: 'coupon', state: 'unknown' },
    { name: 'no such promo code', code: codeOf('coupon', 'PROMO-NONE'), result: 'notFound' },
  ],
});
