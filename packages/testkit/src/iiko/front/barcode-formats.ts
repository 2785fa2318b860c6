/** The formats that iikoFront knows by their look: what a reader must send first to be taken for a scanner (front.api.sdk issue 588). */
export type BarcodeFormat = 'ean13' | 'ean8' | 'marking' | 'excise' | 'fiscalQr';

const FISCAL = /^t=\d{8}T\d{4,6}&s=[\d.]+&fn=\d+&i=\d+&fp=\d+&n=\d$/;

export function barcodeFormat(text: string): BarcodeFormat | undefined {
  if (/^\d{13}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1)) return 'ean13';
  if (/^\d{8}$/.test(text) && checkDigit(text.slice(0, -1)) === text.at(-1)) return 'ean8';
  // GS1 DataMatrix of Chestny Znak: GTIN, serial
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/^(?:\u001d|\]d2)?01\d{14}21[\x21-\x7e]{1,}/.test(text)) return 'marking';
  // PDF417 of 68 and DataMatrix of 150 characters on bottles
  if (/^[0-9A-Z]{68}$|^[0-9A-Z]{150}$/.test(text)) return 'excise';
  return FISCAL.test(text) ? 'fiscalQr' : undefined;
}

/** Check digit of EAN and UPC, for the digits left of it. */
function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits.at(-1 - i)) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}
