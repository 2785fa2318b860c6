import { codeOf } from '@tillbridge/core';
import { describePreset } from '@tillbridge/testkit/suites';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './premiumbonus.js';

describePreset('premiumbonus', {
  platform: 'premiumbonus',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('phone', '+375290005511'),
  cases: [
    { name: 'a card', code: codeOf('card', '7000000000716'), result: 'found', number: '7000000000716', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('card', '0000700000723'), result: 'found', number: '0000700000723' },
    { name: 'a telephone', code: codeOf('phone', '8 999 000-55-11'), result: 'found', number: '7000000000716', kind: 'card' },
    { name: 'is_registered: false is nobody', code: codeOf('card', '7000000009999'), result: 'notFound' },
    { name: 'a code of the app that is none', code: codeOf('card', '12345'), result: 'codeExpired' },
    { name: 'blocked: true in a 200', code: codeOf('card', '7000000000730'), result: 'blocked' },
    { name: 'card_number: null', code: codeOf('phone', '+79990005544'), result: 'foundNoNumber' },
  ],
});
