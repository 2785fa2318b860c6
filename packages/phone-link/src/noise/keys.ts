import { nobleCurve, type Curve } from './curve.js';

/** An X25519 key pair, 32 bytes each. */
export interface KeyPair {
  readonly secret: Uint8Array;
  readonly public: Uint8Array;
}

/** The key pair of a secret of 32 random bytes. */
export function keyPairOf(secret: Uint8Array, curve: Curve = nobleCurve): KeyPair {
  return { secret, public: curve.publicOf(secret) };
}
