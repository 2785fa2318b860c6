import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A key set has at most this many keys: of a month's rotation and a few for other apps. */
const MAX_KEYS = 64;

const unixSeconds = z.int().min(0).max(8_640_000_000_000);

const keySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string().regex(/^[A-Z0-9]{4}$/),
  // 32 bytes; RFC 8037
  x: z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/),
  notBefore: unixSeconds.exactOptional(),
  notAfter: unixSeconds.exactOptional(),
  revoked: z.boolean().exactOptional(),
});

/** The issuer's document: a JWK set (RFC 7517, RFC 8037) with what the codes need beside it. Unknown members are passed over. */
export const keySetSchema = z.object({
  format: z.literal('tillbridge-rotating-keys-1'),
  issuer: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/),
  /** Rises with every change: an older document than the one at hand is not taken, whoever sends it. */
  version: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  stepSeconds: z.int().min(5).max(3600),
  keys: z.array(keySchema).min(1).max(MAX_KEYS),
});

export type KeySetDocument = z.output<typeof keySetSchema>;

export interface RotatingKey {
  readonly kid: string;
  readonly key: KeyObject;
  /** Unix time in ms within which a code's time step must begin. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revoked: boolean;
}

/** A key set that codes can be checked with. */
export interface KeySet {
  readonly issuer: string;
  readonly version: number;
  readonly stepSeconds: number;
  readonly keys: ReadonlyMap<string, RotatingKey>;
}

/** Why a document is no key set: a word. */
export type KeySetProblem = 'notJson' | 'notAKeySet' | 'keyTwice' | 'badKey';

/** Reads the issuer's document. Never throws, never quotes it. */
export function readKeySet(text: string): KeySet | KeySetProblem {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'notJson';
  }
  const parsed = keySetSchema.safeParse(json);
  if (!parsed.success) return 'notAKeySet';
  const { issuer, version, stepSeconds, keys } = parsed.data;
  const made = new Map<string, RotatingKey>();
  for (const { kid, x, notBefore = 0, notAfter = Number.MAX_SAFE_INTEGER / 1000, revoked = false } of keys) {
    if (made.has(kid)) return 'keyTwice';
    const key = publicKey(x);
    if (key === undefined) return 'badKey';
    made.set(kid, { kid, key, notBefore: notBefore * 1000, notAfter: notAfter * 1000, revoked });
  }
  return { issuer, version, stepSeconds, keys: made };
}

function publicKey(x: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
