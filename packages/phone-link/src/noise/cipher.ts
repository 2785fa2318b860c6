import { chacha20poly1305 } from '@noble/ciphers/chacha.js';

/** ChaCha20-Poly1305 (RFC 8439) as Noise uses it: the nonce is four zero bytes and the counter, little-endian (Noise, revision 34, 12.3). */
export function sealAt(key: Uint8Array, counter: number, associated: Uint8Array, text: Uint8Array): Uint8Array {
  return chacha20poly1305(key, nonceOf(counter), associated).encrypt(text);
}

/** Undefined where a byte of key, counter, associated data or text is another. */
export function openAt(key: Uint8Array, counter: number, associated: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return chacha20poly1305(key, nonceOf(counter), associated).decrypt(sealed);
  } catch {
    return undefined;
  }
}

function nonceOf(counter: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(counter), true);
  return nonce;
}
