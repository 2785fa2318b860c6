import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './sailplay.js';

describePreset('sailplay', {
  platform: 'sailplay',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', '410011'),
  renews: true,
  cases: [
    { name: 'a telephone in international form', code: codeOf('phone', '+79990003311'), result: 'found', number: '79990003311', kind: 'phone' },
    { name: 'a telephone as it is dialled', code: codeOf('phone', '8 999 000-33-11'), result: 'found', number: '79990003311' },
    { name: 'another country', code: codeOf('phone', '+375290003311'), result: 'found', number: '375290003311' },
    { name: 'an error that means nobody', code: codeOf('phone', '+79990009999'), result: 'notFound' },
  ],
});
