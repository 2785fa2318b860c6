import { describe, expect, test } from 'vitest';
import { inputArray } from './input-array.js';
import { scanCodeOf } from './scan-codes.js';

describe('the array of SendInput', () => {
  const inputs = [{ vk: 0x0d, scan: 0x1c, flags: 0 }, { vk: 0, scan: 0x41, flags: 6 }];

  // offsets of winuser.h as the compilers lay them out: sizeof(INPUT) is 40 and 28
  test('in a 64-bit process', () => {
    const bytes = inputArray(inputs, 0x54424b45, 8);
    expect(bytes.length).toBe(80);
    expect([bytes.readUInt32LE(0), bytes.readUInt16LE(8), bytes.readUInt16LE(10), bytes.readUInt32LE(12), bytes.readBigUInt64LE(24)]).toEqual([1, 0x0d, 0x1c, 0, 0x54424b45n]);
    expect([bytes.readUInt32LE(40), bytes.readUInt16LE(50), bytes.readUInt32LE(52)]).toEqual([1, 0x41, 6]);
  });

  test('in a 32-bit process', () => {
    const bytes = inputArray(inputs, 0x54424b45, 4);
    expect(bytes.length).toBe(56);
    expect([bytes.readUInt32LE(0), bytes.readUInt16LE(4), bytes.readUInt16LE(6), bytes.readUInt32LE(8), bytes.readUInt32LE(16)]).toEqual([1, 0x0d, 0x1c, 0, 0x54424b45]);
  });
});

test.each([
  [0x04, 0x1e],
  [0x1d, 0x2c],
  [0x1e, 0x02],
  [0x27, 0x0b],
  [0x28, 0x1c],
  [0x30, 0x1b],
  [0x39, 0x3a],
  [0x45, 0x58],
  [0x4a, 0xe047],
  [0x53, 0xe045],
  [0x58, 0xe01c],
  [0x62, 0x52],
  [0x67, 0x59],
  [0x68, 0x64],
  [0x73, 0x76],
  [0xe0, 0x1d],
  [0xe7, 0xe05c],
  [0x48, undefined],
  [0x03, undefined],
  [0xa5, undefined],
])('usage %i has the scan code %i', (usage, code) => expect(scanCodeOf(usage)).toBe(code));
