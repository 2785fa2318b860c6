import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './incust.js';

describePreset('incust', {
  platform: 'incust',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('coupon', 'X-1'),
  renews: true,
  cases: [
    { name: 'a card', code: codeOf('card', '7700001111'), result: 'found', number: '7700001111', kind: 'card' },
    { name: 'a telephone', code: codeOf('phone', '+380501234567'), result: 'found', number: '0000001112' },
    { name: 'nobody', code: codeOf('card', '7700009999'), result: 'notFound' },
  ],
});
