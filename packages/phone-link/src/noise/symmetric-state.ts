import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, utf8 } from '../wire/bytes.js';
import { openAt, sealAt } from './cipher.js';

const HASH_BYTES = 32;

/** HKDF of Noise (revision 34, section 4.3): two or three keys of 32 bytes. */
function hkdf(chainingKey: Uint8Array, input: Uint8Array): readonly [Uint8Array, Uint8Array, Uint8Array] {
  const temporary = hmac(sha256, chainingKey, input);
  const first = hmac(sha256, temporary, Uint8Array.of(1));
  const second = hmac(sha256, temporary, concat(first, Uint8Array.of(2)));
  return [first, second, hmac(sha256, temporary, concat(second, Uint8Array.of(3)))];
}

/** SymmetricState and the CipherState in it (Noise, revision 34, sections 5.1 and 5.2), with SHA-256 and ChaCha20-Poly1305. */
export class SymmetricState {
  #hash: Uint8Array;
  #chainingKey: Uint8Array;
  #key: Uint8Array | undefined;
  #counter = 0;

  constructor(protocol: string) {
    const name = utf8(protocol);
    this.#hash = name.length <= HASH_BYTES ? concat(name, new Uint8Array(HASH_BYTES - name.length)) : sha256(name);
    this.#chainingKey = this.#hash;
  }

  get hash(): Uint8Array {
    return this.#hash;
  }

  get hasKey(): boolean {
    return this.#key !== undefined;
  }

  mixHash(data: Uint8Array): void {
    this.#hash = sha256(concat(this.#hash, data));
  }

  mixKey(input: Uint8Array): void {
    const [chainingKey, key] = hkdf(this.#chainingKey, input);
    this.#chainingKey = chainingKey;
    this.#setKey(key);
  }

  mixKeyAndHash(input: Uint8Array): void {
    const [chainingKey, hash, key] = hkdf(this.#chainingKey, input);
    this.#chainingKey = chainingKey;
    this.mixHash(hash);
    this.#setKey(key);
  }

  encryptAndHash(text: Uint8Array): Uint8Array {
    const sealed = this.#key === undefined ? text : sealAt(this.#key, this.#counter++, this.#hash, text);
    this.mixHash(sealed);
    return sealed;
  }

  /** Undefined where it is not genuine: the handshake is over. */
  decryptAndHash(sealed: Uint8Array): Uint8Array | undefined {
    const text = this.#key === undefined ? sealed : openAt(this.#key, this.#counter++, this.#hash, sealed);
    if (text !== undefined) this.mixHash(sealed);
    return text;
  }

  /** The keys of the session: from initiator to responder, and back. */
  split(): readonly [Uint8Array, Uint8Array] {
    const [there, back] = hkdf(this.#chainingKey, new Uint8Array());
    return [there, back];
  }

  #setKey(key: Uint8Array): void {
    this.#key = key;
    this.#counter = 0;
  }
}
