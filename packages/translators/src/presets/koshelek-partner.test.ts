import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './koshelek-partner.js';

describePreset('koshelek-partner', {
  platform: 'koshelek-partner',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', '2900700123456'),
  empty: 'notFound',
  cases: [
    { name: 'the card of a telephone, zeros in front', code: codeOf('phone', '+79990005511'), result: 'found', number: '0070012345', kind: 'card' },
    { name: 'another country', code: codeOf('phone', '+375290005511'), result: 'found', number: '0070012346' },
    { name: 'nobody: 200 without a body', code: codeOf('phone', '+79990005599'), result: 'notFound' },
    { name: 'a card that is not active yet', code: codeOf('phone', '+79990005533'), result: 'blocked', reason: 'inactive' },
    { name: '422 is a card that must not be used', code: codeOf('phone', '+79990005544'), result: 'blocked' },
  ],
});
