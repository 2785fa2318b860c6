import { fromHex } from './bytes.js';

/** Class, instruction and the two parameters of a command. */
export type Header = readonly [cla: number, ins: number, p1: number, p2: number];

/** The longest data field of a short command (ISO 7816-4, 5.1); longer ones would need extended length, which not every reader passes on. */
export const MAX_COMMAND_DATA = 255;

/** A short command APDU. `le` is the number of bytes wanted, 0 for "all, up to 256"; left out for none. Throws on more than 255 bytes of data. */
export function command(header: Header, data: Uint8Array = new Uint8Array(0), le?: number): Uint8Array {
  if (data.length > MAX_COMMAND_DATA) throw new RangeError(`an APDU carries at most ${MAX_COMMAND_DATA} bytes`);
  return Uint8Array.of(...header, ...(data.length > 0 ? [data.length, ...data] : []), ...(le === undefined ? [] : [le]));
}

/** SELECT by name (ISO 7816-4, 7.1.1). */
export function selectByName(aid: Uint8Array): Uint8Array {
  return command([0x00, 0xa4, 0x04, 0x00], aid, 0x00);
}

/** An answer in its two parts. */
export interface Answer {
  readonly data: Uint8Array;
  /** SW1 and SW2 as one number: 0x9000. */
  readonly sw: number;
}

/** `undefined` where there is no status word: the card went away. */
export function parseAnswer(bytes: Uint8Array): Answer | undefined {
  const sw1 = bytes.at(-2);
  const sw2 = bytes.at(-1);
  if (sw1 === undefined || sw2 === undefined) return undefined;
  return { data: bytes.slice(0, -2), sw: sw1 * 256 + sw2 };
}

export const OK = 0x9000;

/**
 * Answers of a card that no longer has our application selected, or never got our command. Windows itself talks to every ISO-DEP card
 * that comes (smart card Plug and Play: frankmorgner/vsmartcard #237), possibly between our SELECT and our next command.
 */
export const LOST_SELECTION: ReadonlySet<number> = new Set([0x6a82, 0x6985, 0x6d00]);

/** As shown and logged: `9000`. */
export function statusText(sw: number): string {
  return sw.toString(16).padStart(4, '0');
}

/** Pseudo commands that the reader answers for a storage card (PC/SC 2.01.14 part 3, 3.2.2.1). */
export const GET_UID = fromHex('FFCA000000');

/** READ BINARY of a storage card: 16 bytes from a page or block. ACR122U gives no more than 16 at once. */
export function readStorage(block: number, length = 16): Uint8Array {
  return command([0xff, 0xb0, (block >> 8) & 0xff, block & 0xff], undefined, length);
}
