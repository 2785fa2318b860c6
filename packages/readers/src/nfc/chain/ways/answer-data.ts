import { badData } from '../fault.js';
import { NdefError } from '../wire/ndef.js';
import { findTlv, TlvError } from '../wire/tlv.js';

/** Runs a parser and tells its complaint as a fault of this step. */
export function parsed<T>(step: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof TlvError || error instanceof NdefError) throw badData(step, error.message);
    throw error;
  }
}

/** The value at the end of a path of tags; `undefined` where one is missing. @throws {CardFault} on TLV that is none */
export function tlvValue(step: string, bytes: Uint8Array, ...path: readonly number[]): Uint8Array | undefined {
  return parsed(step, () => findTlv(bytes, ...path));
}

/** UTF-8 without control characters: a code that could press Enter at a till is none. @throws {CardFault} */
export function printableText(step: string, bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badData(step, 'the code is not UTF-8');
  }
  return printableCode(step, text);
}

/** The same for text. @throws {CardFault} */
export function printableCode(step: string, text: string): string {
  if (/\p{Cc}/u.test(text)) throw badData(step, 'there are control characters in the code');
  return text;
}
