import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Secret } from '@tillbridge/core';

/** `tb_<client id>_<32 random bytes, base64url>`. The id has no underscore, so the parts cannot be confused. */
const TOKEN = /^tb_([a-z0-9]{4,32})_[A-Za-z0-9_-]{43}$/;

/** A name for a new client, short enough to be typed at `clients revoke`: 40 random bits. */
export function newClientId(): string {
  return `c${randomBytes(5).toString('hex')}`;
}

export function newToken(clientId: string): Secret {
  return new Secret(`tb_${clientId}_${randomBytes(32).toString('base64url')}`);
}

/** Whose token this says it is; undefined where it is none. */
export function clientIdOf(token: string): string | undefined {
  return TOKEN.exec(token)?.[1];
}

/** A token is random enough for a plain hash: there is nothing to guess. */
export function hashToken(token: string): Buffer {
  // in one call: it is made for every request, and `createHash` fetches its algorithm anew each time
  return hash('sha256', token, 'buffer');
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
