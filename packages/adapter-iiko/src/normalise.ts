/**
 * iikoFront hands a read of a keyboard scanner to plugins wrapped, `<barcode class="…KeyboardDriver"/>;PAYLOAD?barcode` (seen in public plugins of
 * iikoFront), and a magnetic track with its sentinels.
 */
const WRAPPED = /^<barcode\b[^<>]{0,300}\/>\s*;?([\s\S]*?)\??(?:barcode)?$/i;
const TRACK = /^[;%](.*)\?$/s;
/** A JSON text of a wallet comes in quotes. */
const QUOTED = /^"(.*)"$/s;
/** Zero-width space, word joiner, byte order mark. */
const INVISIBLE = /[\u200b\u2060\ufeff]/g;
/** All control characters but GS: a marking code without it would be another code. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001c\u001e\u001f\u007f]/g;

/** The text that was read, without what iikoFront and the scanner put around it. */
export function stripRead(raw: string): string {
  let text = raw.replace(INVISIBLE, '').replace(CONTROL, '').trim();
  for (const shape of [WRAPPED, TRACK, QUOTED]) text = shape.exec(text)?.[1]?.trim() ?? text;
  return text;
}

export interface Tracks {
  readonly full?: string;
  readonly track1?: string;
  readonly track2?: string;
  readonly track3?: string;
}

/**
 * The one text of a card read: track 2, where public plugins found the card on every version; the full track is often empty on V9. A scanner
 * that iikoFront took for a card reader has its text in one of them too.
 */
export function cardText({ full, track1, track2, track3 }: Tracks): string {
  for (const track of [track2, full, track1, track3]) {
    const text = stripRead(track ?? '');
    if (text !== '') return text;
  }
  return '';
}

/** Whether a text is a product's GTIN (EAN-8, UPC-A, EAN-13, ITF-14): right length, right check digit. */
export function isGtin(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false;
  const digits = Array.from(text, Number).reverse();
  return digits.reduce((sum, digit, i) => sum + digit * (i % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}
