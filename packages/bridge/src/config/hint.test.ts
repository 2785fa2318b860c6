import { describe, expect, it } from 'vitest';
import { nearestName } from './hint.js';

const keys = ['id', 'type', 'path', 'match', 'auto', 'baudRate', 'dataBits', 'parity', 'stopBits', 'rtscts', 'dtr', 'framing', 'charset', 'fallbackCharset', 'feedback', 'unmatched'];

describe('the nearest name', () => {
  it.each([
    ['baudrate', 'baudRate'],
    ['baud_rate', 'baudRate'],
    ['baud', 'baudRate'],
    ['boudRate', 'baudRate'],
    ['data-bits', 'dataBits'],
    ['framming', 'framing'],
    ['pairty', 'parity'],
    ['tpye', 'type'],
    ['typ', 'type'],
    ['ids', 'id'],
    ['unmatchd', 'unmatched'],
    ['PATH', 'path'],
  ])('of %s is %s', (written, name) => {
    expect(nearestName(written, keys)).toBe(name);
  });

  it.each(['x', 'colour', 'speed', '', '___', 'z'.repeat(100_000)])('of %j is none', (written) => {
    expect(nearestName(written, keys)).toBeUndefined();
  });

  it('prefers the nearer of two', () => {
    expect(nearestName('chartset', ['fallbackCharset', 'charset'])).toBe('charset');
    expect(nearestName('tap2', ['tap', 'tap1', 'tap22'])).toBe('tap');
  });
});
