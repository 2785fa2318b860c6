/** What an answer to reset says about a contactless card (PC/SC 2.01.14 part 3, 3.1.3.2.3). */
export type CardClass =
  | { readonly kind: 'storage'; readonly standard: StorageStandard; readonly card: StorageCard }
  /** ISO 14443-4: bank cards, DESFire, every phone. The ATR cannot tell them apart; applications must be asked for. */
  | { readonly kind: 'isoDep' }
  | { readonly kind: 'unknown' };

export type StorageStandard = 'iso14443a' | 'iso14443b' | 'iso15693' | 'felica' | 'other';
export type StorageCard = 'classic1k' | 'classic4k' | 'classicMini' | 'plusSl1' | 'type2' | 'other';

/** Category indicator, length and PC/SC's own identifier before the two bytes that name the card. */
const STORAGE = [0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06] as const;

const STANDARDS: ReadonlyMap<number, StorageStandard> = new Map([
  [0x01, 'iso14443a'], [0x02, 'iso14443a'], [0x03, 'iso14443a'],
  [0x05, 'iso14443b'], [0x06, 'iso14443b'], [0x07, 'iso14443b'],
  [0x09, 'iso15693'], [0x0a, 'iso15693'], [0x0b, 'iso15693'], [0x0c, 'iso15693'],
  [0x10, 'felica'], [0x11, 'felica'],
]);

// names as in the PC/SC workgroup's supplement and pcsc-tools' smartcard_list; NTAG21x says 0003 like Ultralight
const CARDS: ReadonlyMap<number, StorageCard> = new Map([
  [0x0001, 'classic1k'], [0x0002, 'classic4k'], [0x0026, 'classicMini'], [0x0036, 'plusSl1'], [0x0037, 'plusSl1'],
  [0x0003, 'type2'], [0x003a, 'type2'], [0x003d, 'type2'],
]);

export function classifyAtr(atr: Uint8Array): CardClass {
  const [ts, t0, td1, td2] = atr;
  // both kinds are made up by the reader: direct convention, T=0 and T=1 indicated, n historical bytes
  if (ts !== 0x3b || t0 === undefined || t0 >> 4 !== 8 || td1 !== 0x80 || td2 !== 0x01) return { kind: 'unknown' };
  const historical = atr.subarray(4, 4 + (t0 & 0x0f));
  if (historical.length !== (t0 & 0x0f)) return { kind: 'unknown' };
  if (!STORAGE.every((byte, at) => historical[at] === byte)) return { kind: 'isoDep' };
  const standard = STANDARDS.get(historical[8] ?? 0) ?? 'other';
  const card = CARDS.get((historical[9] ?? 0) * 256 + (historical[10] ?? 0)) ?? 'other';
  return { kind: 'storage', standard, card };
}
