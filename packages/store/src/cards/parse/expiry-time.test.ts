import { expect, test } from 'vitest';
import { expiryTime } from './expiry-time.js';

test('a date alone lasts through that day of this machine’s calendar', () => {
  expect(expiryTime('2030-02-28')).toBe(new Date(2030, 1, 28, 23, 59, 59, 999).getTime());
});

test('a time with an offset is that moment, without one it is local', () => {
  expect(expiryTime('2030-01-02T03:04:05Z')).toBe(Date.UTC(2030, 0, 2, 3, 4, 5));
  expect(expiryTime('2030-01-02T03:04:05.678+03:00')).toBe(Date.UTC(2030, 0, 2, 0, 4, 5, 678));
  expect(expiryTime('2030-01-02T03:04')).toBe(new Date(2030, 0, 2, 3, 4).getTime());
});

test.each(['', 'tomorrow', '31.12.2030', '2030-13-01', '2030-02-30', '2030-02-29T10:00Z', '2030-1-1', '2030-01-01T25:00Z', '20300101', '1893456000'])(
  '%j is none',
  (text) => expect(expiryTime(text)).toBeUndefined(),
);

test('the 29th of February exists in leap years', () => {
  expect(expiryTime('2028-02-29T00:00:00Z')).toBe(Date.UTC(2028, 1, 29));
  expect(expiryTime('2100-02-29T00:00:00Z')).toBeUndefined();
});
