import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './iikocard-pos.js';

describePreset('iikocard-pos', {
  platform: 'iikocard-pos',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('coupon', 'X-1'),
  renews: true,
  cases: [
    { name: 'a card number is its own answer', code: codeOf('card', '1002003001'), result: 'found', number: '1002003001', kind: 'card' },
    { name: 'a track, where no card has that number', code: codeOf('card', 'TRACK=1002003002'), result: 'found', number: 'TRACK=1002003002' },
    { name: 'a telephone', code: codeOf('phone', '+79990008811'), result: 'found', number: '79990008811', kind: 'phone' },
    { name: 'fault 53 is nobody', code: codeOf('card', '1002009999'), result: 'notFound' },
  ],
});
