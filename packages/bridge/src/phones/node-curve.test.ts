import { nobleCurve } from '@tillbridge/phone-link';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCurve } from './node-curve.js';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

describe('X25519 of the platform', () => {
  it('gives what RFC 7748 gives (section 6.1)', () => {
    const alicesPublic = hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
    const bobs = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
    expect(nodeCurve.publicOf(bobs)).toEqual(hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'));
    expect(nodeCurve.shared(bobs, alicesPublic)).toEqual(hex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'));
  });

  it('agrees with the one of the page, also on keys that are no keys', () => {
    fc.assert(
      fc.property(bytes, fc.oneof(bytes, fc.constant(new Uint8Array(32)), fc.constant(new Uint8Array(32).fill(1, 0, 1))), (secret, theirs) => {
        expect(nodeCurve.publicOf(secret)).toEqual(nobleCurve.publicOf(secret));
        expect(nodeCurve.shared(secret, theirs)).toEqual(nobleCurve.shared(secret, theirs));
      }),
      { numRuns: 50 },
    );
  });
});
