/** How a platform writes money. */
export interface MoneyForm {
  readonly unit: 'major' | 'minor';
  readonly decimals: number;
}

/** Digits after the point of a currency, as ISO 4217 has them; 2 where it is not known. */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Minor units in units of the platform's last digit, rounded half up. Not negative, up to 2^53. */
export function platformUnits(minor: number, digits: number, { unit, decimals }: MoneyForm): bigint {
  if (unit === 'minor' || decimals === digits) return BigInt(minor);
  if (decimals > digits) return BigInt(minor) * 10n ** BigInt(decimals - digits);
  const divisor = 10n ** BigInt(digits - decimals);
  return (BigInt(minor) * 2n + divisor) / (divisor * 2n);
}

/** Units of the platform's last digit as text: `125000` with two decimals is `1250.00`. */
export function moneyText(units: bigint, { unit, decimals }: MoneyForm): string {
  if (unit === 'minor' || decimals === 0) return units.toString();
  const text = units.toString().padStart(decimals + 1, '0');
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/**
 * Sums of lines that add up to the total: platforms refuse a receipt whose lines do not. The difference, a discount of the whole receipt or
 * what rounding left over, goes to the last line, and what that cannot bear to the ones before it.
 */
export function balanced(lines: readonly bigint[], total: bigint): readonly bigint[] {
  const sums = [...lines];
  let rest = total - sums.reduce((sum, line) => sum + line, 0n);
  for (let i = sums.length - 1; i >= 0 && rest !== 0n; i -= 1) {
    const line = sums[i] ?? 0n;
    const next = line + rest < 0n ? 0n : line + rest;
    rest -= next - line;
    sums[i] = next;
  }
  return sums;
}
