import { concat, fromBase64url, toBase64url } from './bytes.js';
import { digitsOf, tillIdOf } from './identity.js';
import { WIRE_VERSION } from './limits.js';

/** Bytes of an invitation's id and secret. */
export const INVITATION_ID_BYTES = 6;
export const INVITATION_SECRET_BYTES = 32;
const KEY_BYTES = 32;
const BYTES = 1 + INVITATION_ID_BYTES + KEY_BYTES + INVITATION_SECRET_BYTES;

/** What a QR code carries: `01 | id 6 | till's public key 32 | secret 32`, in base64url behind the `#` of an address. */
export interface InvitationParts {
  /** 8 characters of base64url. */
  readonly id: string;
  readonly tillKey: Uint8Array;
  readonly secret: Uint8Array;
}

export function encodeInvitation({ id, tillKey, secret }: InvitationParts): string {
  return toBase64url(concat(Uint8Array.of(WIRE_VERSION), fromBase64url(id) ?? new Uint8Array(), tillKey, secret));
}

/** Undefined where it is none of this version. A leading `#` is let pass. */
export function decodeInvitation(fragment: string): InvitationParts | undefined {
  if (fragment.length > 2 * BYTES) return undefined;
  const bytes = fromBase64url(fragment.replace(/^#/, ''));
  if (bytes?.length !== BYTES || bytes[0] !== WIRE_VERSION) return undefined;
  const key = 1 + INVITATION_ID_BYTES;
  return { id: toBase64url(bytes.subarray(1, key)), tillKey: bytes.slice(key, key + KEY_BYTES), secret: bytes.slice(key + KEY_BYTES) };
}

/** Four digits that the screen with the QR code shows beside it, and the phone that read it: it was this one. */
export function invitationCode(parts: InvitationParts): string {
  return digitsOf('code', concat(parts.tillKey, parts.secret), 4);
}

export function invitedTill(parts: InvitationParts): string {
  return tillIdOf(parts.tillKey);
}
