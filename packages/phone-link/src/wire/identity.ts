import { sha256 } from '@noble/hashes/sha2.js';
import { concat, toBase64url, utf8 } from './bytes.js';

/** 16 characters: what a relay finds a till by. */
export function tillIdOf(tillKey: Uint8Array): string {
  return toBase64url(sha256(tillKey).subarray(0, 12));
}

/** 12 characters. */
export function phoneIdOf(phoneKey: Uint8Array): string {
  return toBase64url(sha256(phoneKey).subarray(0, 9));
}

export const TILL_ID = /^[\w-]{16}$/;
export const PHONE_ID = /^[\w-]{12}$/;

/** Digits for people to compare: the first four bytes of a hash, as a number, its last `count` decimal digits. */
export function digitsOf(label: string, bytes: Uint8Array, count: number): string {
  const view = new DataView(sha256(concat(utf8(`tillbridge/1|${label}|`), bytes)).buffer);
  return String(view.getUint32(0) % 10 ** count).padStart(count, '0');
}

/** What both sides of a pairing mix in first: another till's or another invitation's messages do not open. */
export function pairPrologue(tillId: string, invitationId: string): Uint8Array {
  return utf8(`tillbridge/1|pair|${tillId}|${invitationId}`);
}

/** The same for a session. */
export function sessionPrologue(tillId: string, phoneId: string): Uint8Array {
  return utf8(`tillbridge/1|session|${tillId}|${phoneId}`);
}

/** Six digits that the till and the phone show after a pairing: nobody else was faster with the same QR code. */
export function pairingDigits(handshakeHash: Uint8Array): string {
  return digitsOf('digits', handshakeHash, 6);
}
