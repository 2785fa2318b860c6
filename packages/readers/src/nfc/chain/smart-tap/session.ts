import { createDecipheriv, createECDH, createHmac, hkdfSync, randomBytes, sign, timingSafeEqual, type KeyObject } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { concat, uint32 } from '../wire/bytes.js';

// Google Smart Tap 2.1: google-pay/smart-tap-sample-app (NegotiateCryptoCommand, GetDataResponse) and kormax/google-smart-tap.

const NONCE = 32;
const SESSION_ID = 8;
const POINT = 33;
const AES_KEY = 16;
const HMAC_KEY = 32;
const IV = 12;
/** The longest bundle after unpacking: a wallet that inflates beyond that is none. */
export const MAX_BUNDLE = 16_384;

/** What the terminal makes up for one session; injected in tests. */
export interface SessionSecrets {
  readonly sessionId: Uint8Array;
  readonly nonce: Uint8Array;
  /** Private scalar of the ephemeral key on P-256. */
  readonly scalar: Uint8Array;
}

export function newSecrets(): SessionSecrets {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const scalar = ecdh.getPrivateKey();
  // leading zeros are left out by the library
  return { sessionId: randomBytes(SESSION_ID), nonce: randomBytes(NONCE), scalar: concat(new Uint8Array(32 - scalar.length), scalar) };
}

/** The terminal's side of one session: what it signs, and the keys that follow from it. */
export class SmartTapSession {
  readonly sessionId: Uint8Array;
  readonly nonce: Uint8Array;
  /** Ephemeral public key, compressed. */
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly #signed: Uint8Array;
  readonly #scalar: Uint8Array;

  constructor(secrets: SessionSecrets, collectorId: number, deviceNonce: Uint8Array, key: KeyObject) {
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(secrets.scalar);
    this.sessionId = secrets.sessionId;
    this.nonce = secrets.nonce;
    this.#scalar = secrets.scalar;
    this.publicKey = ecdh.getPublicKey(null, 'compressed');
    this.#signed = concat(this.nonce, deviceNonce, uint32(collectorId), this.publicKey);
    this.signature = sign('sha256', this.#signed, { key, dsaEncoding: 'der' });
  }

  /**
   * Opens an encrypted bundle: IV, ciphertext, HMAC. `undefined`: the phone's key is no point of the curve, or the HMAC is wrong.
   */
  open(bundle: Uint8Array, deviceKey: Uint8Array): Uint8Array | undefined {
    if (deviceKey.length !== POINT || bundle.length < IV + HMAC_KEY) return undefined;
    const keys = this.#keys(deviceKey);
    if (keys === undefined) return undefined;
    const body = bundle.subarray(0, -HMAC_KEY);
    const expected = createHmac('sha256', keys.hmac).update(body).digest();
    if (!timingSafeEqual(expected, bundle.subarray(-HMAC_KEY))) return undefined;
    const decipher = createDecipheriv('aes-128-ctr', keys.aes, concat(body.subarray(0, IV), new Uint8Array(4)));
    return new Uint8Array(decipher.update(body.subarray(IV)));
  }

  #keys(deviceKey: Uint8Array): { readonly aes: Uint8Array; readonly hmac: Uint8Array } | undefined {
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(this.#scalar);
    let shared: Uint8Array;
    try {
      shared = ecdh.computeSecret(deviceKey);
    } catch {
      return undefined;
    }
    const info = concat(this.#signed, this.signature);
    const derived = new Uint8Array(hkdfSync('sha256', shared, deviceKey, info, AES_KEY + HMAC_KEY));
    return { aes: derived.subarray(0, AES_KEY), hmac: derived.subarray(AES_KEY) };
  }
}

/** Unpacks a compressed bundle; `undefined` when it is no zlib or longer than {@link MAX_BUNDLE}. */
export function inflateBundle(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return new Uint8Array(inflateSync(bytes, { maxOutputLength: MAX_BUNDLE }));
  } catch {
    return undefined;
  }
}
