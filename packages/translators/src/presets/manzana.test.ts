import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './manzana.js';

describePreset('manzana', {
  platform: 'manzana',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', 'x'),
  cases: [
    { name: 'a card', code: codeOf('card', '2015100'), result: 'found', number: '2015100', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('card', '0000901000026'), result: 'found', number: '0000901000026' },
    { name: 'a telephone', code: codeOf('phone', '+375290007711'), result: 'found', number: '0000901000026', kind: 'card' },
    { name: 'ReturnCode 80241 in a 200 is nobody', code: codeOf('card', '9010000009999'), result: 'notFound' },
    { name: 'a blocked card', code: codeOf('card', '9010000000033'), result: 'blocked' },
    { name: 'markup in what it answers', code: codeOf('card', '9010000000040'), result: 'found', number: '9010000000040' },
    { name: 'a guest without a card', code: codeOf('phone', '+79990007744'), result: 'foundNoNumber' },
  ],
});
