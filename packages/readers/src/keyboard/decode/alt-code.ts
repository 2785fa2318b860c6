/** The code page of the computer that the scanner was set up for. */
export type CodePage = 'windows-1251' | 'windows-1252';

/** Characters 0x80 to 0xff of the OEM page 437; 866 comes with the platform (WHATWG Encoding: ibm866), this one does not. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * What Alt and digits of the keypad stand for: with a leading zero a character of the ANSI page, without one of the OEM page (1251 with 866,
 * 1252 with 437), as Windows reads them; beyond 255 the lowest byte counts.
 */
export class AltCodes {
  readonly #ansiOfOem: Uint8Array;

  constructor(page: CodePage) {
    this.#ansiOfOem = oemToAnsi(page);
  }

  /** The byte in the ANSI page; `undefined` without digits. */
  byte(digits: string): number | undefined {
    if (digits === '') return undefined;
    const value = Number(digits) & 0xff;
    return digits.startsWith('0') || value < 0x80 ? value : (this.#ansiOfOem[value - 0x80] ?? value);
  }
}

/** OEM characters that the ANSI page lacks (box drawing) keep their number: a scanner that types them means bytes. */
function oemToAnsi(page: CodePage): Uint8Array {
  const upper = Uint8Array.from({ length: 0x80 }, (_, i) => 0x80 + i);
  const ansi = new TextDecoder(page).decode(upper);
  const oem = page === 'windows-1251' ? new TextDecoder('ibm866').decode(upper) : CP437;
  return upper.map((byte, i) => {
    const at = ansi.indexOf(oem.charAt(i));
    return at < 0 ? byte : 0x80 + at;
  });
}
