/** How the bytes of a UID become text; the number itself is made by {@link UidOptions}. */
export const UID_FORMATS = ['hex', 'hexLower', 'dec', 'dec10', '3+5'] as const;
export type UidFormat = (typeof UID_FORMATS)[number];

/**
 * The number that a till knows a card by, made from its UID. Applied in this order: `byteOrder`, `take`, `mask`, `format` (with `pad` or
 * `separator`), `extract`, `prefix` and `suffix`. Data only.
 */
export interface UidOptions {
  /** `hex` (upper case), `hexLower`, `dec`, `dec10` (decimal, at least 10 digits), `3+5` (Wiegand-26: byte, comma, two bytes). Default `hex`. */
  readonly format?: UidFormat;
  /** `direct`: as PC/SC gives it, which is the order of transmission. `reversed`: least significant byte first. Default `direct`. */
  readonly byteOrder?: 'direct' | 'reversed';
  /** How many bytes to keep: from the front, or from the end when negative. Default all (for `3+5`: the last 3). */
  readonly take?: number;
  /** Bits to keep, in hex, aligned at the last byte: `00FFFFFF`. */
  readonly mask?: string;
  /** Least number of digits, filled with zeros at the front. */
  readonly pad?: number;
  /** Between the two numbers of `3+5` (default a comma), or between the bytes of `hex` (default nothing). */
  readonly separator?: string;
  /** A regular expression on the text; its group `value`, else its first group, else the whole match is kept. No match: no number. */
  readonly extract?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  /** Also for cards of ISO 14443-4 (bank cards, passports, phones, DESFire). Default false: such a UID is often random and never proof of a card. */
  readonly isoDep?: boolean;
}
