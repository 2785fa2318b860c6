import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './artix-online.js';

describePreset('artix-online', {
  platform: 'artix-online',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('coupon', 'X-1'),
  cases: [
    { name: 'a card', code: codeOf('card', '0012300001'), result: 'found', number: '0012300001', kind: 'card' },
    { name: 'a telephone gives a list of one', code: codeOf('phone', '+375290007711'), result: 'found', number: '0012300002', kind: 'card' },
    { name: 'two cards of one telephone', code: codeOf('phone', '+79990007744'), result: 'ambiguous' },
    { name: 'a blocked card', code: codeOf('card', '0012300003'), result: 'blocked' },
    { name: 'the blocked card of a telephone', code: codeOf('phone', '+79990007733'), result: 'blocked' },
    { name: 'nobody: 404', code: codeOf('card', '0012399999'), result: 'notFound' },
    { name: 'nobody of a telephone', code: codeOf('phone', '+79990007799'), result: 'notFound' },
  ],
});
