import { codeOf, silentLog, systemClock } from '@tillbridge/core';
import { startPlatform } from '@tillbridge/testkit/platform';
import { describePreset } from '@tillbridge/testkit/suites';
import { describe, expect, it } from 'vitest';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset, presetApiLogin } from './iiko-cloud.js';

describePreset('iiko-cloud', {
  platform: 'iiko-cloud',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', 'x'),
  renews: true,
  cases: [
    { name: 'a card', code: codeOf('card', '100200300'), result: 'found', number: '100200300', kind: 'card' },
    { name: 'a track gives the number of its card', code: codeOf('card', 'TR000200301'), result: 'found', number: '000200301' },
    { name: 'a telephone', code: codeOf('phone', '+375290009911'), result: 'found', number: '000200301' },
    { name: 'a guest without a card', code: codeOf('phone', '+79990009944'), result: 'found', number: '+79990009944' },
    { name: '400 is nobody', code: codeOf('card', '100299999'), result: 'notFound' },
    { name: 'a deleted guest is nobody', code: codeOf('card', '100200302'), result: 'notFound' },
    { name: 'a coupon', code: codeOf('coupon', 'SPRING-7'), result: 'coupon', number: 'SPRING-7', kind: 'coupon', state: 'usable' },
    { name: 'a coupon that was used', code: codeOf('coupon', 'SPRING-8'), result: 'coupon', state: 'used' },
    { name: 'a coupon that was deleted', code: codeOf('coupon', 'SPRING-9'), result: 'coupon', state: 'expired' },
    { name: 'no such coupon', code: codeOf('coupon', 'SPRING-0'), result: 'notFound' },
  ],
});

describePreset('iiko-cloud-login', {
  platform: 'iiko-cloud-login',
  make: (site) => translatorOfPreset(presetApiLogin, site, site),
  foreign: codeOf('card', 'x'),
  renews: true,
  cases: [
    { name: 'a card', code: codeOf('card', '100200300'), result: 'found', number: '100200300', kind: 'card' },
    { name: 'a telephone', code: codeOf('phone', '+375290009911'), result: 'found', number: '000200301' },
    { name: '400 is nobody', code: codeOf('card', '100299999'), result: 'notFound' },
  ],
});

describe('iiko-cloud', () => {
  it('does not take a wrong organisation, answered with 400 too, for a guest who is not there', async () => {
    const platform = await startPlatform('iiko-cloud', { clock: systemClock });
    const translator = translatorOfPreset(preset, { ...platform.site, vars: { ...platform.site.vars, organization: '5c1a2b3c-0000-4000-8000-000000000000' }, clock: systemClock, log: silentLog });
    try {
      const answer = await translator.translate(codeOf('card', '100200300'), { scanId: 's', reader: 'r' }, new AbortController().signal);
      expect(answer).toEqual({ result: 'badResponse', reason: 'organization' });
    } finally {
      await translator.close();
      await platform.close();
    }
  });
});
