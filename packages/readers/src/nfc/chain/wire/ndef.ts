import { concat } from './bytes.js';

/** Type name formats (NFC Forum NDEF 1.0, 3.2.6). */
export const TNF = { empty: 0, wellKnown: 1, media: 2, uri: 3, external: 4, unknown: 5, unchanged: 6 } as const;

export interface NdefRecord {
  readonly tnf: number;
  readonly type: string;
  readonly id: string;
  readonly payload: Uint8Array;
}

/** What is wrong with an NDEF message, in words. */
export class NdefError extends Error {}

const MAX_RECORDS = 32;
const FLAG = { begin: 0x80, end: 0x40, chunk: 0x20, short: 0x10, id: 0x08 } as const;
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/**
 * The records of a message (NFC Forum NDEF 1.0, 3.2). Every length is checked against what is there. Throws {@link NdefError} on lengths
 * that lie, on more than 32 records and on chunked ones, which no tag or wallet that we read uses. What follows the record marked as the
 * last is ignored; a missing mark at the end is forgiven.
 */
export function parseNdef(bytes: Uint8Array): NdefRecord[] {
  const records: NdefRecord[] = [];
  const cursor = new Cursor(bytes);
  while (!cursor.done) {
    if (records.length >= MAX_RECORDS) throw new NdefError('too many records');
    const flags = cursor.byte();
    if ((flags & FLAG.chunk) !== 0) throw new NdefError('a chunked record');
    const typeLength = cursor.byte();
    const payloadLength = (flags & FLAG.short) !== 0 ? cursor.byte() : cursor.number(4);
    const idLength = (flags & FLAG.id) !== 0 ? cursor.byte() : 0;
    const type = latin1(cursor.take(typeLength));
    const id = latin1(cursor.take(idLength));
    records.push({ tnf: flags & 0x07, type, id, payload: cursor.take(payloadLength) });
    if ((flags & FLAG.end) !== 0) break;
  }
  return records;
}

/** A message; short records where they fit. Types and ids of at most 255 Latin-1 characters. */
export function encodeNdef(records: readonly (Omit<NdefRecord, 'id'> & { readonly id?: string })[]): Uint8Array {
  return concat(
    ...records.map(({ tnf, type, id = '', payload }, at) => {
      const short = payload.length < 256;
      const flags =
        (at === 0 ? FLAG.begin : 0) | (at === records.length - 1 ? FLAG.end : 0) | (short ? FLAG.short : 0) | (id === '' ? 0 : FLAG.id) | tnf;
      const size = short ? [payload.length] : [payload.length >>> 24, payload.length >>> 16, payload.length >>> 8, payload.length];
      const head = [flags, type.length, ...size, ...(id === '' ? [] : [id.length])];
      return concat(Uint8Array.from(head), Uint8Array.from(`${type}${id}`, (char) => char.charCodeAt(0)), payload);
    }),
  );
}

class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new NdefError('cut off');
    this.#at += 1;
    return byte;
  }

  number(bytes: number): number {
    let value = 0;
    for (let count = 0; count < bytes; count += 1) value = value * 256 + this.byte();
    return value;
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new NdefError('a length goes beyond the end');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
