import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './alias-json.js';

describePreset('alias-json', {
  platform: 'alias-json',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('coupon', 'X-1'),
  cases: [
    { name: 'an alias', code: codeOf('card', 'xc12345678'), result: 'found', number: '1000000913', kind: 'card' },
    { name: 'an alias with every reserved character; its number is beyond 2^53', code: codeOf('card', 'https://pass.example/a+b?c=1'), result: 'found', number: '9007199254740993' },
    { name: 'a telephone', code: codeOf('phone', '+79990001414'), result: 'found', number: '1000000913' },
    { name: 'null is nobody', code: codeOf('card', 'xc00000000'), result: 'notFound' },
  ],
});
