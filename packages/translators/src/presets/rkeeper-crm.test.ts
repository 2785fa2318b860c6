import { codeOf, silentLog, systemClock } from '@tillbridge/core';
import { startPlatform } from '@tillbridge/testkit/platform';
import { describePreset } from '@tillbridge/testkit/suites';
import { describe, expect, it } from 'vitest';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './rkeeper-crm.js';

describePreset('rkeeper-crm', {
  platform: 'rkeeper-crm',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', 'ABC'),
  cases: [
    { name: 'an Int64', code: codeOf('card', '9007199254740993'), result: 'found', number: '9007199254740993', kind: 'card' },
    { name: 'a telephone', code: codeOf('phone', '+375290001212'), result: 'found', number: '8002', kind: 'card' },
    { name: 'a blocked card', code: codeOf('card', '8003'), result: 'blocked' },
    { name: 'nobody', code: codeOf('card', '8999'), result: 'notFound' },
    { name: 'a coupon for a product', code: codeOf('coupon', 'CPN-PRODUCT'), result: 'coupon', number: 'CPN-PRODUCT', kind: 'coupon', state: 'usable' },
    { name: 'a coupon that was used', code: codeOf('coupon', 'CPN-USED'), result: 'coupon', state: 'used' },
    { name: 'a coupon for known guests', code: codeOf('coupon', 'CPN-WHO'), result: 'coupon', state: 'needsCustomer' },
    { name: 'no such coupon', code: codeOf('coupon', 'CPN-NONE'), result: 'notFound' },
  ],
});

describe('rkeeper-crm', () => {
  it.each([['CPN-PRODUCT', 'product'], ['CPN-SUM', 'sum'], ['CPN-DISCOUNT', 'discount']])('%s gives a %s', async (code, gives) => {
    const platform = await startPlatform('rkeeper-crm', { clock: systemClock });
    const translator = translatorOfPreset(preset, { ...platform.site, clock: systemClock, log: silentLog });
    try {
      const answer = await translator.translate(codeOf('coupon', code), { scanId: 's', reader: 'r' }, new AbortController().signal);
      expect(answer).toMatchObject({ result: 'coupon', state: 'usable', gives });
    } finally {
      await translator.close();
      await platform.close();
    }
  });
});
