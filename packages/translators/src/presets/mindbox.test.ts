import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset as v21 } from './mindbox-v21.js';
import { preset as card } from './mindbox-v3-card.js';
import { preset as customer } from './mindbox-v3-customer.js';

describePreset('mindbox-v3-card', {
  platform: 'mindbox-v3-card',
  make: (site) => translatorOfPreset(card, site, site),
  foreign: codeOf('phone', '+79990008811'),
  cases: [
    { name: 'an activated card', code: codeOf('card', '2000001234567'), result: 'found', number: '2000001234567', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('card', '0000200001234574'), result: 'found', number: '0000200001234574' },
    { name: 'NotFound in a 200', code: codeOf('card', '2000009999999'), result: 'notFound' },
    { name: 'state Blocked', code: codeOf('card', '2000001234581'), result: 'blocked' },
    { name: 'state Inactive', code: codeOf('card', '2000001234598'), result: 'blocked', reason: 'inactive' },
    { name: 'state NotIssued', code: codeOf('card', '2000001234604'), result: 'blocked', reason: 'inactive' },
  ],
});

describePreset('mindbox-v3-customer', {
  platform: 'mindbox-v3-customer',
  make: (site) => translatorOfPreset(customer, site, site),
  foreign: codeOf('card', '2000001234567'),
  cases: [
    { name: 'a customer and his card', code: codeOf('phone', '+7 999 000-88-11'), result: 'found', number: '2000001234567', kind: 'card' },
    { name: 'digits alone reach the platform, of any country', code: codeOf('phone', '+375 29 000-88-11'), result: 'found', number: '0000200001234574' },
    { name: 'NotFound in a 200', code: codeOf('phone', '+79990009999'), result: 'notFound' },
    { name: 'a customer without a card', code: codeOf('phone', '+79990008855'), result: 'foundNoNumber' },
    { name: 'two customers with one telephone', code: codeOf('phone', '+79990008866'), result: 'ambiguous' },
    { name: 'his card is blocked', code: codeOf('phone', '+79990008822'), result: 'blocked' },
    { name: 'his card is not active', code: codeOf('phone', '+79990008833'), result: 'blocked', reason: 'inactive' },
  ],
});

describePreset('mindbox-v21', {
  platform: 'mindbox-v21',
  make: (site) => translatorOfPreset(v21, site, site),
  foreign: codeOf('card', 'x'),
  cases: [
    { name: 'a card', code: codeOf('card', '2000001234567'), result: 'found', number: '2000001234567', kind: 'card' },
    { name: 'a telephone', code: codeOf('phone', '+375290008811'), result: 'found', number: '0000200001234574', kind: 'card' },
    { name: 'nobody', code: codeOf('card', '2000009999999'), result: 'notFound' },
    { name: 'a customer without a card', code: codeOf('phone', '+79990008855'), result: 'foundNoNumber' },
    { name: 'a customer with two cards', code: codeOf('phone', '+79990008866'), result: 'ambiguous' },
    { name: 'a blocked card', code: codeOf('card', '2000001234581'), result: 'blocked' },
    { name: 'a card that is not active', code: codeOf('card', '2000001234598'), result: 'blocked', reason: 'inactive' },
  ],
});
