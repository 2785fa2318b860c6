const MAX = 9_223_372_036_854_775_807n;

/** Behind FarCards a card is an Int64: leading zeros are lost. */
export function asInt64(card: string): string {
  return /^\d+$/.test(card) ? card.replace(/^0+(?=\d)/, '') : card;
}

/** Whether FarCards can carry a number at all. */
export function fitsInt64(card: string): boolean {
  const digits = asInt64(card);
  return /^[1-9]\d{0,18}$/.test(digits) && BigInt(digits) <= MAX;
}
