import { x25519 } from '@noble/curves/ed25519.js';

/** An X25519 key pair, 32 bytes each (RFC 7748). */
export interface KeyPair {
  readonly secret: Uint8Array;
  readonly public: Uint8Array;
}

/** The key pair of a secret of 32 random bytes. */
export function keyPairOf(secret: Uint8Array): KeyPair {
  return { secret, public: x25519.getPublicKey(secret) };
}

/** The shared secret, or undefined where the other side's key is one of those that make it zero whatever ours is (RFC 7748, section 6.1). */
export function sharedSecret(own: KeyPair, theirs: Uint8Array): Uint8Array | undefined {
  try {
    return x25519.getSharedSecret(own.secret, theirs);
  } catch {
    return undefined;
  }
}
