import { expect, it } from 'vitest';
import { concat } from './bytes.js';
import { decodeMessage, encodeHeader } from './envelope.js';

it('a message is read alike from a window onto a larger buffer, as Node.js hands them out', () => {
  const body = concat(encodeHeader('abcdefgh', 7), new Uint8Array(16).fill(9));
  const larger = new Uint8Array(100).fill(0xff);
  larger.set(body, 40);
  const { header, counter, sealed } = decodeMessage(Buffer.from(larger.buffer, 40, body.length)) ?? {};
  expect([counter, header, sealed]).toEqual([7, encodeHeader('abcdefgh', 7), new Uint8Array(16).fill(9)]);
});
