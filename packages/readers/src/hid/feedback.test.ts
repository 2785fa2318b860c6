import { describe, expect, test } from 'vitest';
import type { DeviceProfile } from '../profiles/index.js';
import { feedbackBytes, hexBytes, isAnswered } from './feedback.js';
import { LAYOUTS } from './layouts.js';

const profile = (more: Partial<DeviceProfile> = {}): DeviceProfile => ({
  id: 'x', name: 'X', vid: '1111', pid: ['2222'], mode: 'hidPos', feedback: { good: '04 40', bad: '0420' }, switching: [], basis: 'document', source: 'a document', tested: [], ...more,
});

describe('feedback bytes', () => {
  test('are those of the profile, for layout A', () => {
    expect(feedbackBytes(profile(), LAYOUTS.hhp, 'good')).toEqual(Uint8Array.of(4, 0x40));
    expect(feedbackBytes(profile(), LAYOUTS.hhp, 'bad')).toEqual(Uint8Array.of(4, 0x20));
    expect(feedbackBytes(profile(), LAYOUTS.hhp, 'none')).toBeUndefined();
  });

  test.each(['publicSource', 'inferred', 'learned'] as const)('none where the profile is only %s', (basis) => {
    expect(feedbackBytes(profile({ basis }), LAYOUTS.hhp, 'good')).toBeUndefined();
  });

  test('report 4 never to another layout, nor before the layout is known', () => {
    for (const layout of [LAYOUTS.newland, LAYOUTS.symbol, LAYOUTS.offset1, LAYOUTS.microscan, undefined]) {
      expect(feedbackBytes(profile(), layout, 'good')).toBeUndefined();
    }
    expect(feedbackBytes(undefined, LAYOUTS.hhp, 'good')).toBeUndefined();
  });

  test('another report of a documented device is sent with any layout', () => {
    const other = profile({ feedback: { good: 'fd 03 16 07 0d' } });
    expect(feedbackBytes(other, LAYOUTS.newland, 'good')).toEqual(hexBytes('fd0316070d'));
    expect(feedbackBytes(other, LAYOUTS.newland, 'bad')).toBeUndefined();
  });

  test('only menu commands are answered', () => {
    expect(isAnswered(hexBytes('fd0316070d'))).toBe(false);
    expect(isAnswered(hexBytes('fd0f164d0d52455649'))).toBe(true);
    expect(isAnswered(hexBytes('0440'))).toBe(false);
  });
});
