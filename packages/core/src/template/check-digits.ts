/** GS1 check digit of 12 digits (EAN-13): weights 1 and 3 from the left, to the next ten. Source: GS1 General Specifications, 7.9. */
export function ean13CheckDigit(twelve: string): string {
  let sum = 0;
  for (let i = 0; i < twelve.length; i += 1) sum += Number(twelve[i]) * (i % 2 === 0 ? 1 : 3);
  return String((10 - (sum % 10)) % 10);
}

/** Luhn check digit (ISO/IEC 7812-1, annex B) to stand behind `digits`. */
export function luhnCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}
