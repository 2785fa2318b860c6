import { TillbridgeError } from '@tillbridge/core';
import { expect, test } from 'vitest';
import { openError } from './errors.js';

test.each([
  ['Error Resource temporarily unavailable Cannot lock port', 'TB_READER_BUSY'],
  ['Opening COM3: Access denied', 'TB_READER_BUSY'],
  ['Error: Device or resource busy, cannot open /dev/ttyACM0', 'TB_READER_BUSY'],
  ['Error: Permission denied, cannot open /dev/ttyACM0', 'TB_READER_NO_PERMISSION'],
  ['Error: No such file or directory, cannot open /dev/ttyACM0', 'TB_READER_NOT_FOUND'],
  ['Opening COM3: File not found', 'TB_READER_NOT_FOUND'],
  ['Error: Is a directory, cannot open /tmp', 'TB_READER_NOT_SERIAL'],
  ['Error: Inappropriate ioctl for device setting custom baud rate of 9600', 'TB_READER_NOT_SERIAL'],
  ['Invalid parity setting 2', 'TB_READER_SETTINGS'],
  ['Opening COM3: Unknown error code 31', 'TB_READER_OPEN_FAILED'],
])('%s', (message, code) => {
  const error = openError(new Error(message), 'counter', '/dev/ttyACM0');
  expect(error.code).toBe(code);
  expect(error.text('en')).toContain('counter');
  expect(error.text('ru') + error.remedy('ru')).not.toMatch(/\?(?!\w)/);
});

test('our own errors pass as they are', () => {
  const error = new TillbridgeError('TB_READER_VANISHED', { reader: 'counter', path: 'x' });
  expect(openError(error, 'counter', 'x')).toBe(error);
});
