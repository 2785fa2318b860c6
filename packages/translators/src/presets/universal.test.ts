import { codeOf, silentLog, systemClock } from '@tillbridge/core';
import { startPlatform } from '@tillbridge/testkit/platform';
import { describePreset } from '@tillbridge/testkit/suites';
import { describe, expect, it } from 'vitest';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './universal.js';

describePreset('universal', {
  platform: 'universal',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('coupon', 'X-1'),
  cases: [
    { name: 'a guest of the store', code: codeOf('card', '98000000000001'), result: 'found', number: '2000001', kind: 'card' },
    { name: 'zeros in front stay', code: codeOf('card', '98000000000002'), result: 'found', number: '0000002' },
    { name: 'a telephone', code: codeOf('phone', '+79990001313'), result: 'found', number: '2000001' },
    { name: 'a blocked guest', code: codeOf('card', '98000000000004'), result: 'blocked' },
    { name: 'a guest who has no number here', code: codeOf('card', '98000000000005'), result: 'foundNoNumber' },
    { name: 'nobody', code: codeOf('card', '98000000009999'), result: 'notFound' },
  ],
});

describe('universal', () => {
  it('marks a guest who comes from outside as new, once', async () => {
    const platform = await startPlatform('universal', { clock: systemClock });
    const translator = translatorOfPreset(preset, { ...platform.site, clock: systemClock, log: silentLog });
    try {
      const ask = (text: string) => translator.translate(codeOf('card', text), { scanId: 's', reader: 'r' }, new AbortController().signal);
      expect(await ask('98000000000003')).toMatchObject({ result: 'found', platform: { newCustomer: true } });
      const known = await ask('98000000000001');
      expect(known.result).toBe('found');
      expect(JSON.stringify(known)).not.toContain('newCustomer');
    } finally {
      await translator.close();
      await platform.close();
    }
  });
});
