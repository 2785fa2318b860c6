import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { rotatingHead, rotatingMessage, rotatingStep, type Clock } from '@tillbridge/core';

export interface RotatingIssuerOptions {
  readonly clock: Clock;
  /** Default `example-issuer`. */
  readonly issuer?: string;
  /** Default 30. */
  readonly stepSeconds?: number;
  /** Version of the first key set; default 1. An issuer that forgets its keys when it ends begins with the time, so that stores take its next set. */
  readonly firstVersion?: number;
}

interface IssuerKey {
  readonly kid: string;
  readonly key: KeyObject;
  readonly x: string;
  notAfter?: number;
  revoked: boolean;
}

/** PKCS #8 of an Ed25519 seed (RFC 8410, 7): this and the 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An issuer of rotating codes for tests: makes keys, codes and the key set. Its keys live in memory and protect nothing. */
export class RotatingIssuer {
  readonly issuer: string;
  readonly stepSeconds: number;
  readonly #clock: Clock;
  readonly #keys: IssuerKey[] = [];
  #version: number;
  #made = 0;

  constructor({ clock, issuer = 'example-issuer', stepSeconds = 30, firstVersion = 1 }: RotatingIssuerOptions) {
    this.#clock = clock;
    this.issuer = issuer;
    this.stepSeconds = stepSeconds;
    this.#version = firstVersion - 1;
    this.rotate();
  }

  /** Kid of the key that signs now. */
  get kid(): string {
    return this.#keys.at(-1)?.kid ?? '';
  }

  /** The keys of the set, oldest first. */
  get kids(): readonly string[] {
    return this.#keys.map(({ kid }) => kid);
  }

  /** A new key signs from now on; the old ones stay in the set. `seed`: 32 bytes, for test vectors. */
  rotate(seed?: Uint8Array): string {
    const key = seed === undefined ? generateKeyPairSync('ed25519').privateKey : createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
    const x = key.export({ format: 'jwk' }).x ?? '';
    this.#made += 1;
    const kid = `K${String(this.#made).padStart(3, '0')}`;
    this.#keys.push({ kid, key, x, revoked: false });
    this.#version += 1;
    return kid;
  }

  /** Codes of this key count no more, whatever their time. */
  revoke(kid: string): void {
    const key = this.#keys.find((known) => known.kid === kid);
    if (key === undefined) return;
    key.revoked = true;
    this.#version += 1;
  }

  /** Leaves a key out of the set. */
  forget(kid: string): void {
    this.#keys.splice(this.#keys.findIndex((known) => known.kid === kid), 1);
    this.#version += 1;
  }

  /** A code of a guest for the present step, or `steps` later. */
  code(guest: string, steps = 0, kid = this.kid): string {
    const key = this.#keys.find((known) => known.kid === kid);
    if (key === undefined) throw new Error(`there is no key ${kid}`);
    const head = rotatingHead({ kid, step: rotatingStep(this.#clock.wall(), this.stepSeconds) + steps, guest });
    return `${head}${sign(null, Buffer.from(rotatingMessage(this.issuer, head), 'ascii'), key.key).toString('base64url')}`;
  }

  /** The document that stores fetch. */
  keySet(): string {
    return JSON.stringify({
      format: 'tillbridge-rotating-keys-1',
      issuer: this.issuer,
      version: this.#version,
      stepSeconds: this.stepSeconds,
      keys: this.#keys.map(({ kid, x, notAfter, revoked }) => ({ kty: 'OKP', crv: 'Ed25519', kid, x, ...(notAfter === undefined ? {} : { notAfter }), ...(revoked ? { revoked } : {}) })),
    });
  }
}
