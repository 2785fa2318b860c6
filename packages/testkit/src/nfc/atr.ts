import { join } from './bytes.js';

/** Names of storage cards and standards as PC/SC part 3 numbers them. */
export const STORAGE_CARDS = { classic1k: 0x0001, classic4k: 0x0002, type2: 0x0003, classicMini: 0x0026, felica: 0x003b } as const;
export const STANDARDS = { iso14443a: 0x03, iso14443b: 0x07, iso15693: 0x0b, felica: 0x11 } as const;

function withCheck(bytes: Uint8Array): Uint8Array {
  return join(bytes, [bytes.subarray(1).reduce((check, byte) => check ^ byte, 0)]);
}

/** The ATR that a reader makes up for a storage card. */
export function storageAtr(card: number, standard: number = STANDARDS.iso14443a): Uint8Array {
  return withCheck(Uint8Array.of(0x3b, 0x8f, 0x80, 0x01, 0x80, 0x4f, 0x0c, 0xa0, 0, 0, 0x03, 0x06, standard, card >> 8, card & 0xff, 0, 0, 0, 0));
}

/** The ATR for a card of ISO 14443-4 with these historical bytes (at most 15); phones have none. */
export function isoDepAtr(historical: readonly number[] = []): Uint8Array {
  return withCheck(Uint8Array.of(0x3b, 0x80 | historical.length, 0x80, 0x01, ...historical));
}
