import type { StorageStandard } from '../wire/atr.js';

/** Why a UID names no card. */
export type UidDoubt = 'length' | 'blank' | 'random' | 'notFinal';

/** UIDs of 4, 7 and 10 bytes (ISO 14443-3, 6.5.4), 8 bytes (ISO 15693, FeliCa). */
const LENGTHS = new Set([4, 7, 8, 10]);

/**
 * Whether a UID can stand for a card at all. Refused: wrong lengths, all bytes 00 or FF, the cascade tag 88 in front of four bytes (only
 * the first part of a longer UID), and numbers that are made up anew at each tap: ISO 14443-3 type A, 6.5.4: four bytes that begin with 08
 * (phones, DESFire with random id); type B PUPI (ISO 14443-3, 7.9.2); FeliCa NFCID2 that begins with 01 FE (NFC Forum Digital, peer to peer).
 */
export function uidDoubt(uid: Uint8Array, standard: StorageStandard | 'isoDep'): UidDoubt | undefined {
  if (!LENGTHS.has(uid.length)) return 'length';
  if (uid.every((byte) => byte === 0x00) || uid.every((byte) => byte === 0xff)) return 'blank';
  if (uid.length === 4) {
    if (uid[0] === 0x08 || standard === 'iso14443b') return 'random';
    if (uid[0] === 0x88) return 'notFinal';
  }
  if (standard === 'felica' && uid[0] === 0x01 && uid[1] === 0xfe) return 'random';
  return undefined;
}
