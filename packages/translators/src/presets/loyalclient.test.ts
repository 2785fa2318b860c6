import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './loyalclient.js';

describePreset('loyalclient', {
  platform: 'loyalclient',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('coupon', 'X-1'),
  cases: [
    { name: 'a card; a number beyond 2^53 keeps its digits', code: codeOf('card', 'LC-20001'), result: 'found', number: '900719925474099312', kind: 'card' },
    { name: 'a telephone', code: codeOf('phone', '+375290004411'), result: 'found', number: '5512' },
    { name: 'nobody', code: codeOf('card', 'LC-29999'), result: 'notFound' },
  ],
});
