import { verify } from 'node:crypto';
import { rotatingHead, rotatingMessage, rotatingStep, type RotatingCode } from '@tillbridge/core';
import type { KeySet } from './key-set.js';

export type RotatingVerdict = 'valid' | 'unknownKey' | 'revokedKey' | 'badSignature' | 'tooOld' | 'tooNew' | 'keyNotValidThen';

/**
 * Whether a code is the issuer's and of this moment. `now`: Unix time in ms. `skewSteps`: so many steps before and after the present one
 * are taken, for clocks that differ and for the time between showing and reading.
 *
 * Ed25519 by node:crypto: OpenSSL's checks that S is below the group's order, so that a signature has one form, and it needs no package.
 */
export function verifyRotatingCode(code: RotatingCode, keys: KeySet, now: number, skewSteps: number): RotatingVerdict {
  const key = keys.keys.get(code.kid);
  if (key === undefined) return 'unknownKey';
  if (key.revoked) return 'revokedKey';
  const message = rotatingMessage(keys.issuer, rotatingHead(code));
  if (!verify(null, Buffer.from(message, 'ascii'), key.key, Buffer.from(code.signature, 'base64url'))) return 'badSignature';
  const present = rotatingStep(now, keys.stepSeconds);
  if (code.step < present - skewSteps) return 'tooOld';
  if (code.step > present + skewSteps) return 'tooNew';
  const began = code.step * keys.stepSeconds * 1000;
  return began >= key.notBefore && began < key.notAfter ? 'valid' : 'keyNotValidThen';
}
