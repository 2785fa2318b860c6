import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './uds.js';

describePreset('uds', {
  platform: 'uds',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', '12'),
  cases: [
    { name: 'a code of the app', code: codeOf('card', '482913'), result: 'found', number: '1099511876531', kind: 'card' },
    { name: 'a code with a zero in front', code: codeOf('card', '048291'), result: 'found', number: '1099511876532' },
    { name: 'a telephone: its plus is sent as %2B', code: codeOf('phone', '+79990002211'), result: 'found', number: '1099511876531' },
    { name: 'a uid', code: codeOf('card', 'uid:5c3b8a52-6f0e-4d5e-9a7e-2f31d3a00002'), result: 'found', number: '1099511876532' },
    { name: 'a code that is none', code: codeOf('card', '999999'), result: 'codeExpired' },
    { name: 'a long code that is none', code: codeOf('card', 'CERT-0000-0001'), result: 'notFound' },
    { name: 'a telephone that nobody has', code: codeOf('phone', '+79990009999'), result: 'notFound' },
    { name: 'somebody who is no customer here: user is null', code: codeOf('phone', '+79990002233'), result: 'notFound' },
  ],
});
