import { SUFFIXES, type GoodsRead, type SuffixName } from '@tillbridge/core';

const ASCII = new TextEncoder();

/** The bytes of a named terminator. */
export function suffixBytes(suffix: SuffixName): Uint8Array {
  return ASCII.encode(SUFFIXES[suffix]);
}

/** A goods read as it leaves: its bytes with their terminator as read, or with the till's suffix where the reader has none. */
export function goodsBytes(read: GoodsRead, suffix: Uint8Array): Uint8Array {
  const { bytes } = read;
  const end = read.withSuffix ? suffix : read.terminator;
  if (end.length === 0) return bytes;
  const all = Buffer.allocUnsafe(bytes.length + end.length);
  all.set(bytes, 0);
  all.set(end, bytes.length);
  return all;
}
