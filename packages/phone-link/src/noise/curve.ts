import { x25519 } from '@noble/curves/ed25519.js';

/** X25519 (RFC 7748): the one costly part of a handshake, so a daemon may bring its platform's own. */
export interface Curve {
  /** The public key of a secret of 32 random bytes. */
  publicOf(secret: Uint8Array): Uint8Array;
  /** Undefined where the other side's key is one of those that make the secret zero whatever ours is (RFC 7748, section 6.1). */
  shared(secret: Uint8Array, theirs: Uint8Array): Uint8Array | undefined;
}

/** In JavaScript alone: WebCrypto is missing on a page without TLS. */
export const nobleCurve: Curve = {
  publicOf: (secret) => x25519.getPublicKey(secret),
  shared: (secret, theirs) => {
    try {
      return x25519.getSharedSecret(secret, theirs);
    } catch {
      return undefined;
    }
  },
};
