import { isTillbridgeError, renderOutput, type NativeNumber, type OutputTemplates } from '@tillbridge/core';

/** Longest code of a card in the catalogues of 1C, in characters (the attribute КодКартыШтрихкод). */
export const MAX_CARD_TEXT = 100;

/** What the text of a card may consist of. `digits`: what every keyboard layout and every form takes. `ascii`: any printable ASCII. */
export type CardCharset = 'digits' | 'ascii';

const CHARSETS: Readonly<Record<CardCharset, RegExp>> = { digits: /^[0-9]+$/, ascii: /^[\x20-\x7e]+$/ };

/** A word of ours for why a number cannot be given to this till. */
export type CardRefusal = 'noTemplate' | 'templateLength' | 'numberTooLong' | 'numberNotDigits' | 'numberNotPrintable';

/**
 * The text of a card, exactly as the catalogue of the store has it: 1C looks for an equal string, leading zeros included.
 *
 * @param charset What the number itself must consist of; what the template puts around it is its author's choice, as long as it is printable.
 */
export function cardText(output: OutputTemplates, number: NativeNumber, charset: CardCharset): { readonly text: string } | { readonly refused: CardRefusal } {
  const value = number.reveal();
  if (!CHARSETS[charset].test(value)) return { refused: charset === 'digits' ? 'numberNotDigits' : 'numberNotPrintable' };
  try {
    const bytes = renderOutput(output, number);
    if (bytes === undefined) return { refused: 'noTemplate' };
    const text = new TextDecoder().decode(bytes);
    if (text.length > MAX_CARD_TEXT) return { refused: 'numberTooLong' };
    return CHARSETS.ascii.test(text) ? { text } : { refused: 'numberNotPrintable' };
  } catch (error) {
    if (isTillbridgeError(error)) return { refused: 'templateLength' };
    throw error;
  }
}
