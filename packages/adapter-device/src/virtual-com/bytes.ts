import { SUFFIXES, type GoodsRead, type SuffixName } from '@tillbridge/core';

const ASCII = new TextEncoder();

/** The bytes of a named terminator. */
export function suffixBytes(suffix: SuffixName): Uint8Array {
  return ASCII.encode(SUFFIXES[suffix]);
}

/** What ends a goods read as it leaves: its terminator as read, or the till's suffix where the reader has none. */
export function endOf({ withSuffix, terminator }: GoodsRead, suffix: Uint8Array): Uint8Array {
  return withSuffix ? suffix : terminator;
}

/** A goods read as it leaves. */
export function goodsBytes(read: GoodsRead, suffix: Uint8Array): Uint8Array {
  return joined(read.bytes, endOf(read, suffix));
}

/** Both in one piece of memory; the first one itself where there is no second. */
export function joined(bytes: Uint8Array, end: Uint8Array): Uint8Array {
  if (end.length === 0) return bytes;
  const all = Buffer.allocUnsafe(bytes.length + end.length);
  all.set(bytes, 0);
  all.set(end, bytes.length);
  return all;
}
