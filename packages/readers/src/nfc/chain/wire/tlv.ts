/** One BER-TLV object; `value` is a view into the parsed bytes. */
export interface Tlv {
  /** The tag's bytes as a number: 0x9F27. */
  readonly tag: number;
  readonly value: Uint8Array;
}

/** No template that we read has more objects. */
const MAX_OBJECTS = 64;

/** What is wrong with a text of TLV, in words. */
export class TlvError extends Error {}

/**
 * The objects of one level (ISO 7816-4, 5.2.2). Tags of at most three bytes, lengths of at most two; anything else, a length that goes
 * beyond the end, or more than 64 objects throws {@link TlvError}. Never reads outside of `bytes`.
 */
export function parseTlv(bytes: Uint8Array): Tlv[] {
  const objects: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    // filling between objects (ISO 7816-4, 5.2.2.1)
    if (bytes[at] === 0x00 || bytes[at] === 0xff) {
      at += 1;
      continue;
    }
    if (objects.length >= MAX_OBJECTS) throw new TlvError('too many objects');
    const tag = tagAt(bytes, at);
    const length = lengthAt(bytes, tag.end);
    const end = length.end + length.value;
    if (end > bytes.length) throw new TlvError('a length goes beyond the end');
    objects.push({ tag: tag.value, value: bytes.subarray(length.end, end) });
    at = end;
  }
  return objects;
}

/** The value at the end of a path of tags, first match on each level; `undefined` where a tag is missing. @throws {TlvError} */
export function findTlv(bytes: Uint8Array, ...path: readonly number[]): Uint8Array | undefined {
  let value: Uint8Array | undefined = bytes;
  for (const tag of path) {
    value = parseTlv(value).find((object) => object.tag === tag)?.value;
    if (value === undefined) return undefined;
  }
  return value;
}

/** One object. Values of up to 65535 bytes. */
export function encodeTlv(tag: number, value: Uint8Array): Uint8Array {
  const tagBytes = tag > 0xffff ? [tag >> 16, (tag >> 8) & 0xff, tag & 0xff] : tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  const { length } = value;
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(...tagBytes, ...lengthBytes, ...value);
}

interface Part {
  readonly value: number;
  /** Where the next part begins. */
  readonly end: number;
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new TlvError('cut off');
  return byte;
}

function tagAt(bytes: Uint8Array, start: number): Part {
  let value = byteAt(bytes, start);
  if ((value & 0x1f) !== 0x1f) return { value, end: start + 1 };
  for (let at = start + 1; at < start + 3; at += 1) {
    const byte = byteAt(bytes, at);
    value = value * 256 + byte;
    if ((byte & 0x80) === 0) return { value, end: at + 1 };
  }
  throw new TlvError('a tag of more than three bytes');
}

function lengthAt(bytes: Uint8Array, start: number): Part {
  const first = byteAt(bytes, start);
  if (first < 0x80) return { value: first, end: start + 1 };
  if (first === 0x81) return { value: byteAt(bytes, start + 1), end: start + 2 };
  if (first === 0x82) return { value: byteAt(bytes, start + 1) * 256 + byteAt(bytes, start + 2), end: start + 3 };
  throw new TlvError('a length of more than two bytes');
}
