import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacSha256 } from './hmac.js';

it('is HMAC-SHA-256, whatever the key, the parts and their lengths', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 200 }))), (key, parts) => {
      const reference = createHmac('sha256', key);
      for (const part of parts) reference.update(typeof part === 'string' ? Buffer.from(part) : part);
      expect(hmacSha256(key)(...parts).toString('hex')).toBe(reference.digest('hex'));
    }),
  );
});
