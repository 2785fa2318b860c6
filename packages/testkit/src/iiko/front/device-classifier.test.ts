import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { barcodeFormat } from './barcode-formats.js';
import { DeviceClassifier } from './device-classifier.js';

const MARKING = '010460123456789321ABC\u001d93XYZ1';

describe('what a reader is taken for', () => {
  test.each([
    ['4601234567893', 'scanner'],
    ['46012340', 'scanner'],
    [MARKING, 'scanner'],
    ['A1'.repeat(34), 'scanner'],
    ['t=20260101T1200&s=10.00&fn=9999&i=1&fp=2&n=1', 'scanner'],
    [';77012345678?', 'card'],
    ['{"code":"=1"}', 'card'],
    ['77012345678\t', 'card'],
    // a wrong check digit is no EAN
    ['4601234567890', 'card'],
    ['9812345678901234', 'card'],
  ] as const)('%j first: a %s, for good', (first, type) => {
    const devices = new DeviceClassifier();
    expect(devices.branchOf('usb', first)).toBe(type);
    for (const later of ['4601234567893', ';1?']) expect(devices.branchOf('usb', later)).toBe(type);
    expect(devices.branchOf('other', '4601234567893')).toBe('scanner');
  });

  it('can be set by hand, and for plain text be the other thing', () => {
    const devices = new DeviceClassifier({ plainFirstRead: 'scanner' });
    expect(devices.branchOf('usb', '9812345678901234')).toBe('scanner');
    devices.set('usb', 'card');
    expect(devices.branchOf('usb', '4601234567893')).toBe('card');
    devices.set('usb', undefined);
    expect(devices.types.size).toBe(0);
  });

  it('every EAN-13 with its check digit is known, and with no other', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (digits) => {
        expect(Array.from({ length: 10 }, (_, i) => barcodeFormat(`${digits}${String(i)}`)).filter((format) => format === 'ean13')).toHaveLength(1);
      }),
    );
  });
});
