import { createCipheriv, createDecipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';

// Noise with nothing but Node.js's own OpenSSL, written from the specification (noiseprotocol.org/noise.html, revision 34) for these tests
// alone: what two programs agree on that share no line is the protocol, and not a mistake of one of them.

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const mac = (key: Uint8Array, ...parts: Uint8Array[]): Buffer => createHmac('sha256', key).update(Buffer.concat(parts)).digest();

// RFC 8410: an X25519 key in PKCS #8 and in SubjectPublicKeyInfo is these bytes and the 32 of the key
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');

const privateKey = (secret: Uint8Array) => createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });
const publicKey = (key: Uint8Array) => createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' });

export const x25519Public = (secret: Uint8Array): Buffer => createPublicKey(privateKey(secret)).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
export const x25519 = (secret: Uint8Array, theirs: Uint8Array): Buffer => diffieHellman({ privateKey: privateKey(secret), publicKey: publicKey(theirs) });

const nonce = (counter: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64LE(BigInt(counter), 4);
  return bytes;
};

export function seal(key: Uint8Array, counter: number, ad: Uint8Array, text: Uint8Array): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce(counter), { authTagLength: 16 });
  cipher.setAAD(ad, { plaintextLength: text.length });
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** @throws {Error} where it is not genuine */
export function open(key: Uint8Array, counter: number, ad: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce(counter), { authTagLength: 16 });
  decipher.setAAD(ad, { plaintextLength: sealed.length - 16 });
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - 16)), decipher.final()]);
}

export interface Keys {
  readonly there: Buffer;
  readonly back: Buffer;
  readonly hash: Buffer;
}

/** The initiator of a handshake of two messages: writes the first, reads the second. */
export class Initiator {
  #h: Buffer;
  #ck: Buffer;
  #k: Buffer | undefined;
  #n = 0;
  readonly #pattern: 'IKpsk1' | 'KK';
  readonly #s: Uint8Array;
  readonly #rs: Uint8Array;
  readonly #e: Uint8Array;
  readonly #psk: Uint8Array;

  constructor(pattern: 'IKpsk1' | 'KK', prologue: Uint8Array, own: Uint8Array, theirs: Uint8Array, ephemeral: Uint8Array, psk: Uint8Array = new Uint8Array()) {
    [this.#pattern, this.#s, this.#rs, this.#e, this.#psk] = [pattern, own, theirs, ephemeral, psk];
    const name = Buffer.from(`Noise_${pattern}_25519_ChaChaPoly_SHA256`);
    this.#h = name.length > 32 ? sha256(name) : Buffer.concat([name, Buffer.alloc(32 - name.length)]);
    this.#ck = this.#h;
    this.#mixHash(prologue);
    if (pattern === 'KK') this.#mixHash(x25519Public(own));
    this.#mixHash(theirs);
  }

  write(payload: Uint8Array): Buffer {
    const e = x25519Public(this.#e);
    this.#mixHash(e);
    if (this.#pattern === 'KK') {
      this.#mixKey(x25519(this.#e, this.#rs));
      this.#mixKey(x25519(this.#s, this.#rs));
      return Buffer.concat([e, this.#encrypt(payload)]);
    }
    this.#mixKey(e);
    this.#mixKey(x25519(this.#e, this.#rs));
    const s = this.#encrypt(x25519Public(this.#s));
    this.#mixKey(x25519(this.#s, this.#rs));
    const [ck, hash, key] = this.#hkdf(this.#psk);
    this.#ck = ck;
    this.#mixHash(hash);
    this.#use(key);
    return Buffer.concat([e, s, this.#encrypt(payload)]);
  }

  /** @throws {Error} where it is not genuine */
  read(message: Uint8Array): { readonly payload: Buffer; readonly keys: Keys } {
    const re = message.subarray(0, 32);
    this.#mixHash(re);
    if (this.#pattern === 'IKpsk1') this.#mixKey(re);
    this.#mixKey(x25519(this.#e, re));
    this.#mixKey(x25519(this.#s, re));
    const sealed = message.subarray(32);
    const payload = open(this.#k ?? Buffer.alloc(32), this.#n, this.#h, sealed);
    this.#mixHash(sealed);
    const [there, back] = this.#hkdf(Buffer.alloc(0));
    return { payload, keys: { there, back, hash: this.#h } };
  }

  #mixHash(data: Uint8Array): void {
    this.#h = sha256(this.#h, data);
  }

  #hkdf(input: Uint8Array): [Buffer, Buffer, Buffer] {
    const key = mac(this.#ck, input);
    const one = mac(key, Buffer.of(1));
    const two = mac(key, one, Buffer.of(2));
    return [one, two, mac(key, two, Buffer.of(3))];
  }

  #mixKey(input: Uint8Array): void {
    const [ck, key] = this.#hkdf(input);
    this.#ck = ck;
    this.#use(key);
  }

  #use(key: Buffer): void {
    this.#k = key;
    this.#n = 0;
  }

  #encrypt(text: Uint8Array): Buffer {
    const sealed = seal(this.#k ?? Buffer.alloc(32), this.#n, this.#h, text);
    this.#n += 1;
    this.#mixHash(sealed);
    return sealed;
  }
}
