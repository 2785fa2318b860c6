import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHidPos, layoutOfDescriptor } from './descriptor-layout.js';
import { LAYOUTS } from './layouts.js';
import { readReportDescriptor } from './report-descriptor.js';
import { HHP_DESCRIPTOR, KEYBOARD_DESCRIPTOR, NO_LENGTH_DESCRIPTOR } from './testing/reports.js';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('a report descriptor', () => {
  test('of an HHP-style scanner gives its layout, its collection and its reports', () => {
    const descriptor = readReportDescriptor(HHP_DESCRIPTOR);
    expect(isHidPos(descriptor)).toBe(true);
    expect([...descriptor.outputs]).toEqual([4, 0xfd]);
    expect([...descriptor.features]).toEqual([0xfe]);
    expect(layoutOfDescriptor(HHP_DESCRIPTOR)).toBe(LAYOUTS.hhp);
  });

  test('without a byte count gives a layout whose end is the last byte that is not zero', () => {
    expect(layoutOfDescriptor(NO_LENGTH_DESCRIPTOR)).toEqual({
      name: 'descriptor', reportId: 2, data: { offset: 4, count: 56 }, aim: 1, more: { offset: 60, bit: 0 },
    });
  });

  test('of a keyboard gives none', () => {
    const descriptor = readReportDescriptor(KEYBOARD_DESCRIPTOR);
    expect(descriptor.collections).toEqual([0x1_0006]);
    expect(isHidPos(descriptor)).toBe(false);
    expect(layoutOfDescriptor(KEYBOARD_DESCRIPTOR)).toBeUndefined();
    // eight modifier bits, then six key codes
    expect(descriptor.fields[0]).toEqual({ reportId: 0, usage: 0x7_00e0, bitOffset: 0, bitSize: 1, count: 1 });
    expect(descriptor.fields.some(({ usage, bitOffset }) => usage === 0x7_0000 && bitOffset === 16)).toBe(true);
  });

  test('without report ids: offsets count from the first byte', () => {
    const layout = layoutOfDescriptor(bytes(0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x75, 0x08, 0x95, 0x01, 0x81, 0x03, 0x09, 0xfe, 0x95, 0x20, 0x81, 0x02, 0xc0));
    expect(layout).toEqual({ name: 'descriptor', data: { offset: 1, count: 32 } });
  });

  test('the remote management of Honeywell has the same shape and is no scanner', () => {
    expect(isHidPos(readReportDescriptor(Uint8Array.of(0x06, 0x8c, 0xff, 0x09, 0x02, 0xa1, 0x01, 0xc0)))).toBe(false);
  });

  test('data that does not stand on a byte is not guessed at', () => {
    expect(layoutOfDescriptor(bytes(0x05, 0x8c, 0x75, 0x03, 0x95, 0x01, 0x81, 0x03, 0x09, 0xfe, 0x75, 0x08, 0x95, 0x20, 0x81, 0x02))).toBeUndefined();
  });

  test('push, pop, usages of four bytes and long items are understood', () => {
    const descriptor = readReportDescriptor(
      bytes(0x05, 0x8c, 0x75, 0x08, 0x95, 0x04, 0xa4, 0x05, 0x01, 0x75, 0x01, 0xb4, 0xfe, 0x02, 0x10, 0xaa, 0xbb, 0x0b, 0xfe, 0x00, 0x8c, 0x00, 0x81, 0x02),
    );
    expect(descriptor.fields).toEqual([{ reportId: 0, usage: 0x8c_00fe, bitOffset: 0, bitSize: 8, count: 4 }]);
  });

  test('of any bytes at all is read to its end, bounded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => {
        const { fields } = readReportDescriptor(noise);
        expect(fields.length).toBeLessThan(3000);
        layoutOfDescriptor(noise);
      }),
      { numRuns: 500 },
    );
    // a usage range of 4 billion, and a descriptor that only opens
    expect(readReportDescriptor(bytes(0x1b, 0, 0, 0, 0, 0x2b, 0xff, 0xff, 0xff, 0xff, 0x95, 0x02, 0x75, 0x08, 0x81, 0x02)).fields.length).toBeLessThan(3000);
    expect(readReportDescriptor(Uint8Array.from({ length: 4096 }, (_, i) => (i % 2 === 0 ? 0xa1 : 1))).collections).toHaveLength(1);
  });

  test('cut off anywhere gives what stands before the cut', () => {
    for (let end = 0; end < HHP_DESCRIPTOR.length; end += 1) {
      const layout = layoutOfDescriptor(HHP_DESCRIPTOR.subarray(0, end));
      if (layout !== undefined) expect(layout.data).toEqual({ offset: 5, count: 56 });
    }
  });
});
