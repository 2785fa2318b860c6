import { expect, test } from 'vitest';
import { base64OfBytes, bytesOfBase64 } from '../../save-file';
import { csvLine } from './csv';

test('a row of the export is quoted where it must be, as the command line writes it', () => {
  expect(csvLine({ code: 'a', card: '1', kind: 'card', state: 'active' })).toBe('a,1,card,active,\n');
  expect(csvLine({ code: 'a,"b"\n', card: '0;1', kind: 'phone', state: 'blocked', expires: '2030-01-01T00:00:00.000Z' })).toBe('"a,""b""\n","0;1",phone,blocked,2030-01-01T00:00:00.000Z\n');
});

test('bytes of every kind and number go through base64', () => {
  for (const length of [0, 1, 2, 3, 8191, 8192, 8193, 46_080]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    expect(base64OfBytes(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(bytesOfBase64(base64OfBytes(bytes))).toEqual(bytes);
  }
});
