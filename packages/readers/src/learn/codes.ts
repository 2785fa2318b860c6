/** The separator in marking codes. */
export const GS = 0x1d;

/** A code to scan. Made up; nothing in it is anybody's. */
export interface LearnCode {
  readonly text: string;
  /** What it is for. */
  readonly shows: 'short' | 'long' | 'separator';
}

const SHORT: LearnCode = { text: 'TB0123456789', shows: 'short' };
/** With a separator inside; of another length than the first, so that a length byte shows itself. */
const SEPARATOR: LearnCode = { text: 'TB21abcXYZ\u001d93-4711', shows: 'separator' };
/** More than one HID report holds, no stretch of it twice. */
const LONG: LearnCode = { text: `TB${Array.from({ length: 30 }, (_, i) => String.fromCharCode(65 + (i % 26)) + String(100 + i)).join('')}`, shows: 'long' };
/** What a laser scanner can still read. */
const LETTERS: LearnCode = { text: 'TBabcXYZ.-/', shows: 'short' };

/** The three codes: for scanners that read squares (QR), or only bars (Code 128). */
export function learnCodes(kind: 'qr' | 'bars'): readonly [LearnCode, LearnCode, LearnCode] {
  return kind === 'qr' ? [SHORT, LONG, SEPARATOR] : [SHORT, LETTERS, SEPARATOR];
}

export function codeBytes({ text }: LearnCode): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}
