import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './bonusplus.js';

describePreset('bonusplus', {
  platform: 'bonusplus',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', '8000000000812'),
  cases: [
    { name: 'a telephone', code: codeOf('phone', '+7 999 000-66-11'), result: 'found', number: '8000000000812', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('phone', '+375290006611'), result: 'found', number: '0000800000829' },
    { name: '404 is nobody', code: codeOf('phone', '+79990009999'), result: 'notFound' },
    { name: '412 is a refusal whose text nobody sees', code: codeOf('phone', '+79990006622'), result: 'badResponse', reason: 'refused' },
    { name: 'a guest without a card', code: codeOf('phone', '+79990006633'), result: 'foundNoNumber' },
  ],
});
