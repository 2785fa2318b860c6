import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReaderPort } from './reader-port.js';

function reads(chunks: readonly Uint8Array[]): readonly string[] {
  const seen: string[] = [];
  const port = new ReaderPort('BarCode', undefined, (data) => seen.push(data));
  for (const chunk of chunks) port.write(chunk);
  return seen;
}

test('the pieces in which bytes come make no difference, and no read is longer than a read can be', () => {
  const bytes = fc.uint8Array({ maxLength: 3000 }).map((each) => each.map((byte) => (byte < 40 ? 13 : byte)));
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(3000), { maxLength: 20 }), (all, cuts) => {
      const at = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
      const whole = reads([all]);
      expect(reads(at.slice(1).map((end, i) => all.subarray(at[i], end)))).toEqual(whole);
      expect(whole.every((read) => read !== '' && Buffer.byteLength(read) <= 3 * 1024)).toBe(true);
    }),
  );
});

test('what is too long is dropped whole, and the next read is there', () => {
  expect(reads([Buffer.from(`${'1'.repeat(1025)}\r2\r\n${'3'.repeat(1024)}\n4`)])).toEqual(['2', '3'.repeat(1024)]);
});
