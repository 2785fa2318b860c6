import { createDecipheriv, createHash, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import type { VasKey } from '../options.js';
import { ascii, bigEndian, concat, fromHex, toHex, uint32 } from '../wire/bytes.js';

// Layout, key derivation and time from kormax/apple-vas (README, traces) and kormax/android-universal-reader (VasRegularCryptoProvider);
// the second, older derivation from proxmark3 (client/src/cmdhfvas.c). Apple publishes none of it.

const KEY_ID = 4;
const X_COORDINATE = 32;
const TAG = 16;
const STAMP = 4;
/** The message of a pass is at most 64 bytes (Apple, Pass.NFC); twice that is room enough. */
const MAX_MESSAGE = 128;
const SMALLEST = KEY_ID + X_COORDINATE + STAMP + TAG;
/** 2001-01-01T00:00:00Z in Unix time, in ms: where Apple's clocks begin. */
const APPLE_EPOCH_MS = 978_307_200_000;
const IV = new Uint8Array(16);
const ALGORITHM = ascii('id-aes256-GCM');
/** SubjectPublicKeyInfo of a compressed point on P-256 up to its X coordinate (RFC 5480). */
const COMPRESSED_POINT = fromHex('3039301306072A8648CE3D020106082A8648CE3D03010703220002');
const PARTY = ascii('ApplePay encrypted VAS data');

export interface Cryptogram {
  /** Which key the pass was made for; see {@link VasKey}. */
  readonly keyId: string;
  /** X coordinate of the phone's key for this tap. */
  readonly x: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

export interface VasMessage {
  /** Unix time in ms, by the phone's clock. */
  readonly at: number;
  readonly message: Uint8Array;
}

/** The parts of tag 9F27, or `undefined` when its length cannot be right. */
export function splitCryptogram(bytes: Uint8Array): Cryptogram | undefined {
  if (bytes.length < SMALLEST || bytes.length > SMALLEST + MAX_MESSAGE) return undefined;
  return {
    keyId: toHex(bytes.subarray(0, KEY_ID)),
    x: bytes.subarray(KEY_ID, KEY_ID + X_COORDINATE),
    ciphertext: bytes.subarray(KEY_ID + X_COORDINATE, -TAG),
    tag: bytes.subarray(-TAG),
  };
}

/** The id by which a phone names a key: the beginning of SHA-256 over the public key's X coordinate. */
export function vasKeyId(x: Uint8Array): string {
  return createHash('sha256').update(x).digest('hex').slice(0, 2 * KEY_ID);
}

/**
 * Decrypts with the newer derivation and, failing that, with the older one. `undefined`: not made for this key and pass type, or changed
 * on the way. Synchronous, well below a millisecond.
 */
export function openCryptogram(cryptogram: Cryptogram, key: VasKey, merchant: Uint8Array): VasMessage | undefined {
  const secret = agree(key.key, cryptogram.x);
  if (secret === undefined) return undefined;
  const variants = [
    { info: concat(Uint8Array.of(ALGORITHM.length), ALGORITHM, PARTY, merchant), aad: undefined },
    { info: PARTY, aad: merchant },
  ];
  for (const { info, aad } of variants) {
    const plain = decrypt(cryptogram, deriveKey(secret, info), aad);
    if (plain !== undefined) return { at: APPLE_EPOCH_MS + bigEndian(plain.subarray(0, STAMP)) * 1000, message: plain.subarray(STAMP) };
  }
  return undefined;
}

/** ECDH on P-256. Which of the two points has this X does not matter: only X of the product counts. */
function agree(privateKey: KeyObject, x: Uint8Array): Uint8Array | undefined {
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([COMPRESSED_POINT, x]), format: 'der', type: 'spki' });
    return diffieHellman({ privateKey, publicKey });
  } catch {
    // no point of the curve has this X
    return undefined;
  }
}

/** ANSI X9.63 key derivation with SHA-256: one round gives the 32 bytes that are needed. */
function deriveKey(secret: Uint8Array, info: Uint8Array): Uint8Array {
  return createHash('sha256').update(secret).update(uint32(1)).update(info).digest();
}

function decrypt({ ciphertext, tag }: Cryptogram, key: Uint8Array, aad: Uint8Array | undefined): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, IV, { authTagLength: TAG });
  decipher.setAuthTag(tag);
  if (aad !== undefined) decipher.setAAD(aad);
  const plain = decipher.update(ciphertext);
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return new Uint8Array(plain);
}
