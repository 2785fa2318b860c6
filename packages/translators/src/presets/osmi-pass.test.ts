import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './osmi-pass.js';

describePreset('osmi-pass', {
  platform: 'osmi-pass',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('phone', '+79990001122'),
  renews: true,
  cases: [
    { name: 'the field of the pass', code: codeOf('card', 'SER0001'), result: 'found', number: '0045000001', kind: 'card' },
    { name: 'another pass', code: codeOf('card', 'SER0002'), result: 'found', number: '0045000002' },
    { name: 'an empty field is no number', code: codeOf('card', 'SER0003'), result: 'foundNoNumber' },
    { name: 'no such pass', code: codeOf('card', 'SER9999'), result: 'notFound' },
  ],
});
