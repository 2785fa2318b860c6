import type { NativeNumber, NumberKind } from '@tillbridge/core';

/** What a number must be like to be a loyalty number in this restaurant. */
export interface NumberRules {
  /** Lengths that the MCR masks and the card system take; any where absent. One algorithm has one length. */
  readonly length?: Partial<Readonly<Record<NumberKind, readonly number[]>>>;
  /** The card system is behind FarCards, where a card is an Int64: digits only, 1 to 9223372036854775807, no leading zeros. */
  readonly numericInt64: boolean;
  /** Numbers that another MCR rule would take for something else, such as the four digits of a staff card or a dish's barcode. */
  readonly reserved: readonly RegExp[];
  /** How a phone number begins: as it comes, or rewritten to 7 or 8 where it has eleven digits and begins with the other. */
  readonly phonePrefix: 'asIs' | '7' | '8';
}

/** The preset MCR algorithm of staff cards takes any four digits. */
export const STAFF_CARD = /^\d{4}$/;

export const DEFAULT_RULES: NumberRules = { numericInt64: false, reserved: [STAFF_CARD], phonePrefix: 'asIs' };

export type NumberRefusal = 'numberLength' | 'numberNotInt64' | 'numberReserved';

const INT64_MAX = 9_223_372_036_854_775_807n;

/** The number as this till wants it, or why it cannot have it. */
export function fitNumber(number: NativeNumber, rules: NumberRules): { readonly value: string } | { readonly refused: NumberRefusal } {
  const value = number.kind === 'phone' ? phone(number.reveal(), rules.phonePrefix) : number.reveal();
  const lengths = rules.length?.[number.kind];
  if (lengths !== undefined && !lengths.includes(value.length)) return { refused: 'numberLength' };
  if (rules.numericInt64 && !isInt64(value)) return { refused: 'numberNotInt64' };
  if (rules.reserved.some((pattern) => pattern.test(value))) return { refused: 'numberReserved' };
  return { value };
}

/** Whether FarCards can carry a number without changing it: it loses leading zeros, and everything above an Int64. */
export function isInt64(value: string): boolean {
  return /^[1-9]\d{0,18}$/.test(value) && BigInt(value) <= INT64_MAX;
}

function phone(value: string, prefix: NumberRules['phonePrefix']): string {
  const digits = value.replace(/^\+/, '');
  if (prefix === 'asIs' || !/^[78]\d{10}$/.test(digits)) return prefix === 'asIs' ? value : digits;
  return `${prefix}${digits.slice(1)}`;
}
